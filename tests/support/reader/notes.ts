import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { calendarFor } from '../../../src/calendar.ts'
import { dayFromIso } from '../../../src/model/day.ts'
import { OUTCOMES, REASONS } from '../../../src/retention/understand/lexicon.ts'
import { Settings } from '../../../src/settings.ts'

/**
 * A labelled note, written on Sunday 2026-11-22; a label is left out where people would not agree.
 * `practice` is for learning only; `held` and `locked` are never learned from; nobody writes rules after `locked`.
 */
const Note = z.object({
  id: z.number(),
  set: z.enum(['development', 'held', 'second', 'locked', 'practice']),
  text: z.string(),
  /** Practice notes made from one another have the same number. */
  family: z.number().optional(),
  outcome: z.enum(OUTCOMES).nullable().optional(),
  reason: z.enum(REASONS).nullable().optional(),
  effective: z.boolean().optional(),
  next: z.string().nullable().optional(),
})
export type Note = z.infer<typeof Note>

/** The day every note was written, and its calendar. */
export const WRITTEN = { today: dayFromIso('2026-11-22') ?? 0, calendar: calendarFor(Settings.parse({})) }
export const MAX_NEXT_DAYS = 180

const at = (path: string): URL => new URL(`../../../${path}`, import.meta.url)
const FILES = ['tests/fixtures/understand.jsonl', 'tests/fixtures/understand-practice.jsonl'].map(at)
const LEXICON = at('config/understand.yaml')

export function labelledNotes(): Note[] {
  return FILES.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => Note.parse(JSON.parse(line)))
}

/** The notes that weights are learned from. */
export function notesToLearn(): Note[] {
  return labelledNotes().filter(({ set }) => set !== 'held' && set !== 'locked')
}

/** SHA-256 of everything weights are learned from, as the weights file names it. */
export function digestOfNotes(): string {
  const hash = createHash('sha256').update(JSON.stringify(notesToLearn()))
  return hash.update(readFileSync(LEXICON, 'utf8').replaceAll('\r\n', '\n')).digest('hex')
}
