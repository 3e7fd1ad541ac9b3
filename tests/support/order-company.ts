import type { Ctx } from '../../src/context.ts'
import type { PurchaseRow } from '../../src/scoring/learn/history/purchase-log.ts'
import { type InventedOrders, inventedOrders } from './invented-orders.ts'
import { addCustomer } from './people.ts'

/** Invented days begin here; the frozen clock of the tests is months later. */
export const FIRST_DAY = 20_000

/** A company with nothing but orders in its database. Returns the customers' ids by their number. */
export async function inventCompany(ctx: Ctx, given: InventedOrders): Promise<number[]> {
  const ids: number[] = []
  for (let i = 0; i < given.customers; i++) ids.push(await addCustomer(ctx))
  await addOrders(ctx, ids, inventedOrders(given))
  return ids
}

/** Orders with amounts in yuan; customers by number, days from `FIRST_DAY`. */
export async function addOrders(
  ctx: Ctx,
  ids: readonly number[],
  rows: readonly PurchaseRow[],
): Promise<void> {
  const values = rows.map(({ customer, day, amount }, i) => ({
    source: 'invented',
    source_key: `${customer}-${day}-${i}`,
    customer_id: ids[customer] ?? 0,
    kind: 'order',
    at: (FIRST_DAY + day) * 86_400_000,
    day: FIRST_DAY + day,
    amount: amount === null ? null : amount * 100,
    quantity: null,
    channel: null,
    text: null,
    note: null,
  }))
  for (let from = 0; from < values.length; from += 500)
    await ctx.db
      .insertInto('events')
      .values(values.slice(from, from + 500))
      .execute()
}
