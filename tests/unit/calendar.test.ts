import { describe, expect, it } from 'vitest'
import { type Calendar, createCalendar } from '../../src/calendar.ts'
import { type Day, dayFromIso, isoFromDay } from '../../src/model/day.ts'
import { Settings } from '../../src/settings.ts'
import { fc } from '../support/fast-check.ts'

const HOUR = 60

function calendarOf(business: unknown = {}): Calendar {
  return createCalendar(Settings.parse({ business }).business)
}

const shanghai = calendarOf()

function day(iso: string): Day {
  return dayFromIso(iso) ?? Number.NaN
}

/** `2026-11-23 09:00` in Shanghai. */
function at(wall: string): number {
  return Date.parse(`${wall.replace(' ', 'T')}:00+08:00`)
}

function wall(instant: number): string {
  return new Date(instant + 8 * HOUR * 60_000).toISOString().slice(0, 16).replace('T', ' ')
}

describe('workdays of 2026', () => {
  it('knows the holidays and their names', () => {
    for (const [iso, name] of [
      ['2026-01-01', '元旦'],
      ['2026-02-17', '春节'],
      ['2026-02-23', '春节'],
      ['2026-10-01', '国庆节'],
    ] as const) {
      expect(shanghai.isWorkday(day(iso))).toBe(false)
      expect(shanghai.holidayName(day(iso))).toBe(name)
    }
  })

  it('works on the Saturdays and Sundays of 调休 and rests on the others', () => {
    for (const iso of ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']) {
      expect([iso, shanghai.isWorkday(day(iso)), shanghai.holidayName(day(iso))]).toEqual([iso, true, null])
    }
    for (const iso of ['2026-11-21', '2026-11-22']) expect(shanghai.isWorkday(day(iso))).toBe(false)
  })

  it('counts workdays across 春节', () => {
    const [before, after] = [day('2026-02-14'), day('2026-02-24')]
    expect(isoFromDay(shanghai.nextWorkday(before))).toBe('2026-02-24')
    expect(shanghai.workdaysBetween(before, after)).toBe(1)
    expect(isoFromDay(shanghai.addWorkdays(before, 5))).toBe('2026-02-28')
    expect(shanghai.addWorkdays(before, 0)).toBe(before)
  })

  it('has 248 of them', () => {
    const year = Array.from({ length: 365 }, (_, i) => day('2026-01-01') + i)
    expect(year.filter((one) => shanghai.isWorkday(one))).toHaveLength(248)
  })

  it('takes the days the administrator adds and removes', () => {
    const own = calendarOf({ holidays: ['2026-11-23'], workdays: ['2026-11-22', '2026-10-01'] })
    expect(own.isWorkday(day('2026-11-23'))).toBe(false)
    expect(own.isWorkday(day('2026-11-22'))).toBe(true)
    expect(own.isWorkday(day('2026-10-01'))).toBe(true)
    expect(own.isWorkday(day('2026-10-02'))).toBe(false)
  })
})

describe('work time', () => {
  it('begins at nine, pauses for lunch and ends at six', () => {
    const states = ['08:59', '09:00', '11:59', '12:00', '13:29', '13:30', '17:59', '18:00'].map((time) =>
      shanghai.isWorkTime(at(`2026-11-23 ${time}`)),
    )
    expect(states).toEqual([false, true, true, false, false, true, true, false])
  })

  it('delays what comes at lunch, in the evening, on Friday night and before 春节', () => {
    for (const [from, to] of [
      ['2026-11-23 10:15', '2026-11-23 10:15'],
      ['2026-11-23 12:20', '2026-11-23 13:30'],
      ['2026-11-23 20:00', '2026-11-24 09:00'],
      ['2026-11-27 18:00', '2026-11-30 09:00'],
      ['2026-02-14 18:00', '2026-02-24 09:00'],
      ['2026-10-09 18:30', '2026-10-10 09:00'],
    ] as const) {
      expect(wall(shanghai.nextWorkTime(at(from)))).toBe(to)
    }
  })

  it('an event of Friday 17:00 is due in work time: 24 work hours end on Thursday morning', () => {
    // Friday 1 h, Monday to Wednesday 7.5 h each make 23.5 h; the last half hour falls on Thursday.
    expect(wall(shanghai.addWorkMinutes(at('2026-11-20 17:00'), 24 * HOUR))).toBe('2026-11-26 09:30')
    expect(wall(shanghai.addWorkMinutes(at('2026-11-20 17:00'), HOUR))).toBe('2026-11-20 18:00')
    expect(wall(shanghai.addWorkMinutes(at('2026-11-20 17:00'), HOUR + 1))).toBe('2026-11-23 09:01')
  })

  it('counts over lunch, and far ahead', () => {
    expect(wall(shanghai.addWorkMinutes(at('2026-11-23 11:30'), HOUR))).toBe('2026-11-23 14:00')
    expect(wall(shanghai.addWorkMinutes(at('2026-11-23 09:00'), 450 * 10))).toBe('2026-12-04 18:00')
    const tenYears = 450 * 250 * 10
    expect(shanghai.addWorkMinutes(at('2026-11-23 09:00'), tenYears)).toBeGreaterThan(at('2035-01-01 00:00'))
  })

  it('refuses hours that end before they begin', () => {
    for (const to of ['09:00', '08:00'])
      expect(Settings.safeParse({ business: { workHours: [{ from: '09:00', to }] } }).success).toBe(false)
  })

  it('adding minutes in two steps is adding them at once', () => {
    const instants = fc.integer({ min: at('2026-01-01 00:00'), max: at('2026-12-31 00:00') })
    const minutes = fc.integer({ min: 0, max: 3_000 })
    fc.assert(
      fc.property(instants, minutes, minutes, (from, one, two) => {
        const end = shanghai.addWorkMinutes(from, one + two)
        expect(shanghai.addWorkMinutes(shanghai.addWorkMinutes(from, one), two)).toBe(end)
        expect(end).toBeGreaterThanOrEqual(shanghai.nextWorkTime(from))
      }),
    )
  })
})

describe('time zones', () => {
  const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/London', 'Africa/Cairo', 'Australia/Lord_Howe']
  const days = fc.integer({ min: day('2024-01-01'), max: day('2028-12-31') })

  it.each(zones)('a day begins on that day in %s, summer time or not', (zone) => {
    const calendar = calendarOf({ zone })
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 23 * HOUR + 59 }), (one, minute) => {
        expect(calendar.dayOf(calendar.instant(one))).toBe(one)
        expect(calendar.dayOf(calendar.instant(one, minute))).toBe(one)
        expect(calendar.dayOf(calendar.instant(one + 1) - 1)).toBe(one)
      }),
      { numRuns: 500 },
    )
  })

  it('work starts at nine on the wall clock, also in the week the clocks change', () => {
    const newYork = calendarOf({ zone: 'America/New_York' })
    const starts = ['2026-03-06', '2026-03-09'].map((iso) => newYork.instant(day(iso), 9 * HOUR))
    expect(starts.map((instant) => new Date(instant).toISOString())).toEqual([
      '2026-03-06T14:00:00.000Z',
      '2026-03-09T13:00:00.000Z',
    ])
  })
})
