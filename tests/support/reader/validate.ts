import { readByRules } from '../../../src/retention/understand/by-rules.ts'
import { judge } from '../../../src/retention/understand/judge.ts'
import { shippedLexicon } from '../../../src/retention/understand/lexicon.ts'
import { foldsOf } from './folds.ts'
import { learn, lessonOf } from './learn.ts'
import { MAX_NEXT_DAYS, notesToLearn, WRITTEN } from './notes.ts'

const FOLDS = 5
const FIELDS = ['outcome', 'reason', 'effective'] as const
type Field = (typeof FIELDS)[number]
type Answers = Record<Field, string | boolean | null>

/** `npm run validate-reader`: five-fold cross-validation by families of the notes that are learned from. */
const lessons = notesToLearn().map(lessonOf)
const folds = foldsOf(lessons, FOLDS)
const read = Array.from({ length: FOLDS }, (_, fold) => {
  const weights = learn(
    lessons.filter((_, index) => folds[index] !== fold),
    '',
  )
  return lessons
    .filter((_, index) => folds[index] === fold)
    .map(({ note }) => {
      const rules = readByRules(note.text, WRITTEN, MAX_NEXT_DAYS, shippedLexicon())
      return { note, rules, learned: judge(rules, weights) }
    })
}).flat()

for (const set of ['development', 'second', 'practice'] as const) {
  for (const field of FIELDS) {
    const labelled = read.filter(({ note }) => note.set === set && note[field] !== undefined)
    const share = (answers: (one: (typeof read)[number]) => Answers): string =>
      percent(labelled.filter((one) => answers(one)[field] === one.note[field]).length, labelled.length)
    const line = `rules ${share((one) => one.rules)} learned ${share((one) => one.learned)}`
    process.stdout.write(`${set.padEnd(12)} ${field.padEnd(10)} n=${labelled.length} ${line}\n`)
  }
}
for (const field of ['outcome', 'reason'] as const) confusions(field)

/** The ten mistakes made most. */
function confusions(field: Field): void {
  const counts = new Map<string, number>()
  for (const { note, learned } of read) {
    if (note[field] === undefined || note[field] === learned[field]) continue
    const name = `${note[field]} read as ${learned[field]}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const worst = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 10)
  process.stdout.write(`${field}: ${worst.map(([name, count]) => `${name} ${count}`).join('; ')}\n`)
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)}%`
}
