import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'

/** One customer's purchase days up to an as-of day. Several orders of one day are one purchase. */
export interface PurchaseDays {
  readonly customerId: number
  readonly first: Day
  readonly last: Day
  /** Purchase days after the first. */
  readonly repeats: number
  /** Those of them whose amount is known, and the sum of these amounts in 分. */
  readonly priced: number
  readonly repeatAmount: number
}

/** One purchase: all orders of one customer on one day. */
export interface OrderDay {
  readonly customerId: number
  readonly day: Day
  /** 分; null when an order of the day does not tell its amount. */
  readonly amount: number | null
}

/** Customers read at once: memory stays the same however many there are. */
const PAGE = 20_000
/** The same where every purchase day is a row of its own. */
const ORDER_DAYS_PAGE = 2_000
/** Earlier than every day; infinity is no number of the databases. */
const BEFORE_ALL = -1_000_000

/** The purchase days of every customer with an order on or before `asOf`, page by page, aggregated by the database. */
export async function* purchaseDays(
  ctx: Ctx,
  asOf: Day,
  signal?: AbortSignal,
): AsyncGenerator<PurchaseDays[]> {
  let after = -1
  for (;;) {
    signal?.throwIfAborted()
    const upTo = await lastOfPage(ctx, after, PAGE)
    if (upTo === null) return
    yield await page(ctx, asOf, after, upTo)
    after = upTo
  }
}

/** Every purchase day up to `asOf`, sorted by customer and day, page by page. */
export async function* orderDays(ctx: Ctx, asOf: Day, signal?: AbortSignal): AsyncGenerator<OrderDay[]> {
  let after = -1
  for (;;) {
    signal?.throwIfAborted()
    const upTo = await lastOfPage(ctx, after, ORDER_DAYS_PAGE)
    if (upTo === null) return
    yield await orderDaysIn(ctx, asOf, sql`customer_id > ${after} and customer_id <= ${upTo}`)
    after = upTo
  }
}

/** The same of these customers alone; at most some hundred at once. */
export async function orderDaysOf(ctx: Ctx, asOf: Day, ids: readonly number[]): Promise<OrderDay[]> {
  return ids.length === 0 ? [] : await orderDaysIn(ctx, asOf, sql`customer_id in (${sql.join(ids)})`)
}

/** Ids of everybody with an order in (after, upTo], rising, page by page; from the first order on without `after`. */
export async function* buyerIds(
  ctx: Ctx,
  days: { readonly after?: Day; readonly upTo: Day },
  signal?: AbortSignal,
): AsyncGenerator<number[]> {
  for (let after = -1; ; ) {
    signal?.throwIfAborted()
    const upTo = await lastOfPage(ctx, after, PAGE)
    if (upTo === null) return
    const rows = await ctx.db
      .selectFrom('events')
      .select('customer_id')
      .distinct()
      .where('kind', '=', 'order')
      .where('day', '>', days.after ?? BEFORE_ALL)
      .where('day', '<=', days.upTo)
      .where('customer_id', '>', after)
      .where('customer_id', '<=', upTo)
      .orderBy('customer_id')
      .execute()
    yield rows.map((row) => Number(row.customer_id))
    after = upTo
  }
}

/** One customer's purchase days up to `asOf`; null without an order. */
export async function purchaseDaysOf(ctx: Ctx, customerId: number, asOf: Day): Promise<PurchaseDays | null> {
  const [one] = await page(ctx, asOf, customerId - 1, customerId)
  return one ?? null
}

/** Changes whenever events are added: fits made before are then made anew. */
export async function newestEvent(ctx: Ctx): Promise<number> {
  const row = await ctx.db
    .selectFrom('events')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  return Number(row?.id ?? 0)
}

/** Highest customer id of the page after `after`; null when there is none. */
async function lastOfPage(ctx: Ctx, after: number, limit: number): Promise<number | null> {
  const ids = ctx.db.selectFrom('customers').select('id').where('id', '>', after).orderBy('id').limit(limit)
  const row = await ctx.db
    .selectFrom(ids.as('page'))
    .select((eb) => eb.fn.max('page.id').as('last'))
    .executeTakeFirst()
  return row?.last === null || row?.last === undefined ? null : Number(row.last)
}

async function orderDaysIn(ctx: Ctx, asOf: Day, who: RawBuilder<SqlBool>): Promise<OrderDay[]> {
  const rows = await ctx.db
    .selectFrom('events')
    .select([
      'customer_id',
      'day',
      sql<number | null>`case when count(amount) = count(*) then sum(amount) end`.as('amount'),
    ])
    .where('kind', '=', 'order')
    .where('day', '<=', asOf)
    .where(who)
    .groupBy(['customer_id', 'day'])
    .orderBy('customer_id')
    .orderBy('day')
    .execute()
  return rows.map((row) => ({
    customerId: Number(row.customer_id),
    day: Number(row.day),
    amount: row.amount === null ? null : Number(row.amount),
  }))
}

async function page(ctx: Ctx, asOf: Day, after: number, upTo: number): Promise<PurchaseDays[]> {
  const days = ctx.db
    .selectFrom('events')
    .select((eb) => [
      'customer_id',
      'day',
      eb.fn.sum<number | null>('amount').as('amount'),
      sql<number>`min(day) over (partition by customer_id)`.as('first'),
    ])
    .where('kind', '=', 'order')
    .where('day', '<=', asOf)
    .where('customer_id', '>', after)
    .where('customer_id', '<=', upTo)
    .groupBy(['customer_id', 'day'])
  const rows = await ctx.db
    .selectFrom(days.as('days'))
    .select((eb) => [
      'customer_id',
      'first',
      eb.fn.max('day').as('last'),
      eb.fn.countAll().as('purchases'),
      sql<number | null>`sum(case when day > first then amount end)`.as('repeat_amount'),
      sql<number>`count(case when day > first then amount end)`.as('priced'),
    ])
    .groupBy(['customer_id', 'first'])
    .execute()
  return rows.map((row) => ({
    customerId: Number(row.customer_id),
    first: Number(row.first),
    last: Number(row.last),
    repeats: Number(row.purchases) - 1,
    priced: Number(row.priced),
    repeatAmount: Number(row.repeat_amount ?? 0),
  }))
}
