import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** One case of the daily digest and the day it was opened. */
export interface PastAlert {
  readonly customerId: number
  readonly day: Day
}

/**
 * Cases that a risk opened in [since, until], in any state; a false alarm was an alert too. Cases that an event opened
 * are left out: nobody is ever compared on a complaint.
 */
export async function alertsIn(
  ctx: Ctx,
  scope: Scope,
  { since, until }: { readonly since: Day; readonly until: Day },
): Promise<PastAlert[]> {
  const rows = await ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .select(['cases.customer_id', 'cases.opened_on'])
    .where('cases.lane', '=', 'digest')
    .where('cases.opened_on', '>=', since)
    .where('cases.opened_on', '<=', until)
    .where(customersIn(scope))
    .orderBy('cases.id')
    .execute()
  return rows.map((row) => ({ customerId: Number(row.customer_id), day: Number(row.opened_on) }))
}
