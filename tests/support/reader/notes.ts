import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { calendarFor } from '../../../src/calendar.ts'
import { dayFromIso } from '../../../src/model/day.ts'
import { OUTCOMES, REASONS } from '../../../src/retention/understand/lexicon.ts'
import { Settings } from '../../../src/settings.ts'

const LABELS = {
  outcome: z.enum(OUTCOMES).nullable().optional(),
  reason: z.enum(REASONS).nullable().optional(),
  effective: z.boolean().optional(),
}
/**
 * A labelled note, written on Sunday 2026-11-22; a label is left out where people would not agree.
 * `practice` and `phrases` are for learning only; `held`, `kept`, `locked` and `fresh` are never learned from;
 * nobody reads `locked` and `fresh`, nor writes rules after them.
 */
const Note = z.object({
  id: z.number(),
  set: z.enum(['development', 'held', 'second', 'locked', 'practice', 'phrases', 'writers', 'kept', 'fresh']),
  text: z.string(),
  /** Who wrote a note of `writers` or `kept`. */
  writer: z.number().optional(),
  /** Practice notes made from one another have the same number. */
  family: z.number().optional(),
  ...LABELS,
  next: z.string().nullable().optional(),
})
export type Note = z.infer<typeof Note>
/** Phrases that mean the same, to learn from. */
const Phrases = z.strictObject({ ...LABELS, texts: z.array(z.string()) })

/** The day every note was written, and its calendar. */
export const WRITTEN = {
  today: dayFromIso('2026-11-22') ?? 0,
  calendar: calendarFor(Settings.parse({})),
}
export const MAX_NEXT_DAYS = 180

const at = (path: string): URL => new URL(`../../../${path}`, import.meta.url)
const fixture = (name: string): string[] =>
  readFileSync(at(`tests/fixtures/${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
const FILES = ['understand', 'understand-practice', 'understand-writers', 'understand-fresh']
const LEXICON = at('config/understand.yaml')

export function labelledNotes(): Note[] {
  const notes = FILES.flatMap(fixture).map((line) => Note.parse(JSON.parse(line)))
  return [...notes, ...phrases()]
}

const FIRST_PHRASE = 100_000

function phrases(): Note[] {
  return fixture('understand-phrases')
    .flatMap((line) => {
      const { texts, ...labels } = Phrases.parse(JSON.parse(line))
      return texts.map((text) => ({ ...labels, text }))
    })
    .map((phrase, index) => ({
      id: FIRST_PHRASE + index,
      set: 'phrases',
      ...phrase,
    }))
}

const NEVER_LEARNED: readonly Note['set'][] = ['held', 'kept', 'locked', 'fresh']

/** The notes that weights are learned from. */
export function notesToLearn(): Note[] {
  return labelledNotes().filter(({ set }) => !NEVER_LEARNED.includes(set))
}

/** SHA-256 of everything weights are learned from, as the weights file names it. */
export function digestOfNotes(): string {
  const hash = createHash('sha256').update(JSON.stringify(notesToLearn()))
  return hash.update(readFileSync(LEXICON, 'utf8').replaceAll('\r\n', '\n')).digest('hex')
}
