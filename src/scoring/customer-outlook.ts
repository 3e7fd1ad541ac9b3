import { z } from 'zod'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { newestEvent, type PurchaseDays, purchaseDaysOf } from '../store/purchase-days.ts'
import { getState, setState } from '../store/state.ts'
import { FittedPurchase, fitPurchase, PURCHASE_MODELS } from './fitted-purchase.ts'
import {
  type CustomerForecast,
  createForecaster,
  fitPurchaseModels,
  PurchaseParams,
} from './purchase-forecast.ts'
import { loadPurchaseData, type PurchaseData } from './purchase-history.ts'

/** What the purchase models foretell of one customer. */
export interface CustomerOutlook extends CustomerForecast {
  /** The middle 80 % of the 12-month value, 分. */
  readonly range12m: readonly [number, number] | null
}

/** The last fit, kept because it takes seconds in a large company. */
const KEPT_FIT = 'purchase-models'

const Fits = z.object({
  /** Null when there is too little to fit. */
  params: PurchaseParams.nullable(),
  /** Every model that could be fitted, for scorers that take one of them. */
  models: z.array(FittedPurchase),
})
export type PurchaseFits = z.infer<typeof Fits>

const KeptFit = z.object({ asOf: z.number(), newestEvent: z.number(), fits: Fits })

/**
 * The purchase models fitted to all orders up to `asOf`, once per day and state of the data; `read` gives these orders
 * where they have been read already. Not in a transaction.
 */
export async function purchaseFits(
  ctx: Ctx,
  asOf: Day,
  signal?: AbortSignal,
  read?: () => PurchaseData,
): Promise<PurchaseFits> {
  const newest = await newestEvent(ctx)
  const kept = await keptFit(ctx)
  if (kept?.asOf === asOf && kept.newestEvent === newest) return kept.fits
  const data = read?.() ?? (await loadPurchaseData(ctx, { asOf, unit: 'week', ...(signal && { signal }) }))
  const fitted = fitPurchaseModels(data)
  const fits: PurchaseFits = {
    params: 'insufficient' in fitted ? null : fitted,
    models: PURCHASE_MODELS.flatMap((name) => fitPurchase(name, data.cells) ?? []),
  }
  // A look at the past does not take the place of the last night's fit, which cards show.
  if (kept === undefined || kept.asOf <= asOf) {
    await setState(ctx, KEPT_FIT, JSON.stringify({ asOf, newestEvent: newest, fits }))
  }
  return fits
}

async function keptFit(ctx: Ctx): Promise<z.infer<typeof KeptFit> | undefined> {
  return KeptFit.safeParse(JSON.parse((await getState(ctx, KEPT_FIT)) ?? 'null')).data
}

/** The parameters that forecasts are made with; null when there is too little to fit. */
export async function purchaseParams(
  ctx: Ctx,
  asOf: Day,
  signal?: AbortSignal,
): Promise<PurchaseParams | null> {
  return (await purchaseFits(ctx, asOf, signal)).params
}

/** One customer's outlook as of a day; null without orders or without a fit. Not for use in a transaction. */
export async function forecastCustomer(
  ctx: Ctx,
  customerId: number,
  asOf: Day,
  signal?: AbortSignal,
): Promise<CustomerOutlook | null> {
  const days = await purchaseDaysOf(ctx, customerId, asOf)
  const params = days && (await purchaseParams(ctx, asOf, signal))
  return days && params && outlook(ctx, params, days, asOf)
}

/**
 * The same from the fit that the scoring run of that day left behind: nothing is fitted, so that chat may ask. Null
 * without such a fit too.
 */
export async function keptForecast(ctx: Ctx, customerId: number, asOf: Day): Promise<CustomerOutlook | null> {
  const kept = await keptFit(ctx)
  const params = kept?.asOf === asOf ? kept.fits.params : null
  const days = params && (await purchaseDaysOf(ctx, customerId, asOf))
  return days && params && outlook(ctx, params, days, asOf)
}

function outlook(ctx: Ctx, params: PurchaseParams, days: PurchaseDays, asOf: Day): CustomerOutlook {
  const forecaster = createForecaster(params, asOf, ctx.settings.scoring.horizonDays)
  const range = forecaster.valueRange(days)
  return { ...forecaster.forecast(days), range12m: range && [range.low, range.high] }
}
