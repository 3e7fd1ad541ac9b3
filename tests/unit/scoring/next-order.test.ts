import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../../src/calendar.ts'
import { type Day, isoFromDay } from '../../../src/model/day.ts'
import type { NextOrder } from '../../../src/model/next-order.ts'
import { nextOrder } from '../../../src/scoring/next-order.ts'
import { longHolidays, type Span } from '../../../src/scoring/quiet-days.ts'
import { Settings } from '../../../src/settings.ts'
import { day } from '../../support/facts.ts'
import { fc } from '../../support/fast-check.ts'

const START = day('2024-03-01')
const calendar = createCalendar(Settings.parse({}).business)
const HOLIDAYS = longHolidays(calendar, day('2023-01-01'), day('2026-12-31'))

function of(days: readonly Day[], quiet: readonly Span[] = [], segmentGap = 60): NextOrder | null {
  const orders = days.map((one) => ({ id: one, day: one, amount: null, priced: false }))
  return nextOrder({ orders, segmentGap }, { quiet })
}

/** Order days with these gaps between them. */
function spaced(gaps: readonly number[], start = START): Day[] {
  const days = [start]
  for (const gap of gaps) days.push((days.at(-1) ?? start) + gap)
  return days
}

describe('the window', () => {
  it('of a steady 90-day buyer opens about day 80 and stands around day 90', () => {
    const days = spaced([88, 91, 90, 93, 87, 90, 92, 89])
    const found = of(days)
    const last = days.at(-1) ?? 0
    expect(found).toMatchObject({ after: last, every: 90 })
    expect((found?.from ?? 0) - last).toBeGreaterThanOrEqual(74)
    expect((found?.from ?? 0) - last).toBeLessThanOrEqual(82)
    expect(Math.abs((found?.due ?? 0) - last - 90)).toBeLessThanOrEqual(2)
    expect((found?.until ?? 0) - last).toBeLessThan(117)
  })

  it('is wider for the less regular, and none for those without a rhythm or with two orders', () => {
    const width = (gaps: readonly number[]): number => {
      const found = of(spaced(gaps))
      return found ? found.until - found.from : Number.NaN
    }
    expect(width([60, 80, 55, 75, 60, 85])).toBeGreaterThan(width([70, 71, 70, 69, 70, 70]))
    expect(of(spaced([10, 90, 30, 200, 14]))).toBeNull()
    expect(of(spaced([90]))).toBeNull()
    expect(of([])).toBeNull()
  })

  it('with few gaps leans on the segment, with many on the customer', () => {
    const due = (n: number): number => {
      const days = spaced(Array.from({ length: n }, () => 90))
      return (of(days, [], 30)?.due ?? 0) - (days.at(-1) ?? 0)
    }
    expect(due(2)).toBeLessThan(due(4))
    expect(due(4)).toBeLessThan(due(12))
    expect(due(12)).toBeGreaterThan(87)
  })
})

describe('long holidays', () => {
  it('a due day inside 春节 moves behind it', () => {
    const days = spaced([30, 30, 30, 30, 30, 30], day('2026-01-18') - 180)
    const free = of(days, [], 30)
    expect(isoFromDay(free?.due ?? 0)).toBe('2026-02-17')
    const moved = of(days, HOLIDAYS, 30)
    expect(calendar.holidayName(free?.due ?? 0)).toBe('春节')
    expect(isoFromDay(moved?.due ?? 0) > '2026-02-23').toBe(true)
  })

  it('a due day inside 国庆 moves behind it by the days off', () => {
    const days = spaced([30, 30, 30, 30], day('2025-09-03') - 120)
    expect(isoFromDay(of(days, [], 30)?.due ?? 0)).toBe('2025-10-03')
    // 2025-10-01 to 10-08 are off: the counted day 30 is two working days behind them.
    expect(isoFromDay(of(days, HOLIDAYS, 30)?.due ?? 0)).toBe('2025-10-11')
  })

  it('who orders on a holiday too keeps its rhythm', () => {
    // Every ten days, straight through 春节 2026.
    const days = spaced(Array(6).fill(10), day('2026-02-10'))
    expect(of(days, HOLIDAYS, 10)).toMatchObject({ due: day('2026-04-21'), every: 10 })
  })

  it('no bound ever falls into a holiday', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 20, max: 40 }), { minLength: 2, maxLength: 12 }),
        fc.nat(600),
        (gaps, shift) => {
          const found = of(spaced(gaps, START + shift), HOLIDAYS, 30)
          if (!found) return
          for (const bound of [found.from, found.due, found.until]) {
            expect(HOLIDAYS.some(([first, last]) => bound >= first && bound <= last)).toBe(false)
          }
        },
      ),
    )
  })
})

describe('properties', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 0, maxLength: 20 })

  it('the window is in order, behind the last order', () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 400 }), (given, segmentGap) => {
        const found = of(spaced(given), HOLIDAYS, segmentGap)
        if (!found) return
        expect(found.after).toBeLessThan(found.from)
        expect(found.from).toBeLessThanOrEqual(found.due)
        expect(found.due).toBeLessThanOrEqual(found.until)
        for (const value of Object.values(found)) expect(Number.isInteger(value)).toBe(true)
      }),
    )
  })

  it('the same orders some days later give the same window so many days later', () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: -3000, max: 3000 }), (given, shift) => {
        const [one, two] = [of(spaced(given)), of(spaced(given, START + shift))]
        if (!one || !two) {
          expect(one).toEqual(two)
          return
        }
        const shifted = { ...one, after: one.after + shift, from: one.from + shift }
        expect(two).toEqual({ ...shifted, due: one.due + shift, until: one.until + shift })
      }),
    )
  })

  it('who pauses longer by a factor is expected later', () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 2, max: 5 }), (given, factor) => {
        const slow = spaced(given.map((gap) => gap * factor))
        const [one, two] = [of(spaced(given)), of(slow, [], 60 * factor)]
        if (!one || !two) return
        for (const bound of ['from', 'due', 'until'] as const) {
          expect(two[bound] - two.after).toBeGreaterThanOrEqual(one[bound] - one.after)
        }
      }),
    )
  })

  it('an order put off by a holiday never brings the next one forward', () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 1000 }), (given, shift) => {
        const start = Math.max(...HOLIDAYS.map(([, last]) => last)) - 900 + shift
        const holiday: Span = [start, start + 9]
        const days = spaced(given, START)
        // A holiday behind the last order only ever delays.
        if ((days.at(-1) ?? 0) >= holiday[0]) return
        const [one, two] = [of(days), of(days, [holiday])]
        if (one && two) expect(two.due).toBeGreaterThanOrEqual(one.due)
      }),
    )
  })
})
