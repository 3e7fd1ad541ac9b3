import { describe, expect, it } from 'vitest'
import { bgNbd, mbgNbd, paretoNbd } from '../../../src/scoring/models/fit-purchase-model.ts'
import type { PurchaseForecast } from '../../../src/scoring/models/purchase-model.ts'
import { fc } from '../../support/fast-check.ts'

/** From one-in-a-hundred to far beyond any real fit, in equal ratios. */
const parameter = fc.double({ min: Math.log(0.01), max: Math.log(200), noNaN: true }).map(Math.exp)
const parameters = fc.tuple(parameter, parameter, parameter, parameter)

/** A history in weeks: heavy and light buyers, long and short silences. */
const history = fc
  .record({
    x: fc.integer({ min: 0, max: 300 }),
    span: fc.double({ min: 0.5, max: 300, noNaN: true }),
    silence: fc.double({ min: 0, max: 300, noNaN: true }),
  })
  .map(({ x, span, silence }) => ({ x, tx: x === 0 ? 0 : span, age: (x === 0 ? 0 : span) + silence }))

const horizon = fc.double({ min: 0.1, max: 150, noNaN: true })

const MODELS: readonly { name: string; forecast(p: readonly number[]): PurchaseForecast }[] = [
  { name: 'BG/NBD', forecast: ([r = 0, alpha = 0, a = 0, b = 0]) => bgNbd.forecast({ r, alpha, a, b }) },
  { name: 'MBG/NBD', forecast: ([r = 0, alpha = 0, a = 0, b = 0]) => mbgNbd.forecast({ r, alpha, a, b }) },
  {
    name: 'Pareto/NBD',
    forecast: ([r = 0, alpha = 0, s = 0, beta = 0]) => paretoNbd.forecast({ r, alpha, s, beta }),
  },
]

const SLACK = 1e-9

describe.each(MODELS)('forecasts of $name', ({ forecast }) => {
  it('are probabilities and finite counts, whatever the parameters', () => {
    fc.assert(
      fc.property(parameters, history, horizon, (params, one, h) => {
        const model = forecast(params)
        for (const p of [model.pAlive(one), model.pNoPurchase(one, h)]) {
          expect(p).toBeGreaterThanOrEqual(0)
          expect(p).toBeLessThanOrEqual(1)
        }
        const expected = model.expectedPurchases(one, h)
        expect(Number.isFinite(expected)).toBe(true)
        expect(expected).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 400 },
    )
  })

  it('longer horizons: more purchases, less silence; and never fewer purchases than the chance of one', () => {
    fc.assert(
      fc.property(parameters, history, horizon, (params, one, h) => {
        const model = forecast(params)
        const [near, far] = [model.expectedPurchases(one, h), model.expectedPurchases(one, 1.5 * h)]
        expect(far).toBeGreaterThanOrEqual(near * (1 - SLACK) - SLACK)
        expect(model.pNoPurchase(one, 1.5 * h)).toBeLessThanOrEqual(model.pNoPurchase(one, h) + SLACK)
        expect(near).toBeGreaterThanOrEqual((1 - model.pNoPurchase(one, h)) * (1 - 1e-6) - SLACK)
      }),
      { numRuns: 300 },
    )
  })

  it('a longer silence: less likely to be alive, less likely to buy', () => {
    fc.assert(
      fc.property(parameters, history, horizon, (params, one, h) => {
        const model = forecast(params)
        const later = { ...one, age: one.age + 5 }
        expect(model.pAlive(later)).toBeLessThanOrEqual(model.pAlive(one) + SLACK)
        expect(model.pNoPurchase(later, h)).toBeGreaterThanOrEqual(model.pNoPurchase(one, h) - SLACK)
      }),
      { numRuns: 300 },
    )
  })

  it('a more recent purchase of the same frequency and age: likelier to be alive and to buy', () => {
    fc.assert(
      fc.property(parameters, history, horizon, (params, one, h) => {
        fc.pre(one.x > 0 && one.age > one.tx)
        const model = forecast(params)
        const recent = { ...one, tx: (one.tx + one.age) / 2 }
        expect(model.pAlive(recent)).toBeGreaterThanOrEqual(model.pAlive(one) - SLACK)
        expect(model.pNoPurchase(recent, h)).toBeLessThanOrEqual(model.pNoPurchase(one, h) + SLACK)
      }),
      { numRuns: 300 },
    )
  })

  it('a customer who is active buys more the more purchases are behind', () => {
    fc.assert(
      fc.property(parameters, history, horizon, (params, one, h) => {
        const model = forecast(params)
        const more = { ...one, x: one.x + 1 }
        expect(model.expectedWhileActive(more, h)).toBeGreaterThanOrEqual(
          model.expectedWhileActive(one, h) * (1 - 1e-6) - SLACK,
        )
      }),
      { numRuns: 300 },
    )
  })

  it('do not depend on the unit of time', () => {
    fc.assert(
      fc.property(parameters, history, horizon, (params, one, h) => {
        const [p0, p1, p2, p3] = params
        const inDays = forecast(
          forecast === MODELS[2]?.forecast ? [p0, 7 * p1, p2, 7 * p3] : [p0, 7 * p1, p2, p3],
        )
        const model = forecast(params)
        const days = { x: one.x, tx: 7 * one.tx, age: 7 * one.age }
        expect(inDays.pNoPurchase(days, 7 * h)).toBeCloseTo(model.pNoPurchase(one, h), 8)
        expect(inDays.pAlive(days)).toBeCloseTo(model.pAlive(one), 8)
      }),
      { numRuns: 200 },
    )
  })
})
