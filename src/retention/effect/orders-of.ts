import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import { orderDaysOf } from '../../store/purchase-days.ts'
import type { Bought } from '../outcomes.ts'

/** Customers whose orders are read at once. */
const PAGE = 500

/** The orders of these customers up to `asOf`, by customer. */
export async function ordersOf(
  ctx: Ctx,
  asOf: Day,
  customers: Iterable<number>,
): Promise<ReadonlyMap<number, readonly Bought[]>> {
  const ids = [...new Set(customers)]
  const orders = new Map<number, Bought[]>(ids.map((id) => [id, []]))
  for (let from = 0; from < ids.length; from += PAGE) {
    for (const one of await orderDaysOf(ctx, asOf, ids.slice(from, from + PAGE))) {
      orders.get(one.customerId)?.push(one)
    }
  }
  return orders
}
