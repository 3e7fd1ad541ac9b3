import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { calendarFor } from '../../src/calendar.ts'
import { dayFromIso, isoFromDay } from '../../src/model/day.ts'
import { understand } from '../../src/retention/understand.ts'
import { Settings } from '../../src/settings.ts'

/** A labelled sentence, written on Sunday 2026-11-22; a label is left out where people would not agree. */
const Sentence = z.object({
  id: z.number(),
  set: z.enum(['development', 'held']),
  text: z.string(),
  outcome: z.string().nullable().optional(),
  reason: z.string().nullable().optional(),
  effective: z.boolean().optional(),
  next: z.string().nullable().optional(),
})
const FIELDS = ['next', 'outcome', 'reason', 'effective'] as const
type Field = (typeof FIELDS)[number]

const sentences = readFileSync(new URL('../fixtures/understand.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => Sentence.parse(JSON.parse(line)))
const now = { today: dayFromIso('2026-11-22') ?? 0, calendar: calendarFor(Settings.parse({})) }

function read(text: string): Record<Field, string | boolean | null> {
  const { outcome, reason, effective, nextOn } = understand(text, now, 180)
  return { outcome, reason, effective, next: nextOn === null ? null : isoFromDay(nextOn) }
}

/** The share of labels read right, and what was read wrong. */
function measure(set: 'development' | 'held', field: Field): { share: number; wrong: string[] } {
  const labelled = sentences.filter((one) => one.set === set && one[field] !== undefined)
  const wrong = labelled.flatMap((one) => {
    const got = read(one.text)[field]
    return got === one[field] ? [] : [`${one.id} ${one.text}: ${one[field]} read as ${got}`]
  })
  return { share: 1 - wrong.length / labelled.length, wrong }
}

describe('labelled follow-up notes', () => {
  it('are at least 300 of many kinds', () => {
    expect(sentences.length).toBeGreaterThanOrEqual(300)
    expect(new Set(sentences.map((one) => one.outcome)).size).toBeGreaterThanOrEqual(11)
    expect(new Set(sentences.map((one) => one.reason)).size).toBeGreaterThanOrEqual(11)
  })

  it.each([
    ['next', 0.97],
    ['outcome', 0.95],
    ['reason', 0.95],
    ['effective', 0.95],
  ] as const)('development part: %s is right in at least %d', (field, least) => {
    const { share, wrong } = measure('development', field)
    expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(least)
  })

  // The first forty were written after the first rules; at first sight: outcome 77 %, reason 91 %, effective 94 %.
  // The last eighty were written before the second round of rules and not looked at since; at their only sight:
  // outcome 84 %, reason 87 %, effective 99 %. One hand wrote notes and rules, which flatters: of the
  // development part, 86 written after that round were read at first sight with 75 %, 81 % and 99 %.
  it.each([
    ['next', 0.97],
    ['outcome', 0.82],
    ['reason', 0.85],
    ['effective', 0.9],
  ] as const)('held part: %s is right in at least %d', (field, least) => {
    const { share, wrong } = measure('held', field)
    expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(least)
  })
})
