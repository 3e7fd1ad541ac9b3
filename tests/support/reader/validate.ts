import { readByRules } from '../../../src/retention/understand/by-rules.ts'
import { judge } from '../../../src/retention/understand/judge.ts'
import { shippedLexicon } from '../../../src/retention/understand/lexicon.ts'
import { type Lesson, learn, lessonOf } from './learn.ts'
import { labelledNotes, MAX_NEXT_DAYS, notesToLearn, WRITTEN } from './notes.ts'

const FIELDS = ['outcome', 'reason', 'effective'] as const
type Field = (typeof FIELDS)[number]
const Z = 1.96

/** `npm run validate-reader`: each writer's notes are read by what was learned from everybody else's. */
const lessons = notesToLearn().map(lessonOf)
const writers = [...new Set(lessons.flatMap(({ note: { writer } }) => writer ?? []))]
const read = writers.flatMap((writer) => {
  const others = lessons.filter(({ note }) => note.writer !== writer)
  const own = labelledNotes().filter((note) => note.writer === writer)
  return readBy(others, own)
})

function readBy(others: readonly Lesson[], own: ReturnType<typeof labelledNotes>) {
  const weights = learn(others, '')
  return own.map((note) => {
    const rules = readByRules(note.text, WRITTEN, MAX_NEXT_DAYS, shippedLexicon())
    return { note, rules, learned: judge(rules, weights) }
  })
}

for (const field of FIELDS) {
  for (const writer of writers)
    report(
      `writer ${writer}`,
      field,
      read.filter(({ note }) => note.writer === writer),
    )
  report('all', field, read)
  confusions(field)
}

function report(name: string, field: Field, those: typeof read): void {
  const labelled = those.filter(({ note }) => note[field] !== undefined)
  const right = labelled.filter(({ note, learned }) => learned[field] === note[field]).length
  const byRules = labelled.filter(({ note, rules }) => rules[field] === note[field]).length
  const sure = labelled.filter(({ learned }) => field === 'effective' || !learned.unsure.includes(field))
  const sureRight = sure.filter(({ note, learned }) => learned[field] === note[field]).length
  const figures = [
    `n=${labelled.length}`,
    `rules ${percent(byRules, labelled.length)}`,
    `learned ${percent(right, labelled.length)} (${interval(right, labelled.length)})`,
    `sure ${percent(sure.length, labelled.length)}, of them right ${percent(sureRight, sure.length)}`,
  ]
  process.stdout.write(`${field.padEnd(10)} ${name.padEnd(9)} ${figures.join(' ')}\n`)
}

/** The twelve mistakes made most. */
function confusions(field: Field): void {
  const counts = new Map<string, number>()
  for (const { note, learned } of read) {
    if (note[field] === undefined || note[field] === learned[field]) continue
    const name = `${note[field]} read as ${learned[field]}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const worst = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 12)
  process.stdout.write(`${field}: ${worst.map(([name, count]) => `${name} ${count}`).join('; ')}\n`)
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)}%`
}

/** The 95 % interval of a share (Wilson 1927). */
function interval(right: number, n: number): string {
  const p = right / n
  const middle = (p + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n)
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2))
  return `${(100 * (middle - half)).toFixed(1)}–${(100 * (middle + half)).toFixed(1)}`
}
