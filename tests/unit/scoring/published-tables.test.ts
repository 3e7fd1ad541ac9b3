import { expect, it } from 'vitest'
import { dayFromIso } from '../../../src/model/day.ts'
import { createValuer } from '../../../src/scoring/models/customer-value.ts'
import type { FitResult } from '../../../src/scoring/models/fit.ts'
import {
  bgNbd,
  mbgNbd,
  type PurchaseModel,
  paretoNbd,
} from '../../../src/scoring/models/fit-purchase-model.ts'
import { fitGammaGamma } from '../../../src/scoring/models/fit-spend-model.ts'
import { expectedAmount } from '../../../src/scoring/models/gamma-gamma.ts'
import figures from '../../fixtures/purchase-models.json' with { type: 'json' }
import { realRows } from '../../support/purchase-files.ts'
import {
  type DatedPurchase,
  type ObservedCustomer,
  observe,
  purchaseDataOf,
} from '../../support/purchase-tables.ts'
import { describeRealData } from '../../support/real-data.ts'

function day(iso: string): number {
  const found = dayFromIso(iso)
  if (found === null) throw new Error(iso)
  return found
}

const CALIBRATION_END = day('1997-09-30')
const HOLDOUT_END = day('1998-06-30')

function cdnow(file: string, key: string): DatedPurchase[] {
  return realRows(file).map((row) => ({
    customer: row[key] ?? '',
    day: day(row.date ?? ''),
    amount: Number(row.amount),
  }))
}

function onlineRetail(): DatedPurchase[] {
  return realRows('online_retail_invoices.csv')
    .filter((row) => row.cancelled === '0' && Number(row.amount) > 0)
    .map((row) => ({
      customer: row.customer_id ?? '',
      day: day((row.invoice_datetime ?? '').slice(0, 10)),
      amount: Number(row.amount),
    }))
}

type Numbers = Readonly<Record<string, number>>

/** The numbers among published values. */
function numbers(published: Readonly<Record<string, unknown>>): Numbers {
  return Object.fromEntries(
    Object.entries(published).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
}

function expectFit<P extends Numbers>(
  fit: FitResult<P>,
  published: Readonly<Record<string, unknown>>,
  ll: number,
  tolerance: Numbers,
): void {
  if (fit.kind !== 'fit') throw new Error(fit.reason)
  expect(Math.abs(fit.logLikelihood - ll)).toBeLessThan(tolerance.LL ?? 0)
  for (const [name, value] of Object.entries(fit.params)) {
    expect(Math.abs(value - (numbers(published)[name] ?? 0)), name).toBeLessThan(tolerance[name] ?? 0)
  }
}

/** The reference's tolerances for the full set, as shares of the values. */
function within(published: Numbers, share: number): Numbers {
  const entries = Object.entries(published).map(([name, value]) => [name, share * value] as const)
  return { ...Object.fromEntries(entries), LL: 0.01 }
}

function paramsOf<P>(fit: FitResult<P>): P {
  if (fit.kind !== 'fit') throw new Error(fit.reason)
  return fit.params
}

describeRealData('published tables: CDNOW sample', () => {
  const purchases = (): DatedPurchase[] => cdnow('cdnow_sample_transactions.csv', 'sample_id')
  const { cdnowSample } = figures

  it('39 weeks: BG/NBD, MBG/NBD, Pareto/NBD, gamma-gamma and the standard errors', () => {
    const { cells, spend } = purchaseDataOf(purchases(), CALIBRATION_END)
    expect([cells.customers, cells.repeats, cells.customers - cells.repeaters]).toEqual([2357, 2457, 1411])
    const bg = bgNbd.fit(cells)
    expectFit(bg, cdnowSample.bgNbd, cdnowSample.bgNbd.LL, cdnowSample.bgNbd.tol)
    if (bg.kind === 'fit') {
      for (const name of ['r', 'alpha', 'a', 'b'] as const) {
        expect(Math.abs((bg.standardErrors[name] ?? 0) / cdnowSample.bgNbd.se[name] - 1)).toBeLessThan(0.01)
      }
    }
    expectFit(mbgNbd.fit(cells), cdnowSample.mbgNbd, cdnowSample.mbgNbd.LL, cdnowSample.mbgNbd.tol)
    expectFit(
      paretoNbd.fit(cells),
      cdnowSample.paretoNbd,
      cdnowSample.paretoNbd.LL,
      cdnowSample.paretoNbd.tol,
    )
    expectFit(
      fitGammaGamma(spend),
      cdnowSample.gammaGamma,
      cdnowSample.gammaGamma.LL,
      cdnowSample.gammaGamma.tol,
    )
  })

  it('78 weeks', () => {
    const { cells, spend } = purchaseDataOf(purchases(), HOLDOUT_END)
    const pareto = { r: 0.563, alpha: 12.5592, s: 0.40811, beta: 10.5145 }
    expectFit(paretoNbd.fit(cells), pareto, -17135.836, {
      r: 1e-3,
      alpha: 0.02,
      s: 1e-3,
      beta: 0.05,
      LL: 0.01,
    })
    for (const [fit, ll] of [
      [bgNbd.fit(cells), -17138.234],
      [mbgNbd.fit(cells), -17127.373],
      [fitGammaGamma(spend), -4884.566],
    ] as const) {
      expect(fit.kind === 'fit' && Math.abs(fit.logLikelihood - ll)).toBeLessThan(0.01)
    }
    expect(expectedAmount(paramsOf(fitGammaGamma(spend)), 0, 0)).toBeCloseTo(35.81, 1)
  })

  it('one day later moves the likelihood by twenty: the boundary counts', () => {
    const fit = bgNbd.fit(purchaseDataOf(purchases(), CALIBRATION_END + 1).cells)
    expect(fit.kind === 'fit' && Math.abs(fit.logLikelihood + 9602.86)).toBeLessThan(0.01)
  })

  it('weeks 40 to 78 as forecast', () => {
    const observed = observe(purchases(), CALIBRATION_END, HOLDOUT_END)
    const { cells } = purchaseDataOf(purchases(), CALIBRATION_END)
    const { holdout, unconditionalWeek78 } = cdnowSample
    expect(observed.reduce((sum, one) => sum + one.later, 0)).toBe(1882)
    expectForecast(bgNbd, cells, observed, holdout.bgnbd, unconditionalWeek78.bgnbd)
    expectForecast(mbgNbd, cells, observed, holdout.mbgnbd, unconditionalWeek78.mbgnbd)
    expectForecast(paretoNbd, cells, observed, holdout.pnbd, unconditionalWeek78.pnbd)
  })

  it('the discounted value of every customer', () => {
    const { cells, spend } = purchaseDataOf(purchases(), CALIBRATION_END)
    const amounts = paramsOf(fitGammaGamma(spend))
    const forecast = bgNbd.forecast(paramsOf(bgNbd.fit(cells)))
    const valuer = createValuer(forecast, { week: 1, annualDiscount: 0.1, weeks: 52 })
    const values = observe(purchases(), CALIBRATION_END, HOLDOUT_END).map(
      (one) => (expectedAmount(amounts, one.x, one.mean) ?? 0) * valuer.discountedPurchases(one),
    )
    cdnowSample.clv.first_ten_sample_ids.forEach((value, i) => {
      expect(Math.abs((values[i] ?? 0) / value - 1)).toBeLessThan(1e-3)
    })
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / cdnowSample.clv.total - 1)).toBeLessThan(
      1e-3,
    )
  })
})

describeRealData('published tables: the full CDNOW set', () => {
  it('all models', () => {
    const { cells, spend } = purchaseDataOf(cdnow('cdnow_transactions.csv', 'customer_id'), CALIBRATION_END)
    const { models, gamma_gamma: amounts, customers, repeat_purchases } = figures.cdnowFull
    expect([cells.customers, cells.repeats]).toEqual([customers, repeat_purchases])
    expectFit(bgNbd.fit(cells), models.bgnbd.params, models.bgnbd.LL, within(models.bgnbd.params, 2e-3))
    expectFit(mbgNbd.fit(cells), models.mbgnbd.params, models.mbgnbd.LL, within(models.mbgnbd.params, 2e-3))
    expectFit(paretoNbd.fit(cells), models.pnbd.params, models.pnbd.LL, within(models.pnbd.params, 2e-3))
    expectFit(fitGammaGamma(spend), amounts.params, amounts.LL, within(amounts.params, 2e-3))
    expect(spend.x.length).toBe(amounts.n)
  })

  it('weeks 40 to 78 as forecast', () => {
    const purchases = cdnow('cdnow_transactions.csv', 'customer_id')
    const { cells } = purchaseDataOf(purchases, CALIBRATION_END)
    const observed = observe(purchases, CALIBRATION_END, HOLDOUT_END)
    const { models, holdout_actual } = figures.cdnowFull
    expect(total(observed.map((one) => one.later))).toBe(holdout_actual)
    expectHoldout(bgNbd, cells, observed, models.bgnbd, 39)
    expectHoldout(mbgNbd, cells, observed, models.mbgnbd, 39)
    expectHoldout(paretoNbd, cells, observed, models.pnbd, 39)
  })
})

describeRealData('published tables: Online Retail, where nobody is seen to leave', () => {
  it('all models reach the same likelihood and say that there is no drop-out', () => {
    const { cells, spend } = purchaseDataOf(onlineRetail(), day('2011-08-31'))
    const { models, gamma_gamma: amounts, customers, repeat_purchases } = figures.onlineRetail
    expect([cells.customers, cells.repeats]).toEqual([customers, repeat_purchases])
    for (const fit of [bgNbd.fit(cells), mbgNbd.fit(cells), paretoNbd.fit(cells)]) {
      if (fit.kind !== 'fit') throw new Error(fit.reason)
      expect(Math.abs(fit.logLikelihood - models.bgnbd.LL)).toBeLessThan(0.05)
      expect(fit.params.r).toBeCloseTo(models.bgnbd.params.r, 2)
      expect(fit.params.alpha).toBeCloseTo(models.bgnbd.params.alpha, 1)
      expect(fit.notes).toEqual(['no-drop-out'])
    }
    expectFit(fitGammaGamma(spend), amounts.params, amounts.LL, within(amounts.params, 5e-3))
  })

  it('forecasts the autumn, too low before Christmas', () => {
    const [end, holdoutEnd] = [day('2011-08-31'), day('2011-12-09')]
    const { cells } = purchaseDataOf(onlineRetail(), end)
    const observed = observe(onlineRetail(), end, holdoutEnd)
    const { models, holdout_actual } = figures.onlineRetail
    expect(total(observed.map((one) => one.later))).toBe(holdout_actual)
    for (const model of [bgNbd, mbgNbd] as const) {
      expectHoldout(model, cells, observed, models.bgnbd, (holdoutEnd - end) / 7)
    }
    expectHoldout(paretoNbd, cells, observed, models.pnbd, (holdoutEnd - end) / 7)
  })
})

/** Expected purchases of the hold-out in total (within half a per mille) and their mean absolute error. */
function expectHoldout<P>(
  model: PurchaseModel<P>,
  cells: Parameters<PurchaseModel<P>['fit']>[0],
  observed: readonly ObservedCustomer[],
  published: { readonly holdout_expected: number; readonly MAE: number },
  weeks: number,
): void {
  const forecast = model.forecast(paramsOf(model.fit(cells)))
  const expected = observed.map((one) => forecast.expectedPurchases(one, weeks))
  const errors = observed.map((one, i) => Math.abs(one.later - (expected[i] ?? 0)))
  expect(Math.abs(total(expected) / published.holdout_expected - 1)).toBeLessThan(5e-4)
  expect(total(errors) / errors.length).toBeCloseTo(published.MAE, 3)
}

interface Measures {
  readonly holdout_expected: number
  readonly MAE: number
  readonly RMSE: number
  readonly corr: number
  readonly mean_zero_class: number
}

function expectForecast<P>(
  model: PurchaseModel<P>,
  cells: Parameters<PurchaseModel<P>['fit']>[0],
  observed: readonly ObservedCustomer[],
  published: Measures,
  unconditional: number,
): void {
  const forecast = model.forecast(paramsOf(model.fit(cells)))
  const expected = observed.map((one) => forecast.expectedPurchases(one, (HOLDOUT_END - CALIBRATION_END) / 7))
  const actual = observed.map((one) => one.later)
  const errors = expected.map((value, i) => value - (actual[i] ?? 0))
  const zero = expected.filter((_, i) => observed[i]?.x === 0)
  expect(total(expected)).toBeCloseTo(published.holdout_expected, 0)
  expect(total(errors.map(Math.abs)) / errors.length).toBeCloseTo(published.MAE, 3)
  expect(Math.sqrt(total(errors.map((error) => error ** 2)) / errors.length)).toBeCloseTo(published.RMSE, 3)
  expect(correlationOf(expected, actual)).toBeCloseTo(published.corr, 3)
  expect(total(zero) / zero.length).toBeCloseTo(published.mean_zero_class, 3)
  const sinceFirst = observed.map((one) =>
    forecast.expectedOfNew(one.age + (HOLDOUT_END - CALIBRATION_END) / 7),
  )
  expect(total(sinceFirst)).toBeCloseTo(unconditional, 0)
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function correlationOf(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [total(a) / a.length, total(b) / b.length]
  const [da, db] = [a.map((value) => value - meanA), b.map((value) => value - meanB)]
  const product = total(da.map((value, i) => value * (db[i] ?? 0)))
  return product / Math.sqrt(total(da.map((v) => v ** 2)) * total(db.map((v) => v ** 2)))
}
