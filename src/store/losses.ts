import { sql } from 'kysely'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** A loss that somebody recorded, the newest of its customer in the span. */
export interface Loss {
  readonly customerId: number
  /** Why, as it was recorded; null when nothing was said. */
  readonly reason: string | null
  /** The first effective follow-up on a later day; null: nobody tried to win the customer back. */
  readonly workedOn: Day | null
  /** The play to win the customer back that was remembered with the loss; null: recorded before plays were. */
  readonly play: string | null
}

/** Losses recorded in [since, until] and not taken back, with the first effort to win the customer back. */
export async function lossesIn(
  ctx: Ctx,
  scope: Scope,
  { since, until }: { readonly since: Day; readonly until: Day },
): Promise<Loss[]> {
  const newest = ctx.db
    .selectFrom('follow_ups')
    .select((eb) => eb.fn.max('id').as('id'))
    .where('outcome', '=', 'lost')
    .where('undone_at', 'is', null)
    .where('day', '>=', since)
    .where('day', '<=', until)
    .groupBy('customer_id')
  const workedOn = sql<number | null>`(select min(later.day) from follow_ups later
    where later.customer_id = follow_ups.customer_id and later.effective = 1 and later.undone_at is null
    and later.day > follow_ups.day and (later.outcome is null or later.outcome <> 'lost'))`
  const play = sql<
    string | null
  >`(select play from customer_plays where customer_plays.follow_up_id = follow_ups.id
    order by customer_plays.id desc limit 1)`
  const rows = await ctx.db
    .selectFrom('follow_ups')
    .innerJoin('customers', 'customers.id', 'follow_ups.customer_id')
    .select(['follow_ups.customer_id', 'follow_ups.reason', workedOn.as('workedOn'), play.as('play')])
    .where('follow_ups.id', 'in', newest)
    .where(customersIn(scope))
    .orderBy('follow_ups.id')
    .execute()
  return rows.map((row) => ({
    customerId: Number(row.customer_id),
    reason: row.reason,
    workedOn: row.workedOn === null ? null : Number(row.workedOn),
    play: row.play,
  }))
}
