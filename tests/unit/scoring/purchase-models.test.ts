import { describe, expect, it } from 'vitest'
import { betaGeometricForecast } from '../../../src/scoring/models/beta-geometric-forecast.ts'
import { expectedActivePurchases } from '../../../src/scoring/models/conditional-expectation.ts'
import type { FitResult } from '../../../src/scoring/models/fit.ts'
import { bgNbd, mbgNbd, paretoNbd } from '../../../src/scoring/models/fit-purchase-model.ts'
import { fitGammaGamma } from '../../../src/scoring/models/fit-spend-model.ts'
import { expectedAmount, gammaGammaLikelihood } from '../../../src/scoring/models/gamma-gamma.ts'
import { purchaseCountsWhileActive } from '../../../src/scoring/models/purchase-counts.ts'
import { createSpendCollector } from '../../../src/scoring/models/spend-rows.ts'
import figures from '../../fixtures/purchase-models.json' with { type: 'json' }
import { simulateBetaGeometric, simulatePareto, simulateSpend } from '../../support/simulate-purchases.ts'

interface PublishedRow {
  readonly x: number
  readonly t_x: number
  readonly T: number
}

const history = ({ x, t_x, T }: PublishedRow) => ({ x, tx: t_x, age: T })

function expectClose(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected))
}

describe('expected purchases while active', () => {
  it.each(figures.expectedWhileActive)('k $k, A $A, a $a, B $B, t $t: $value', ({ k, A, a, B, t, value }) => {
    expectClose(expectedActivePurchases(k, A, a, B, t), value, 1e-8)
  })

  it('does not break down when all customers buy at nearly the same rate', () => {
    // By Simpson's rule over p ~ Beta(3, 2).
    const direct = (k: number, A: number, t: number): number => {
      const steps = 20_000
      let sum = 0
      for (let i = 1; i < steps; i++) {
        const p = i / steps
        sum += (i % 2 === 0 ? 2 : 4) * 12 * p * (1 - p) * (1 - (A / (A + p * t)) ** k)
      }
      return sum / (3 * steps)
    }
    for (const [k, A, t] of [
      [30, 20, 40],
      [160, 100, 39],
      [2000, 1000, 52],
    ] as const) {
      expectClose(expectedActivePurchases(k, A, 3, 2, t), direct(k, A, t), 1e-7)
    }
  })

  it('is smooth through its removable singularities', () => {
    const at = (a: number): number => expectedActivePurchases(2.243, 43.27, a, 4.426, 39)
    expect(Math.abs(at(1) - (at(0.999) + at(1.001)) / 2)).toBeLessThan(1e-6)
    const atZero = (b: number): number => expectedActivePurchases(0.5, 4, 0.6, b, 39)
    expect(Math.abs(atZero(0.4) - (atZero(0.399) + atZero(0.401)) / 2)).toBeLessThan(1e-5)
  })
})

describe('BG/NBD as published', () => {
  const { params, ...rows } = figures.bgNbd
  const model = bgNbd.forecast(params)

  it.each(rows.logLikelihood)('log-likelihood of $x, $t_x, $T', (row) => {
    expect(model.logLikelihood(history(row))).toBeCloseTo(row.LL, 7)
  })

  it('does not underflow for a heavy buyer', () => {
    const { LL, params: heavy, ...row } = rows.heavyBuyer
    expect(bgNbd.forecast(heavy).logLikelihood(history(row))).toBeCloseTo(LL, 7)
  })

  it.each(rows.pAlive)('P(alive | $x, $t_x, $T) = $value', (row) => {
    expect(model.pAlive(history(row))).toBeCloseTo(row.value, 7)
  })

  it.each(rows.expected)('E[X($t) | $x, $t_x, $T] = $value', (row) => {
    expectClose(model.expectedPurchases(history(row), row.t), row.value, 1e-7)
  })

  it.each(rows.expectedOfNew)('E[X($t)] = $value', ({ t, value }) => {
    expect(model.expectedOfNew(t)).toBeCloseTo(value, 7)
  })

  it.each(rows.counts)('P(X($t) = $n) = $value', ({ t, n, value }) => {
    const { r, alpha, a, b } = params
    const p = purchaseCountsWhileActive(r, alpha, a, b, t, n)[n] ?? 0
    expectClose(p, value, 1e-6)
  })

  it.each(rows.pAnyIn90Days)('P(no purchase in 90 days) = 1 − $value', (row) => {
    expect(model.pNoPurchase(history(row), row.h_weeks)).toBeCloseTo(1 - row.value, 7)
  })

  it('counts add up to one and to the expectation', () => {
    const one = { x: 5, tx: 30, age: 39 }
    const counts = model.purchaseCounts(one, 39, 400) ?? []
    expect(counts.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
    const mean = counts.reduce((sum, p, n) => sum + p * n, 0)
    expect(mean).toBeCloseTo(model.expectedPurchases(one, 39), 6)
    expect(1 - (counts[0] ?? 0)).toBeCloseTo(1 - model.pNoPurchase(one, 39), 10)
  })
})

describe('MBG/NBD as published', () => {
  const { params, rows, expectedOfNew } = figures.mbgNbd
  const model = mbgNbd.forecast(params)

  it.each(rows)('$x, $t_x, $T', (row) => {
    expect(model.logLikelihood(history(row))).toBeCloseTo(row.LL, 7)
    expect(model.pAlive(history(row))).toBeCloseTo(row.p_alive, 7)
    expectClose(model.expectedPurchases(history(row), 39), row.expected_39, 1e-7)
  })

  it.each(expectedOfNew)('E[X($t)] = $value', ({ t, value }) => {
    expect(model.expectedOfNew(t)).toBeCloseTo(value, 7)
  })
})

describe('Pareto/NBD as published', () => {
  const { params, rows, expectedOfNew, expected52OfX26 } = figures.paretoNbd
  const model = paretoNbd.forecast(params)

  it.each(rows)('$x, $t_x, $T', (row) => {
    expect(model.logLikelihood(history(row))).toBeCloseTo(row.LL, 7)
    expect(model.pAlive(history(row))).toBeCloseTo(row.p_alive, 7)
    expectClose(model.expectedPurchases(history(row), 39), row.expected_39, 1e-7)
    expect(1 - model.pNoPurchase(history(row), 90 / 7)).toBeCloseTo(row.p_any_90d, 7)
  })

  it('E[52 weeks] of the 26-time buyer', () => {
    expect(model.expectedPurchases({ x: 26, tx: 30.86, age: 31 }, 52)).toBeCloseTo(expected52OfX26, 6)
  })

  it.each(expectedOfNew)('E[X($t)] = $value', ({ t, value }) => {
    expect(model.expectedOfNew(t)).toBeCloseTo(value, 7)
  })

  it('goes through s = 1', () => {
    const at = (s: number): number => paretoNbd.forecast({ ...params, s }).expectedOfNew(39)
    expect(at(1)).toBeCloseTo((at(0.999) + at(1.001)) / 2, 5)
  })
})

describe('gamma-gamma as published', () => {
  const { params, expectedAmount: amounts, logLikelihood } = figures.gammaGamma

  it.each(amounts)('E(M | $x, $m_x) = $value', ({ x, m_x, value }) => {
    expect(expectedAmount(params, x, m_x)).toBeCloseTo(value, 5)
  })

  it.each(logLikelihood)('log-likelihood of $x, $m_x', ({ x, m_x, LL }) => {
    const spend = createSpendCollector()
    spend.add(x, m_x)
    const { p, q, gamma } = params
    const value = gammaGammaLikelihood(spend.rows())(Float64Array.of(p, q, gamma), new Float64Array(3))
    expect(value).toBeCloseTo(LL, 7)
  })

  it('has no mean amount for a new customer when q ≤ 1', () => {
    expect(expectedAmount({ p: 2, q: 0.9, gamma: 10 }, 0, 0)).toBeNull()
    expect(expectedAmount({ p: 2, q: 0.9, gamma: 10 }, 1, 20)).toBeGreaterThan(0)
  })
})

/** Every parameter within four standard errors of the truth, and the errors themselves not absurd. */
function expectRecovered<P extends Readonly<Record<string, number>>>(fit: FitResult<P>, truth: P): void {
  if (fit.kind !== 'fit') throw new Error(fit.reason)
  for (const name of Object.keys(truth)) {
    const [found, error, real] = [fit.params[name] ?? 0, fit.standardErrors[name] ?? 0, truth[name] ?? 0]
    expect(error, name).toBeGreaterThan(0)
    expect(error / real, name).toBeLessThan(0.5)
    expect(Math.abs(found - real) / error, name).toBeLessThan(4)
  }
}

describe('fits recover the parameters of simulated customers', () => {
  it('BG/NBD', () => {
    const truth = { r: 0.6, alpha: 5, a: 0.9, b: 2.5 }
    expectRecovered(bgNbd.fit(simulateBetaGeometric(1, 8000, truth, 0)), truth)
  })

  it('MBG/NBD', () => {
    const truth = { r: 0.9, alpha: 6, a: 0.8, b: 2 }
    expectRecovered(mbgNbd.fit(simulateBetaGeometric(2, 8000, truth, 1)), truth)
  })

  it('Pareto/NBD', () => {
    const truth = { r: 0.8, alpha: 6, s: 0.7, beta: 10 }
    expectRecovered(paretoNbd.fit(simulatePareto(3, 8000, truth)), truth)
  })

  it('gamma-gamma', () => {
    const truth = { p: 5, q: 3.5, gamma: 20 }
    expectRecovered(fitGammaGamma(simulateSpend(4, 8000, truth)), truth)
  })

  it('is calibrated: as many buy again as foretold', () => {
    const truth = { r: 0.6, alpha: 5, a: 0.9, b: 2.5 }
    const model = betaGeometricForecast(truth, 0)
    const cells = simulateBetaGeometric(5, 20_000, truth, 0)
    let [expected, variance] = [0, 0]
    let repeaters = 0
    cells.x.forEach((x, i) => {
      const age = cells.times[cells.age[i] ?? 0] ?? 0
      const weight = cells.weight[i] ?? 0
      const p = 1 - (purchaseCountsWhileActive(truth.r, truth.alpha, truth.a, truth.b, age, 0)[0] ?? 0)
      expected += weight * p
      variance += weight * p * (1 - p)
      if (x > 0) repeaters += weight
    })
    expect(Math.abs(repeaters - expected) / Math.sqrt(variance)).toBeLessThan(4)
    expect(model.pAlive({ x: 0, tx: 0, age: 30 })).toBe(1)
  })
})
