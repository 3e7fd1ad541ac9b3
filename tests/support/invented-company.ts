import type { Ctx } from '../../src/context.ts'
import type { Day } from '../../src/model/day.ts'
import { inventedOrders } from './invented-orders.ts'

const MS_PER_DAY = 86_400_000
const ROWS_AT_ONCE = 500

export interface InventedCompany {
  readonly customers: number
  /** Day of the last order. */
  readonly lastDay: Day
  readonly seed?: number
  /** Segments of the customers, in turn. */
  readonly segments?: readonly string[]
  /** Rows are written in the opposite order. */
  readonly reversed?: boolean
}

/** Customers with invented orders over the 540 days up to `lastDay`, and a complaint of every ninth; named K0, K1, … */
export async function addInventedCompany(ctx: Ctx, company: InventedCompany): Promise<void> {
  const { customers, lastDay, seed = 5, segments = ['default'], reversed = false } = company
  const first = lastDay - 540
  const names = inOrder(
    Array.from({ length: customers }, (_, i) => i),
    reversed,
  )
  const ids = new Map<number, number>()
  for (const i of names) {
    const row = await ctx.db
      .insertInto('customers')
      .values({
        ...NO_MASTER,
        source_key: `K${i}`,
        name: `K${i}`,
        segment: segments[i % segments.length] ?? '',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    ids.set(i, Number(row.id))
  }
  const orders = inventedOrders({ customers, lastDay: 540, seed }).map(({ customer, day, amount }, i) => ({
    ...eventOf(`o${i}`, ids.get(customer) ?? 0, 'order', first + day),
    amount: amount === null ? null : amount * 100,
  }))
  const complaints = names
    .filter((i) => i % 9 === 0)
    .map((i) => eventOf(`c${i}`, ids.get(i) ?? 0, 'complaint', lastDay - (i % 60)))
  await addRows(ctx, inOrder([...orders, ...complaints], reversed))
}

type Row = ReturnType<typeof eventOf> & { readonly amount?: number | null }

export async function addRows(ctx: Ctx, rows: readonly Row[]): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE)
    await ctx.db
      .insertInto('events')
      .values(rows.slice(i, i + ROWS_AT_ONCE))
      .execute()
}

export const NO_MASTER = {
  source: 'invented',
  owner_id: null,
  short_name: null,
  region: null,
  industry: null,
  phone: null,
  since_on: null,
  renewal_on: null,
  tags: null,
}

/** An event at the beginning of its day. */
export function eventOf(source_key: string, customer_id: number, kind: string, day: Day) {
  const words = { channel: null, text: null, note: null }
  return {
    source: 'invented',
    source_key,
    customer_id,
    kind,
    day,
    at: day * MS_PER_DAY,
    quantity: null,
    ...words,
  }
}

function inOrder<T>(rows: readonly T[], reversed: boolean): readonly T[] {
  return reversed ? rows.toReversed() : rows
}
