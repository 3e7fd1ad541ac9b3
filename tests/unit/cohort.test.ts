import { describe, expect, it } from 'vitest'
import { churnRate, MIN_COHORT, wilson } from '../../src/model/cohort.ts'
import { fc } from '../support/fast-check.ts'

describe('churnRate', () => {
  it('divides by the opening cohort alone: 1000, lost 200, new 150 is 20 %, never 5 %', () => {
    const figures = churnRate({ opening: 1000, lost: 200, returned: 0, new: 150 })
    expect(figures.rate).toBe(0.2)
    expect(figures.interval?.[0]).toBeCloseTo(0.17637, 4)
    expect(figures.interval?.[1]).toBeCloseTo(0.22591, 4)
  })

  it('reports returned customers apart: lost 200, back 30 stays 20 %', () => {
    expect(churnRate({ opening: 1000, lost: 200, returned: 30, new: 0 })).toMatchObject({
      rate: 0.2,
      returned: 30,
    })
  })

  it('has no rate without a base', () => {
    const figures = churnRate({ opening: 0, lost: 0, returned: 4, new: 7 })
    expect(figures).toMatchObject({ rate: null, interval: null, enough: false })
  })

  it.each([
    [MIN_COHORT - 1, false],
    [MIN_COHORT, true],
  ])('a cohort of %d is enough: %s', (opening, enough) => {
    expect(churnRate({ opening, lost: 1, returned: 0, new: 0 }).enough).toBe(enough)
  })
})

describe('wilson', () => {
  it.each([
    [56, 70, 0.69183356, 0.87695261],
    [48, 80, 0.49045465, 0.70038172],
    [0, 20, 0, 0.16112516],
    [81, 263, 0.25529, 0.36621],
  ])('%d of %d', (hits, n, low, high) => {
    const interval = wilson(hits, n)
    expect(interval[0]).toBeCloseTo(low, 5)
    expect(interval[1]).toBeCloseTo(high, 5)
  })

  it('holds the share and stays inside [0, 1]', () => {
    const shares = fc
      .integer({ min: 1, max: 100_000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))
    fc.assert(
      fc.property(shares, ([hits, n]) => {
        const [low, high] = wilson(hits, n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(hits / n + 1e-12)
        expect(high).toBeGreaterThanOrEqual(hits / n - 1e-12)
      }),
    )
  })
})
