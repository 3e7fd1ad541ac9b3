import { z } from 'zod'
import type { Day } from '../model/day.ts'
import type { Purchase } from './features.ts'
import { clampProbability } from './learn/calibrate/calibrator.ts'
import { logit } from './learn/logit.ts'
import { bgNbd, mbgNbd, paretoNbd } from './models/fit-purchase-model.ts'
import type { PurchaseCells } from './models/purchase-cells.ts'
import type { PurchaseForecast } from './models/purchase-model.ts'

const BetaGeometric = z.object({ r: z.number(), alpha: z.number(), a: z.number(), b: z.number() })
const Pareto = z.object({ r: z.number(), alpha: z.number(), s: z.number(), beta: z.number() })

/** A purchase model with the four numbers it was fitted to, in weeks. Plain JSON, frozen with a scoring run. */
export const FittedPurchase = z.discriminatedUnion('model', [
  z.object({ model: z.literal('mbg-nbd'), params: BetaGeometric }),
  z.object({ model: z.literal('bg-nbd'), params: BetaGeometric }),
  z.object({ model: z.literal('pareto-nbd'), params: Pareto }),
])
export type FittedPurchase = z.infer<typeof FittedPurchase>

export const PURCHASE_MODELS = ['mbg-nbd', 'bg-nbd', 'pareto-nbd'] as const
export type PurchaseModelName = (typeof PURCHASE_MODELS)[number]

const DAYS_PER_WEEK = 7

/** Fits one model to cells in weeks; null where there is too little to fit. */
export function fitPurchase(name: PurchaseModelName, cells: PurchaseCells): FittedPurchase | null {
  if (name === 'pareto-nbd') {
    const fit = paretoNbd.fit(cells)
    return fit.kind === 'fit' ? { model: name, params: fit.params } : null
  }
  const fit = (name === 'bg-nbd' ? bgNbd : mbgNbd).fit(cells)
  return fit.kind === 'fit' ? { model: name, params: fit.params } : null
}

/**
 * Log-odds of no order within the horizon by a fitted purchase model, from one customer's purchase days: the column
 * `noPurchase` of a learned model. Everybody without an order is unknown.
 */
export function noPurchaseLogit(
  fitted: FittedPurchase,
  horizonDays: number,
): (orders: readonly Purchase[], asOf: Day) => number {
  const forecast = forecastOf(fitted)
  const weeks = horizonDays / DAYS_PER_WEEK
  return (orders, asOf) => {
    const [first, last] = [orders[0]?.day, orders.at(-1)?.day]
    if (first === undefined || last === undefined) return Number.NaN
    const history = {
      x: orders.length - 1,
      tx: (last - first) / DAYS_PER_WEEK,
      age: (asOf - first) / DAYS_PER_WEEK,
    }
    return logit(clampProbability(forecast.pNoPurchase(history, weeks)))
  }
}

function forecastOf(fitted: FittedPurchase): PurchaseForecast {
  if (fitted.model === 'pareto-nbd') return paretoNbd.forecast(fitted.params)
  return fitted.model === 'bg-nbd' ? bgNbd.forecast(fitted.params) : mbgNbd.forecast(fitted.params)
}
