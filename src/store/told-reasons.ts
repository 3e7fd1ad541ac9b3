import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** A reason that somebody gave for a customer: of its loss, or told along the way. */
export interface GivenReason {
  readonly customerId: number
  readonly customerName: string
  readonly segment: string
  readonly reason: string
  readonly lost: boolean
}

/** Reasons of cases that were closed as lost at `from ≤ instant < before`. */
export async function lostCaseReasons(
  ctx: Ctx,
  scope: Scope,
  { from, before }: { from: number; before: number },
): Promise<GivenReason[]> {
  const rows = await ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .select(['customers.id as id', 'customers.name as name', 'customers.segment as segment', 'cases.reason'])
    .where(customersIn(scope))
    .where('cases.state', '=', 'lost')
    .where('cases.closed_at', '>=', from)
    .where('cases.closed_at', '<', before)
    .orderBy('cases.closed_at')
    .execute()
  return rows.map((row) => asGiven(row, true))
}

/** Reasons in follow-ups of these days, the last day included; a registered loss is one of them. */
export async function followUpReasons(
  ctx: Ctx,
  scope: Scope,
  { from, to }: { from: Day; to: Day },
): Promise<GivenReason[]> {
  const rows = await ctx.db
    .selectFrom('follow_ups')
    .innerJoin('customers', 'customers.id', 'follow_ups.customer_id')
    .select(['customers.id as id', 'customers.name as name', 'customers.segment as segment'])
    .select(['follow_ups.reason', 'follow_ups.outcome'])
    .where(customersIn(scope))
    .where('follow_ups.undone_at', 'is', null)
    .where('follow_ups.reason', 'is not', null)
    .where('follow_ups.day', '>=', from)
    .where('follow_ups.day', '<=', to)
    .orderBy('follow_ups.id')
    .execute()
  return rows.map((row) => asGiven(row, row.outcome === 'lost'))
}

function asGiven(
  row: { id: number; name: string; segment: string; reason: string | null },
  lost: boolean,
): GivenReason {
  return {
    customerId: Number(row.id),
    customerName: row.name,
    segment: row.segment,
    reason: row.reason ?? 'other',
    lost,
  }
}
