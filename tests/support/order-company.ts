import type { Ctx } from '../../src/context.ts'
import { type InventedOrders, inventedOrders } from './invented-orders.ts'
import { addCustomer } from './people.ts'

/** Invented days begin here; the frozen clock of the tests is months later. */
export const FIRST_DAY = 20_000

/** A company with nothing but orders in its database. Returns the customers' ids by their number. */
export async function inventCompany(ctx: Ctx, given: InventedOrders & { owner?: number }): Promise<number[]> {
  const ids: number[] = []
  for (let i = 0; i < given.customers; i++) ids.push(await addCustomer(ctx, { ownerId: given.owner ?? null }))
  const rows = inventedOrders(given).map((row) => ({ ...row, customer: ids[row.customer] ?? 0 }))
  await addOrders(
    ctx,
    rows.map((row) => ({ ...row, day: row.day + FIRST_DAY })),
  )
  return ids
}

/** Orders with amounts in yuan. */
export async function addOrders(
  ctx: Ctx,
  rows: readonly { customer: number; day: number; amount: number | null }[],
): Promise<void> {
  const values = rows.map(({ customer, day, amount }, i) => ({
    source: 'invented',
    source_key: `${customer}-${day}-${i}`,
    customer_id: customer,
    kind: 'order',
    at: day * 86_400_000,
    day,
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
