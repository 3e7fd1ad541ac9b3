import { describe, expect, it } from 'vitest'
import { dayFromIso, dayFromParts, isoFromDay, partsOfDay, startOfMonth } from '../../src/model/day.ts'
import { fc } from '../support/fast-check.ts'

describe('days', () => {
  it('go to text and back without loss', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60_000 }), (day) => dayFromIso(isoFromDay(day)) === day))
  })

  it('know their parts; Monday is the first day of a week', () => {
    expect(partsOfDay(dayFromIso('2026-11-22') ?? 0)).toEqual({ year: 2026, month: 11, date: 22, weekday: 7 })
    expect(partsOfDay(dayFromIso('2026-11-23') ?? 0).weekday).toBe(1)
  })

  it('refuse dates that do not exist', () => {
    expect(dayFromIso('2026-02-29')).toBeNull()
    expect(dayFromIso('2024-02-29')).not.toBeNull()
    expect(dayFromIso('2026-13-01')).toBeNull()
    expect(dayFromIso('2026-1-1')).toBeNull()
    expect(dayFromParts(2026, 4, 31)).toBeNull()
  })

  it('find the start of this and other months', () => {
    const day = dayFromIso('2026-01-31') ?? 0
    expect(isoFromDay(startOfMonth(day))).toBe('2026-01-01')
    expect(isoFromDay(startOfMonth(day, 1))).toBe('2026-02-01')
    expect(isoFromDay(startOfMonth(day, -1))).toBe('2025-12-01')
  })
})
