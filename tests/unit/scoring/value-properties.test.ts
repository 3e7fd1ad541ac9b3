import { describe, expect, it } from 'vitest'
import { typicalGap } from '../../../src/model/own-cycle.ts'
import { bandFor } from '../../../src/scoring/band.ts'
import { createValuer } from '../../../src/scoring/models/customer-value.ts'
import { bgNbd, mbgNbd } from '../../../src/scoring/models/fit-purchase-model.ts'
import { expectedAmount } from '../../../src/scoring/models/gamma-gamma.ts'
import { quintile, quintileCuts } from '../../../src/scoring/quantile-cuts.ts'
import { SCORING } from '../../support/facts.ts'
import { fc } from '../../support/fast-check.ts'

const positive = (min: number, max: number) =>
  fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp)
const params = fc.record({
  r: positive(0.05, 20),
  alpha: positive(0.1, 60),
  a: positive(0.05, 20),
  b: positive(0.05, 20),
})
const history = fc
  .record({
    x: fc.integer({ min: 0, max: 80 }),
    span: positive(1, 150),
    silence: fc.double({ min: 0, max: 150, noNaN: true }),
  })
  .map(({ x, span, silence }) => ({ x, tx: x === 0 ? 0 : span, age: (x === 0 ? 0 : span) + silence }))
const YEAR = { week: 1, annualDiscount: 0.1, weeks: 52 }

describe('the value of any customer', () => {
  it('is finite, falls with the discount, rises with the time looked at, and lies below the plain purchases', () => {
    fc.assert(
      fc.property(params, history, (given, one) => {
        const model = mbgNbd.forecast(given)
        const worth = (terms: typeof YEAR): number => createValuer(model, terms).discountedPurchases(one)
        const year = worth(YEAR)
        expect(year).toBeGreaterThanOrEqual(0)
        expect(worth({ ...YEAR, annualDiscount: 0.3 })).toBeLessThanOrEqual(year + 1e-9)
        expect(worth({ ...YEAR, weeks: 26 })).toBeLessThanOrEqual(year + 1e-9)
        expect(year).toBeLessThanOrEqual(model.expectedPurchases(one, 52) * (1 + 1e-6) + 1e-9)
      }),
      { numRuns: 60 },
    )
  })

  it('does not depend on the unit of time', () => {
    fc.assert(
      fc.property(params, history, (given, one) => {
        const weeks = createValuer(bgNbd.forecast(given), YEAR).discountedPurchases(one)
        const days = createValuer(bgNbd.forecast({ ...given, alpha: 7 * given.alpha }), { ...YEAR, week: 7 })
        const inDays = days.discountedPurchases({ x: one.x, tx: 7 * one.tx, age: 7 * one.age })
        expect(Math.abs(inDays - weeks)).toBeLessThanOrEqual(1e-6 * Math.max(1, weeks))
      }),
      { numRuns: 60 },
    )
  })

  it('has a range whose ends are in order', () => {
    fc.assert(
      fc.property(params, history, (given, one) => {
        const range = createValuer(bgNbd.forecast(given), YEAR).discountedRange(one)
        expect(range?.low).toBeGreaterThanOrEqual(0)
        expect(range?.high).toBeGreaterThanOrEqual(range?.low ?? 1)
      }),
      { numRuns: 40 },
    )
  })

  it('an amount lies between the own mean and that of all, follows both, and knows no currency', () => {
    const spend = fc.record({ p: positive(0.5, 20), q: positive(1.2, 20), gamma: positive(1, 500) })
    fc.assert(
      fc.property(spend, fc.integer({ min: 1, max: 50 }), positive(1, 5000), (given, x, mean) => {
        const all = expectedAmount(given, 0, 0) ?? Number.NaN
        const own = expectedAmount(given, x, mean) ?? Number.NaN
        expect(own).toBeGreaterThanOrEqual(Math.min(all, mean) * (1 - 1e-9))
        expect(own).toBeLessThanOrEqual(Math.max(all, mean) * (1 + 1e-9))
        expect(expectedAmount(given, x, mean * 1.1)).toBeGreaterThan(own)
        const cents = expectedAmount({ ...given, gamma: 100 * given.gamma }, x, 100 * mean) ?? Number.NaN
        expect(cents / (100 * own)).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('more purchases of the same recency', () => {
  it('may mean a customer who is less likely to be alive: silence is stranger in a frequent buyer', () => {
    const model = bgNbd.forecast({ r: 0.25, alpha: 4.4, a: 0.8, b: 2.4 })
    const alive = [2, 6, 20].map((x) => model.pAlive({ x, tx: 20, age: 40 }))
    expect(alive).toEqual([...alive].sort((a, b) => b - a))
    // Of those just seen it is the other way round.
    const fresh = [2, 6, 20].map((x) => model.pAlive({ x, tx: 40, age: 40 }))
    expect(fresh).toEqual([...fresh].sort((a, b) => a - b))
  })
})

describe('ranks and bands of anything', () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 })

  it('RFM scores are 1 to 5, rise with the value, ignore order and scale', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 9 }), (list, factor) => {
        const cuts = quintileCuts(Float64Array.from(list))
        const scaled = quintileCuts(Float64Array.from(list.toReversed(), (value) => value * factor))
        if (!cuts || !scaled) throw new Error('there are values')
        const scores = [...list].sort((a, b) => a - b).map((value) => quintile(cuts, value))
        scores.forEach((one, i) => {
          expect(one).toBeGreaterThanOrEqual(scores[i - 1] ?? 1)
          expect(one).toBeLessThanOrEqual(5)
        })
        for (const value of list) expect(quintile(scaled, value * factor)).toBe(quintile(cuts, value))
      }),
    )
  })

  it('a band never falls when risk rises, and yesterday’s band can only hold it up', () => {
    const risk = fc.double({ min: 0, max: 1, noNaN: true })
    const order = ['none', 'watch', 'medium', 'high', 'urgent']
    const rank = (band: string): number => order.indexOf(band)
    fc.assert(
      fc.property(
        risk,
        risk,
        fc.constantFrom(null, 'none', 'watch', 'medium', 'high', 'urgent'),
        (a, b, before) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)].map((one) =>
            bandFor(one, before, SCORING.bands),
          )
          expect(rank(high ?? '')).toBeGreaterThanOrEqual(rank(low ?? ''))
          expect(rank(bandFor(a, before, SCORING.bands))).toBeGreaterThanOrEqual(
            rank(bandFor(a, null, SCORING.bands)),
          )
        },
      ),
    )
  })

  it('the own cycle lies between the own gap and the segment’s, and scales with the unit', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 20 })
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 400 }), (own, segment) => {
        const typical = typicalGap(own, segment)
        expect(typical).toBeGreaterThanOrEqual(Math.min(segment, ...own) - 1e-9)
        expect(typical).toBeLessThanOrEqual(Math.max(segment, ...own) + 1e-9)
        expect(typicalGap(own.toReversed(), segment)).toBe(typical)
        expect(
          typicalGap(
            own.map((gap) => 24 * gap),
            24 * segment,
          ),
        ).toBeCloseTo(24 * typical, 6)
      }),
    )
  })
})
