import { sql } from 'kysely'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
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
  const worked = ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .innerJoin('customer_plays', (join) => join.on('customer_plays.id', '=', play))
    .select(['cases.id', 'cases.state', 'cases.opened_on', 'customer_plays.play', orderedOn.as('ordered_on')])
    .where('customer_plays.cause', '=', like.cause)
    .where('customers.segment', '=', like.segment)
    .where('cases.customer_id', '!=', like.except)
    .where('cases.state', 'in', ['won', 'lost', 'expired'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('follow_ups')
          .select('follow_ups.id')
          .whereRef('follow_ups.case_id', '=', 'cases.id')
          .where('follow_ups.effective', '=', 1)
          .where('follow_ups.undone_at', 'is', null),
      ),
    )
    .where(customersIn(scope))
    .orderBy('cases.id', 'desc')
    .limit(limit)
  const last = sql<number>`(select max(follow_ups.id) from follow_ups where follow_ups.case_id = worked.id
    and follow_ups.effective = 1 and follow_ups.undone_at is null
    and (worked.ordered_on is null or follow_ups.day <= worked.ordered_on))`
  const rows = await ctx.db
    .selectFrom(worked.as('worked'))
    .leftJoin('follow_ups as last', (join) => join.on('last.id', '=', last))
    .selectAll('worked')
    .select(['last.channel', 'last.outcome'])
    .orderBy('worked.id', 'desc')
    .execute()
  return rows.map((row) => ({
    saved: row.state === 'won' && row.ordered_on !== null,
    play: row.play,
    orderAfter: row.ordered_on === null ? null : Number(row.ordered_on) - Number(row.opened_on),
    channel: row.channel,
    outcome: row.outcome,
  }))
}
