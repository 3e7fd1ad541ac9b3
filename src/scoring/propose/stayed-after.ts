import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import { loadCompanyLog } from '../company-log.ts'
import { historyOf } from '../learn/history/purchase-log.ts'

/** Whether a customer that had ordered by `asOf` ordered again in the horizon after it; null: had not ordered by then. */
export type StayedAfter = (customerId: number) => boolean | null

/** The answers of a horizon that has passed; null without any order. */
export async function stayedAfter(
  ctx: Ctx,
  asOf: Day,
  horizon: number,
  signal: AbortSignal | undefined,
): Promise<StayedAfter | null> {
  const company = await loadCompanyLog(ctx, asOf + horizon, signal)
  if (!company) return null
  const numberOf = new Map(company.ids.map((id, number) => [id, number]))
  return (id) => {
    const number = numberOf.get(id)
    if (number === undefined) return null
    const { days } = historyOf(company.log, number)
    return (days[0] ?? asOf + 1) > asOf ? null : (days.at(-1) ?? 0) > asOf
  }
}
