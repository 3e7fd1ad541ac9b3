import { describe, expect, it } from 'vitest'
import { createValuer } from '../../../src/scoring/models/customer-value.ts'
import { bgNbd, mbgNbd, paretoNbd } from '../../../src/scoring/models/fit-purchase-model.ts'
import { expectedAmount } from '../../../src/scoring/models/gamma-gamma.ts'
import { createForecaster, type PurchaseParams } from '../../../src/scoring/purchase-forecast.ts'
import type { PurchaseDays } from '../../../src/store/purchase-days.ts'
import figures from '../../fixtures/purchase-models.json' with { type: 'json' }
import { fc } from '../../support/fast-check.ts'

const { bgNbd: fitted, gammaGamma, customers } = figures.cdnowSample
const YEAR = { week: 1, annualDiscount: 0.1, weeks: 52 }
const model = bgNbd.forecast(fitted)

describe('twelve-month value', () => {
  it.each(customers)('CDNOW customer $customer_id is worth $clv_52w_10pct_bgnbd', (one) => {
    const history = { x: one.x, tx: one.t_x, age: one.T }
    const amount = expectedAmount(gammaGamma, one.x, one.m_x) ?? 0
    expect(amount).toBeCloseTo(one.expected_amount, 2)
    const value = amount * createValuer(model, YEAR).discountedPurchases(history)
    expect(Math.abs(value / one.clv_52w_10pct_bgnbd - 1)).toBeLessThan(1e-3)
  })

  it.each(customers)('CDNOW customer $customer_id: P(alive) and expected purchases of all models', (one) => {
    const history = { x: one.x, tx: one.t_x, age: one.T }
    const [mbg, pareto] = [
      mbgNbd.forecast(figures.cdnowSample.mbgNbd),
      paretoNbd.forecast(figures.cdnowSample.paretoNbd),
    ]
    for (const [forecast, published] of [
      [model, one.bgnbd],
      [mbg, one.mbgnbd],
      [pareto, one.pnbd],
    ] as const) {
      expect(forecast.pAlive(history)).toBeCloseTo(published.palive, 4)
      expect(Math.abs(forecast.expectedPurchases(history, 39) / published.expected_holdout - 1)).toBeLessThan(
        1e-3,
      )
      expect(Math.abs(forecast.expectedPurchases(history, 52) / published.expected_52w - 1)).toBeLessThan(
        1e-3,
      )
    }
  })

  it('without discount is the expected purchases; with discount a little less', () => {
    const history = { x: 3, tx: 20, age: 34 }
    const plain = createValuer(model, { ...YEAR, annualDiscount: 0 }).discountedPurchases(history)
    expect(plain).toBeCloseTo(model.expectedPurchases(history, 52), 10)
    const discounted = createValuer(model, YEAR).discountedPurchases(history)
    expect(discounted).toBeLessThan(plain)
    expect(discounted).toBeGreaterThan(plain / 1.1)
  })

  it('remembers what it has worked out without mixing customers', () => {
    const valuer = createValuer(model, YEAR)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 60 }), (x, age) => {
        const history = { x, tx: x === 0 ? 0 : age / 2, age }
        expect(valuer.discountedPurchases(history)).toBe(
          createValuer(model, YEAR).discountedPurchases(history),
        )
      }),
    )
  })

  it('the range holds the expected value of an active customer and is null for Pareto/NBD', () => {
    const history = { x: 29, tx: 37.7, age: 38 }
    const valuer = createValuer(model, YEAR)
    const range = valuer.discountedRange(history)
    expect(range?.low).toBeLessThan(valuer.discountedPurchases(history))
    expect(range?.high).toBeGreaterThan(valuer.discountedPurchases(history))
    expect(createValuer(model, YEAR).discountedRange({ x: 0, tx: 0, age: 38 })?.low).toBe(0)
    const pareto = createValuer(paretoNbd.forecast(figures.cdnowSample.paretoNbd), YEAR)
    expect(pareto.discountedRange(history)).toBeNull()
  })
})

describe('forecaster', () => {
  const params: PurchaseParams = {
    model: 'bg-nbd',
    purchase: figures.cdnowSample.bgNbd,
    spend: gammaGamma,
    dropOutSeen: true,
  }
  const one: PurchaseDays = {
    customerId: 1,
    first: 10_000,
    last: 10_213,
    repeats: 2,
    priced: 2,
    repeatAmount: 4469,
  }
  const asOf = 10_272

  it('speaks in 分 and in days', () => {
    const forecast = createForecaster(params, asOf, 90).forecast(one)
    expect(forecast.value12m).toBeCloseTo(3674, -1)
    expect(forecast.pNoOrder).toBeCloseTo(1 - 0.3212, 2)
    expect(forecast.pAlive).toBeCloseTo(0.7266, 2)
  })

  it('says nothing about value without amounts, and nothing about P(alive) without drop-out', () => {
    const blind = createForecaster({ ...params, spend: null, dropOutSeen: false }, asOf, 90)
    expect(blind.forecast(one)).toMatchObject({ value12m: null, pAlive: null })
    expect(blind.valueRange(one)).toBeNull()
    expect(blind.forecast(one).pNoOrder).toBeGreaterThan(0)
  })

  it('a longer horizon makes silence less likely', () => {
    const silence = [60, 90, 365].map((days) => createForecaster(params, asOf, days).forecast(one).pNoOrder)
    expect(silence).toEqual([...silence].sort((a, b) => b - a))
  })
})
