import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { EVENT_KINDS, type EventKind } from '../model/event.ts'

/** Money of one event as the population pass reads it. */
export interface MoneyRow {
  readonly customer_id: number
  readonly kind: EventKind
  readonly day: Day
  readonly amount: number | null
}

const MONEY_KINDS: readonly EventKind[] = ['order', 'renewal', 'payment', 'refund']

export interface MoneyPage {
  readonly segments: readonly { readonly id: number; readonly segment: string }[]
  /** By customer, then day. */
  readonly rows: readonly MoneyRow[]
  readonly last: number | null
}

/** Orders and other money of the next customers by id, up to and including as-of. */
export async function moneyPage(ctx: Ctx, asOf: Day, after: number, limit: number): Promise<MoneyPage> {
  const segments = await ctx.db
    .selectFrom('customers')
    .select(['id', 'segment'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  const last = segments.at(-1)?.id ?? null
  if (last === null) return { segments, rows: [], last }
  const rows = await ctx.db
    .selectFrom('events')
    .select((eb) => ['customer_id', eb.ref('kind').$castTo<EventKind>().as('kind'), 'day', 'amount'])
    .where('customer_id', '>', after)
    .where('customer_id', '<=', last)
    .where('day', '<=', asOf)
    .where('kind', 'in', MONEY_KINDS)
    .orderBy('customer_id')
    .orderBy('day')
    .execute()
  return { segments, rows, last }
}

/** The kinds of events that exist up to as-of, and the instant of the latest event. */
export async function knownKinds(
  ctx: Ctx,
  asOf: Day,
): Promise<{ kinds: EventKind[]; latestAt: number | null }> {
  const rows = await ctx.db
    .selectFrom('events')
    .select(['kind', sql<number | string>`max(at)`.as('latest')])
    .where('day', '<=', asOf)
    .groupBy('kind')
    .execute()
  const found = new Set(rows.map((row) => row.kind))
  const latest = rows.map((row) => Number(row.latest))
  return {
    kinds: EVENT_KINDS.filter((kind) => found.has(kind)),
    latestAt: latest.length === 0 ? null : Math.max(...latest),
  }
}

/**
 * A mark of the facts in the database: it changes when rows are added, so that a scoring run that was
 * interrupted goes on only over the facts it began with.
 */
export async function factsMark(ctx: Ctx): Promise<string> {
  const newest = async (table: 'customers' | 'events' | 'surveys' | 'follow_ups'): Promise<number> => {
    const row = await ctx.db
      .selectFrom(table)
      .select((eb) => eb.fn.max('id').as('id'))
      .executeTakeFirst()
    return Number(row?.id ?? 0)
  }
  const marks = [
    await newest('customers'),
    await newest('events'),
    await newest('surveys'),
    await newest('follow_ups'),
  ]
  return marks.join('-')
}

/** An upper bound of customers, for progress and for the size of arrays. */
export async function countCustomers(ctx: Ctx): Promise<number> {
  const row = await ctx.db
    .selectFrom('customers')
    .select((eb) => eb.fn.countAll().as('n'))
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}
