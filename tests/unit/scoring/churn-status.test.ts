import { describe, expect, it } from 'vitest'
import type { ChurnDefinition } from '../../../src/model/churn.ts'
import { type ChurnFacts, definitionFor, lostOn } from '../../../src/model/churn-status.ts'
import { quantile, typicalGap } from '../../../src/model/own-cycle.ts'
import { Settings } from '../../../src/settings.ts'

const { scoring } = Settings.parse({})
const named = (name: string): ChurnDefinition => {
  const found = scoring.definitions.find((one) => one.name === name)
  if (!found) throw new Error(name)
  return found
}
const facts = (more: Partial<ChurnFacts>): ChurnFacts => ({
  orderDays: [],
  renewalDays: [],
  cancelDays: [],
  renewalOn: null,
  segmentGap: 30,
  asOf: 10_000,
  ...more,
})

describe('lost by an order gap', () => {
  it.each([
    ['e-commerce', 180],
    ['b2b', 365],
  ])('%s: on the day %i days without an order are over', (name, days) => {
    const since = (silence: number) => lostOn(named(name), facts({ orderDays: [10_000 - silence] }))
    expect(since(days - 1)).toBeNull()
    expect(since(days)).toBe(10_000)
    expect(since(days + 40)).toBe(9_960)
  })

  it('needs an order at all', () => {
    expect(lostOn(named('b2b'), facts({}))).toBeNull()
  })
})

describe('lost by the own cycle', () => {
  const every = (gap: number, last: number) => Array.from({ length: 9 }, (_, i) => last - (8 - i) * gap)

  it('after three own cycles, and never before 90 days', () => {
    // (8·90 + 3·30)/11 = 73.6 days; three of them are 220.9.
    expect(lostOn(named('own-cycle'), facts({ orderDays: every(90, 9_780) }))).toBeNull()
    expect(lostOn(named('own-cycle'), facts({ orderDays: every(90, 9_779) }))).toBe(10_000)
    expect(lostOn(named('own-cycle'), facts({ orderDays: every(7, 9_911) }))).toBeNull()
    expect(lostOn(named('own-cycle'), facts({ orderDays: every(7, 9_910) }))).toBe(10_000)
  })

  it('one order: the segment’s gap', () => {
    expect(lostOn(named('own-cycle'), facts({ orderDays: [9_800], segmentGap: 60 }))).toBe(9_980)
  })
})

describe('lost by a missed renewal', () => {
  const saas = (more: Partial<ChurnFacts>) => lostOn(named('saas'), facts(more))

  it('90 days after the renewal date', () => {
    expect(saas({ renewalOn: 9_911 })).toBeNull()
    expect(saas({ renewalOn: 9_910 })).toBe(10_000)
    expect(saas({ renewalOn: 9_000, renewalDays: [] })).toBe(9_090)
  })

  it('a renewal around the date starts a new term', () => {
    expect(saas({ renewalOn: 9_900, renewalDays: [9_890] })).toBeNull()
    expect(saas({ renewalOn: 9_900, renewalDays: [9_960] })).toBeNull()
    expect(saas({ renewalOn: 9_500, renewalDays: [9_500] })).toBe(9_955)
  })

  it('without a renewal date a term of a year is assumed', () => {
    expect(saas({ renewalDays: [9_545] })).toBe(10_000)
    expect(saas({ orderDays: [9_546] })).toBeNull()
    expect(saas({})).toBeNull()
  })
})

describe('an explicit notice', () => {
  it('loses at once; an order after it takes it back', () => {
    expect(lostOn(named('b2b'), facts({ orderDays: [9_990], cancelDays: [9_995, 9_998] }))).toBe(9_995)
    expect(lostOn(named('b2b'), facts({ orderDays: [9_990, 9_997], cancelDays: [9_995] }))).toBeNull()
    expect(lostOn(named('b2b'), facts({ orderDays: [9_990, 9_997], cancelDays: [9_995, 9_999] }))).toBe(9_999)
  })
})

describe('own cycle', () => {
  it('shrinks the median: (n·own + 3·segment)/(n + 3)', () => {
    expect(typicalGap([], 42)).toBe(42)
    expect(typicalGap([10, 20, 90], 60)).toBe((3 * 20 + 3 * 60) / 6)
  })

  it('interpolates quantiles', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(quantile([10, 20, 30, 40, 50], 0.9)).toBeCloseTo(46)
  })
})

describe('definition of a segment', () => {
  it('falls back to the default segment and to own-cycle', () => {
    const given = { ...scoring, segments: { saas: { definition: 'saas' }, odd: { definition: 'none-such' } } }
    expect(definitionFor(given, 'saas').name).toBe('saas')
    expect(definitionFor(given, 'odd').name).toBe('own-cycle')
    for (const odd of ['whatever', 'constructor', '__proto__']) {
      expect(definitionFor(scoring, odd).name).toBe('own-cycle')
    }
  })
})
