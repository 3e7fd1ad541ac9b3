import { z } from 'zod'
import type { Day } from '../model/day.ts'
import type { PurchaseDays } from '../store/purchase-days.ts'
import { createValuer } from './models/customer-value.ts'
import type { Insufficiency } from './models/fit.ts'
import { bgNbd, mbgNbd } from './models/fit-purchase-model.ts'
import { fitGammaGamma } from './models/fit-spend-model.ts'
import { expectedAmount, type GammaGammaParams } from './models/gamma-gamma.ts'
import { historyOf, MINOR_UNITS, meanAmount, type PurchaseData } from './purchase-history.ts'

/** Fitted parameters as data: stored, they reproduce their numbers for ever. */
export const PurchaseParams = z.object({
  model: z.enum(['bg-nbd', 'mbg-nbd']),
  purchase: z.object({ r: z.number(), alpha: z.number(), a: z.number(), b: z.number() }),
  /** Null when amounts are missing, too few, or go with frequency. */
  spend: z.object({ p: z.number(), q: z.number(), gamma: z.number() }).nullable(),
  /** The drop-out of customers shows in the data; if not, P(alive) carries no information. */
  dropOutSeen: z.boolean(),
})
export type PurchaseParams = z.infer<typeof PurchaseParams>

/** What the purchase models say about one customer. */
export interface CustomerForecast {
  /** Null when drop-out does not show in the data. */
  readonly pAlive: number | null
  /** Probability of no order within the horizon. */
  readonly pNoOrder: number
  readonly expectedOrders12m: number
  /** Discounted value of the next 12 months in 分, by sales; null without a spend model. */
  readonly value12m: number | null
}

const WEEKS_12M = 52
const DAYS_PER_WEEK = 7
const ANNUAL_DISCOUNT = 0.1

/**
 * Fits the purchase models to data in weeks. Of BG/NBD and MBG/NBD, which have equally many parameters, the
 * likelier is taken. Says why when there is too little to fit.
 */
export function fitPurchaseModels(
  data: PurchaseData,
): PurchaseParams | { readonly insufficient: Insufficiency } {
  const [first, second] = [bgNbd.fit(data.cells), mbgNbd.fit(data.cells)]
  const spend = spendParams(data)
  if (first.kind === 'insufficient') return { insufficient: first.reason }
  const better = second.kind === 'fit' && second.logLikelihood > first.logLikelihood ? second : first
  return {
    model: better === first ? 'bg-nbd' : 'mbg-nbd',
    purchase: better.params,
    spend,
    dropOutSeen: !better.notes.includes('no-drop-out'),
  }
}

function spendParams({ spend }: PurchaseData): GammaGammaParams | null {
  const fit = fitGammaGamma(spend)
  const usable = fit.kind === 'fit' && !fit.notes.some((note) => UNUSABLE_SPEND.has(note))
  return usable ? fit.params : null
}

const UNUSABLE_SPEND: ReadonlySet<string> = new Set(['amount-depends-on-frequency', 'no-mean-amount'])

export interface CustomerForecaster {
  forecast(days: PurchaseDays): CustomerForecast
  /** The middle 80 % of the 12-month value in 分 (its spread comes from the number of orders). */
  valueRange(days: PurchaseDays): { readonly low: number; readonly high: number } | null
}

/** Forecasts for customers as of a day, from parameters fitted in weeks. */
export function createForecaster(params: PurchaseParams, asOf: Day, horizonDays: number): CustomerForecaster {
  const model = params.model === 'bg-nbd' ? bgNbd : mbgNbd
  const forecast = model.forecast(params.purchase)
  const valuer = createValuer(forecast, { week: 1, annualDiscount: ANNUAL_DISCOUNT, weeks: WEEKS_12M })
  const horizon = horizonDays / DAYS_PER_WEEK

  /** Expected amount of one order in 分. */
  function amountOf(days: PurchaseDays): number | null {
    const amount = params.spend && expectedAmount(params.spend, days.priced, meanAmount(days) ?? 0)
    return amount === null ? null : amount * MINOR_UNITS
  }

  return {
    forecast(days) {
      const history = historyOf(days, asOf, 'week')
      const amount = amountOf(days)
      return {
        pAlive: params.dropOutSeen ? forecast.pAlive(history) : null,
        pNoOrder: forecast.pNoPurchase(history, horizon),
        expectedOrders12m: forecast.expectedPurchases(history, WEEKS_12M),
        value12m: amount === null ? null : Math.round(amount * valuer.discountedPurchases(history)),
      }
    },
    valueRange(days) {
      const amount = amountOf(days)
      const range = valuer.discountedRange(historyOf(days, asOf, 'week'))
      if (amount === null || range === null) return null
      return { low: Math.round(amount * range.low), high: Math.round(amount * range.high) }
    },
  }
}
