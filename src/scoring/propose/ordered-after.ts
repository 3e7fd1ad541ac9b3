import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import { buyerIds } from '../../store/purchase-days.ts'

/** Ids of everybody who ordered in the horizon after `asOf`: the answers of a horizon that has passed. */
export async function orderedAfter(
  ctx: Ctx,
  asOf: Day,
  horizon: number,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<number>> {
  const ids = new Set<number>()
  for await (const page of buyerIds(ctx, { after: asOf, upTo: asOf + horizon }, signal)) {
    for (const id of page) ids.add(id)
    await nextTurn()
  }
  return ids
}
