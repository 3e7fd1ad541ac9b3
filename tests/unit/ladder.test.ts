import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../src/calendar.ts'
import type { Case } from '../../src/model/case.ts'
import { dayFromIso } from '../../src/model/day.ts'
import { rungOf } from '../../src/retention/ladder.ts'
import { Settings } from '../../src/settings.ts'

const settings = Settings.parse({})
const calendar = createCalendar(settings.business)
const HOURS = settings.push.eventDueWorkHours * 60

function at(wall: string): number {
  return Date.parse(`${wall.replace(' ', 'T')}:00+08:00`)
}

function wall(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

function rung(dueAt: number, now: number, rest: Partial<Case> = {}) {
  const one = { state: 'open', snoozedUntil: null, nextOn: null, ...rest, dueAt } as const
  return rungOf(one, now, { calendar, ladder: settings.retention.ladder })
}

describe('24 work hours to follow up an event (A65)', () => {
  it.each([
    ['Monday at nine', '2026-11-23 09:00', '2026-11-26 10:30'],
    ['Friday at five: over the weekend', '2026-11-20 17:00', '2026-11-26 09:30'],
    ['at lunch', '2026-11-23 12:30', '2026-11-26 15:00'],
    ['Saturday', '2026-11-21 11:00', '2026-11-26 10:30'],
    ['the eve of 国庆: seven days off', '2026-09-30 17:00', '2026-10-12 09:30'],
    ['within 国庆: Saturday the 10th is worked', '2026-10-03 10:00', '2026-10-12 10:30'],
    ['a worked Sunday', '2026-09-20 09:00', '2026-09-23 10:30'],
    ['the eve of 春节', '2026-02-14 16:30', '2026-02-26 18:00'],
  ])('%s', (_, from, due) => {
    expect(wall(calendar.addWorkMinutes(at(from), HOURS))).toBe(due)
  })

  it('three workdays for a customer of the digest, holidays out', () => {
    for (const [on, due] of [
      ['2026-11-20', '2026-11-25'],
      ['2026-09-29', '2026-10-09'],
      ['2026-10-09', '2026-10-13'],
    ] as const) {
      expect(calendar.addWorkdays(dayFromIso(on) ?? 0, settings.push.dueWorkdays)).toBe(dayFromIso(due))
    }
  })
})

describe('the ladder', () => {
  it('climbs by workdays: over a weekend nothing happens', () => {
    const due = at('2026-11-20 16:00')
    expect(rung(due, at('2026-11-20 15:59'))).toBeNull()
    expect(rung(due, at('2026-11-20 16:00'))).toBe('nudge')
    expect(rung(due, at('2026-11-23 15:59'))).toBe('nudge')
    expect(rung(due, at('2026-11-23 16:00'))).toBe('lead')
    expect(rung(due, at('2026-11-24 15:59'))).toBe('lead')
    expect(rung(due, at('2026-11-24 16:00'))).toBe('reassign')
  })

  it('stands still through 国庆', () => {
    const due = at('2026-09-30 16:00')
    expect(rung(due, at('2026-10-08 15:59'))).toBe('nudge')
    expect(rung(due, at('2026-10-08 16:00'))).toBe('lead')
  })

  it('leaves what rests by agreement, until the day has passed', () => {
    const due = at('2026-11-23 10:00')
    const day = dayFromIso('2026-11-25') ?? 0
    const now = at('2026-11-25 10:00')
    expect(rung(due, now, { snoozedUntil: day + 1 })).toBeNull()
    expect(rung(due, now, { snoozedUntil: day })).toBe('reassign')
    expect(rung(due, now, { nextOn: day })).toBeNull()
    expect(rung(due, now, { nextOn: day - 1, state: 'waiting' })).toBe('reassign')
    expect(rung(due, now, { state: 'waiting' })).toBeNull()
    expect(rung(due, now, { state: 'working' })).toBe('reassign')
  })
})
