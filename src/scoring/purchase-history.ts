import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { type PurchaseDays, purchaseDays } from '../store/purchase-days.ts'
import { createPurchaseCounter, type PurchaseCells } from './models/purchase-cells.ts'
import type { PurchaseHistory } from './models/purchase-model.ts'
import { createSpendCollector, type SpendRows } from './models/spend-rows.ts'

/** Length of the models' time unit in days. */
export const UNIT_DAYS = { day: 1, week: 7 } as const
export type TimeUnit = keyof typeof UNIT_DAYS

/** Amounts are stored in 分; spend models work in 元, so that their parameters read like the literature's. */
export const MINOR_UNITS = 100

/** What the purchase and spend models are fitted on. */
export interface PurchaseData {
  readonly cells: PurchaseCells
  readonly spend: SpendRows
}

/** The purchase histories of all customers with an order on or before `asOf`. Later orders are not seen. */
export async function loadPurchaseData(
  ctx: Ctx,
  options: { asOf: Day; unit: TimeUnit; signal?: AbortSignal },
): Promise<PurchaseData> {
  const counter = createPurchaseCounter()
  const spend = createSpendCollector()
  for await (const page of purchaseDays(ctx, options.asOf, options.signal)) {
    for (const one of page) {
      counter.add(one.repeats, one.last - one.first, options.asOf - one.first)
      spend.add(one.priced, meanAmount(one) ?? 0)
    }
  }
  return { cells: counter.cells(UNIT_DAYS[options.unit]), spend: spend.rows() }
}

/** One customer's history in the models' unit. */
export function historyOf(days: PurchaseDays, asOf: Day, unit: TimeUnit): PurchaseHistory {
  const length = UNIT_DAYS[unit]
  return { x: days.repeats, tx: (days.last - days.first) / length, age: (asOf - days.first) / length }
}

/** Mean amount of the repeat purchases in 元; null when none has a known amount. */
export function meanAmount({ priced, repeatAmount }: PurchaseDays): number | null {
  return priced > 0 ? repeatAmount / priced / MINOR_UNITS : null
}
