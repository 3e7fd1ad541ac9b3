import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** What the 360 card shows of a customer's past. All reads apply the scope. */

export interface OrderLine {
  readonly day: Day
  /** 分; null when the source has no amounts. */
  readonly amount: number | null
}

/** The last order days, newest first; orders of one day are one purchase. */
export async function lastOrders(
  ctx: Ctx,
  scope: Scope,
  customerId: number,
  limit: number,
): Promise<OrderLine[]> {
  const rows = await events(ctx, scope, customerId)
    .select((eb) => ['events.day as day', eb.fn.sum('events.amount').as('amount')])
    .where('events.kind', '=', 'order')
    .groupBy('events.day')
    .orderBy('events.day', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    day: Number(row.day),
    amount: row.amount === null ? null : Number(row.amount),
  }))
}

/** Every order day up to and including `upTo`, oldest first. */
export async function orderDaysOf(ctx: Ctx, scope: Scope, customerId: number, upTo: Day): Promise<Day[]> {
  const rows = await events(ctx, scope, customerId)
    .select('events.day as day')
    .distinct()
    .where('events.kind', '=', 'order')
    .where('events.day', '<=', upTo)
    .orderBy('events.day')
    .execute()
  return rows.map((row) => Number(row.day))
}

export interface TouchLine {
  readonly day: Day
  readonly at: number
  readonly kind: 'follow-up' | 'visit' | 'touch'
  readonly effective: boolean
  readonly outcome: string | null
  /** What was read in a logged follow-up; sentiment null: nothing was. */
  readonly reason: string | null
  readonly sentiment: string | null
  readonly note: string
}

/** The last contacts by us: logged follow-ups and imported visits and touches, newest first. */
export async function lastTouches(
  ctx: Ctx,
  scope: Scope,
  customerId: number,
  limit: number,
): Promise<TouchLine[]> {
  const logged = await ctx.db
    .selectFrom('follow_ups')
    .innerJoin('customers', 'customers.id', 'follow_ups.customer_id')
    .select([
      'follow_ups.day',
      'follow_ups.at',
      'effective',
      'outcome',
      'follow_ups.reason',
      'sentiment',
      'note',
    ])
    .where(customersIn(scope))
    .where('follow_ups.customer_id', '=', customerId)
    .where('undone_at', 'is', null)
    .orderBy('follow_ups.at', 'desc')
    .limit(limit)
    .execute()
  const imported = await events(ctx, scope, customerId)
    .select(['events.day', 'events.at', 'events.kind', 'events.text', 'events.note'])
    .where('events.kind', 'in', ['visit', 'touch'])
    .orderBy('events.at', 'desc')
    .limit(limit)
    .execute()
  const touches: TouchLine[] = [
    ...logged.map((row) => ({
      day: Number(row.day),
      at: Number(row.at),
      kind: 'follow-up' as const,
      effective: Number(row.effective) === 1,
      outcome: row.outcome,
      reason: row.reason,
      sentiment: row.sentiment,
      note: row.note,
    })),
    ...imported.map((row) => ({
      day: Number(row.day),
      at: Number(row.at),
      kind: row.kind === 'visit' ? ('visit' as const) : ('touch' as const),
      effective: false,
      outcome: null,
      reason: null,
      sentiment: null,
      note: row.text ?? row.note ?? '',
    })),
  ]
  return touches.sort((a, b) => b.at - a.at).slice(0, limit)
}

/** What a customer complained of, or asked to be mended, and nobody has closed. */
export interface OpenComplaint {
  readonly id: number
  readonly kind: 'complaint' | 'ticket'
  readonly day: Day
  readonly text: string | null
}

/** Complaints and tickets that no later `resolved` closed: complaints first, each newest first, as the score ranks them. */
export async function openComplaints(ctx: Ctx, scope: Scope, customerId: number): Promise<OpenComplaint[]> {
  const rows = await events(ctx, scope, customerId)
    .select(['events.id', 'events.kind', 'events.day', 'events.text', 'events.note'])
    .where('events.kind', 'in', ['complaint', 'ticket'])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('events as later')
            .select('later.id')
            .whereRef('later.customer_id', '=', 'events.customer_id')
            .where('later.kind', '=', 'resolved')
            .whereRef('later.at', '>=', 'events.at'),
        ),
      ),
    )
    .orderBy('events.kind')
    .orderBy('events.at', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) => ({
    id: Number(row.id),
    kind: row.kind === 'ticket' ? ('ticket' as const) : ('complaint' as const),
    day: Number(row.day),
    text: row.text ?? row.note,
  }))
}

function events(ctx: Ctx, scope: Scope, customerId: number) {
  return ctx.db
    .selectFrom('events')
    .innerJoin('customers', 'customers.id', 'events.customer_id')
    .where(customersIn(scope))
    .where('events.customer_id', '=', customerId)
}
