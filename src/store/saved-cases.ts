import { sql } from 'kysely'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import { numberList } from '../db/bulk.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** A closed case that somebody worked on, without a trace of whose it was. */
export interface WorkedCase {
  /** Closed as won, and proven by an order on a later day than the alert. */
  readonly saved: boolean
  /** The play it was worked with last. */
  readonly play: string
  /** Days from the alert to the first order after it; null without one. */
  readonly orderAfter: number | null
  /** Of the last effective follow-up up to that order. */
  readonly channel: string | null
  readonly outcome: string | null
}

/**
 * Closed cases of the same cause and segment that had an effective follow-up, newest first; false alarms are none. Within
 * the scope; what comes back names nobody.
 * @param except the customer that is asked about
 * @param asOf later orders are not looked at
 */
export async function workedCases(
  ctx: Ctx,
  scope: Scope,
  like: { readonly cause: string; readonly segment: string; readonly except: number; readonly asOf: Day },
  limit: number,
): Promise<WorkedCase[]> {
  const play = sql<number>`(select max(newer.id) from customer_plays newer
    left join follow_ups told on told.id = newer.follow_up_id
    where newer.case_id = cases.id and told.undone_at is null)`
  const orderedOn = sql<
    number | null
  >`(select min(events.day) from events where events.customer_id = cases.customer_id
    and events.kind = 'order' and events.day > cases.opened_on and events.day <= ${like.asOf})`
  const rows = await ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .innerJoin('customer_plays', 'customer_plays.case_id', 'cases.id')
    .select(['cases.id', 'cases.customer_id', 'cases.state', 'cases.opened_on'])
    .select(['customer_plays.play', orderedOn.as('ordered_on')])
    .where('customer_plays.id', '=', play)
    .where('customer_plays.cause', '=', like.cause)
    .where('customers.segment', '=', like.segment)
    .where('cases.customer_id', '!=', like.except)
    .where('cases.state', 'in', ['won', 'lost', 'expired'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('follow_ups')
          .select('follow_ups.id')
          .whereRef('follow_ups.customer_id', '=', 'cases.customer_id')
          .whereRef('follow_ups.case_id', '=', 'cases.id')
          .where('follow_ups.effective', '=', 1)
          .where('follow_ups.undone_at', 'is', null),
      ),
    )
    .where(customersIn(scope))
    .orderBy('cases.id', 'desc')
    .limit(limit)
    .execute()
  // Apart, because a look for each case reads all follow-ups on PostgreSQL: they are found by customer, not by case.
  const told = await effectiveFollowUps(
    ctx,
    rows.map((row) => Number(row.customer_id)),
  )
  return rows.map((row) => {
    const orderedOn = row.ordered_on === null ? null : Number(row.ordered_on)
    const last = told
      .get(Number(row.id))
      ?.findLast(({ day }) => orderedOn === null || Number(day) <= orderedOn)
    return {
      saved: row.state === 'won' && orderedOn !== null,
      play: row.play,
      orderAfter: orderedOn === null ? null : orderedOn - Number(row.opened_on),
      channel: last?.channel ?? null,
      outcome: last?.outcome ?? null,
    }
  })
}

/** The effective follow-ups of cases of these customers, by case, oldest first. */
async function effectiveFollowUps(ctx: Ctx, customerIds: readonly number[]) {
  const rows = await ctx.db
    .selectFrom('follow_ups')
    .select(['case_id', 'day', 'channel', 'outcome'])
    .where('customer_id', 'in', numberList(ctx.db, customerIds))
    .where('case_id', 'is not', null)
    .where('effective', '=', 1)
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute()
  return Map.groupBy(rows, (row) => Number(row.case_id))
}
