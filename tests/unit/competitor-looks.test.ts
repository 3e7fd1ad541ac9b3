import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../src/calendar.ts'
import { dayFromIso, isoFromDay } from '../../src/model/day.ts'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { fallenWindows, lookOf, type WindowGroup } from '../../src/push/competitor-looks.ts'
import { forecast, likelyRange, type Morning } from '../../src/push/group-dip.ts'
import { Settings } from '../../src/settings.ts'

const settings = Settings.parse({})
const limits = settings.noise.competitors
const calendar = createCalendar(settings.business)
const day = (iso: string): number => dayFromIso(iso) ?? 0

describe('when a window is looked at', () => {
  const look = (from: string, to: string, last: string): [number, string | null] => {
    const { looks, asOf } = lookOf(calendar, { from: day(from), to: day(to) }, day(last))
    return [looks, asOf === null ? null : isoFromDay(asOf)]
  }

  it('a short one once, when it is over', () => {
    expect(look('2026-11-01', '2026-11-11', '2026-11-10')).toEqual([1, null])
    expect(look('2026-11-01', '2026-11-11', '2026-11-11')).toEqual([1, '2026-11-11'])
  })

  it('a long one after each of equal sections of workdays, without the holidays in it', () => {
    // Workdays: 9/21–24, 9/28–30 (中秋 9/25–27), 10/8–10 (国庆 10/1–7, the 10th is a make-up day), 10/12–16: 15 in all.
    expect(look('2026-09-20', '2026-10-16', '2026-09-27')).toEqual([3, null])
    expect(look('2026-09-20', '2026-10-16', '2026-09-28')).toEqual([3, '2026-09-28'])
    expect(look('2026-09-20', '2026-10-16', '2026-10-09')).toEqual([3, '2026-09-28'])
    expect(look('2026-09-20', '2026-10-16', '2026-10-15')).toEqual([3, '2026-10-10'])
    expect(look('2026-09-20', '2026-10-16', '2026-12-01')).toEqual([3, '2026-10-16'])
  })

  it('the longest four times', () => {
    expect(look('2026-01-01', '2026-12-31', '2027-02-01')).toEqual([4, '2026-12-31'])
  })
})

it('the usual range leaves 2.5 % on either side: 0 to 5 of P(X = k) = 1/2^(k+1)', () => {
  expect(likelyRange({ mean: 1, variance: 2 })).toEqual([0, 5])
  const [low, high] = likelyRange(
    forecast(
      Array.from({ length: 40 }, () => ({ count: 25, days: 1 })),
      4,
    ),
  )
  // A mean of 100, a standard deviation of 10 and a little for the estimated mean.
  expect([low, high]).toEqual([80, 121])
})

describe('250 days of windows in which competitors do nothing', () => {
  const DAYS = 250
  const BASELINE = 40
  const SEGMENTS = 4

  /** Counts of four segments over the workdays; a Friday's count has the weekend in it. */
  function past(random: () => number, level: (at: number) => number): Morning[][] {
    const draw = (mean: number): number => {
      let count = 0
      let waited = -Math.log(1 - random())
      while (waited < mean) {
        count++
        waited += -Math.log(1 - random())
      }
      return count
    }
    return Array.from({ length: BASELINE + DAYS }, (_, at) => {
      const days = at % 5 === 4 ? 3 : 1
      const swing = level(at)
      return Array.from({ length: SEGMENTS }, (_, n) => ({ count: draw(0.5 * (n + 1) * days * swing), days }))
    })
  }

  function summed(cells: readonly (Morning | undefined)[]): Morning {
    const sum = (field: keyof Morning): number => cells.reduce((all, one) => all + (one?.[field] ?? 0), 0)
    return { count: sum('count'), days: sum('days') }
  }

  /** The day as a whole and by segment. */
  function groups(mornings: readonly Morning[][], event: number, lift: number): WindowGroup[] {
    const WORKDAYS = 8
    const whole = (cells: readonly Morning[]): Morning => ({ ...summed(cells), days: cells[0]?.days ?? 0 })
    const series = [
      mornings.map(whole),
      ...Array.from({ length: SEGMENTS }, (_, n) => mornings.map((cells) => summed([cells[n]]))),
    ]
    return series.map((one) => {
      const now = summed(one.slice(event, event + WORKDAYS))
      const baseline = one.slice(event - BASELINE, event)
      return { event, looks: 1, baseline, now: { ...now, count: Math.round(now.count * lift) } }
    })
  }

  /** The share of windows, a new one every fortnight, of which a card would be sent on any of sixty days. */
  function told(seed: number, lift: number, swings: boolean): number {
    const random = seededRandom(seed)
    let week = 1
    const mornings = past(random, (at) => {
      if (swings && at % 5 === 0) week = 0.5 - 0.25 * Math.log((1 - random()) * (1 - random()))
      return week
    })
    const starts = Array.from({ length: 24 }, (_, n) => BASELINE + n * 10)
    const found = new Set<number>()
    for (const today of starts) {
      const open = starts.filter((start) => start <= today && today - start <= 40)
      const all = open.flatMap((start) => groups(mornings, start, lift))
      for (const event of fallenWindows(all, limits).keys()) found.add(event)
    }
    return found.size / starts.length
  }

  const SEEDS = Array.from({ length: 20 }, (_, at) => at + 1)
  const mean = (lift: number, swings: boolean): number =>
    SEEDS.reduce((sum, seed) => sum + told(seed, lift, swings), 0) / SEEDS.length

  it('bring no more false cards than were accepted', () => {
    expect(mean(1, false)).toBeLessThanOrEqual(limits.falseShare)
  })

  it('nor where whole weeks are busier than others, within two standard errors', () => {
    const windows = SEEDS.length * 24
    const error = Math.sqrt((limits.falseShare * (1 - limits.falseShare)) / windows)
    expect(mean(1, true)).toBeLessThanOrEqual(limits.falseShare + 2 * error)
  })

  it('and where twice as many leave, nearly all are found', () => {
    expect(mean(2, false)).toBeGreaterThanOrEqual(0.95)
    expect(mean(2, true)).toBeGreaterThanOrEqual(0.6)
  })
})
