import { type RawBuilder, type SqlBool, sql } from 'kysely'
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
  const rows = await moneyIn(ctx, asOf, sql`customer_id > ${after} and customer_id <= ${last}`)
  return { segments, rows, last }
}

/** The same of these customers alone; at most some hundred at once. */
export async function moneyOf(ctx: Ctx, asOf: Day, ids: readonly number[]): Promise<MoneyPage> {
  if (ids.length === 0) return { segments: [], rows: [], last: null }
  const segments = await ctx.db
    .selectFrom('customers')
    .select(['id', 'segment'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  const rows = await moneyIn(ctx, asOf, sql`customer_id in (${sql.join(ids)})`)
  return { segments, rows, last: segments.at(-1)?.id ?? null }
}

async function moneyIn(ctx: Ctx, asOf: Day, who: RawBuilder<SqlBool>): Promise<MoneyRow[]> {
  return await ctx.db
    .selectFrom('events')
    .select((eb) => ['customer_id', eb.ref('kind').$castTo<EventKind>().as('kind'), 'day', 'amount'])
    .where(who)
    .where('day', '<=', asOf)
    .where('kind', 'in', MONEY_KINDS)
    .orderBy('customer_id')
    .orderBy('day')
    .execute()
}

/** The first day of each kind of event, and of answers to NPS surveys (null without any). */
export async function firstDays(ctx: Ctx): Promise<{ kinds: ReadonlyMap<EventKind, Day>; nps: Day | null }> {
  const rows = await ctx.db
    .selectFrom('events')
    .select((eb) => [eb.ref('kind').$castTo<EventKind>().as('kind'), eb.fn.min('day').as('first')])
    .groupBy('kind')
    .execute()
  const survey = await ctx.db
    .selectFrom('surveys')
    .select((eb) => eb.fn.min('day').as('first'))
    .where('kind', '=', 'nps')
    .executeTakeFirst()
  const nps: number | string | null | undefined = survey?.first
  return {
    kinds: new Map(rows.map((row) => [row.kind, Number(row.first)])),
    nps: nps === null || nps === undefined ? null : Number(nps),
  }
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
