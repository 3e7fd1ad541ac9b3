import { sql } from 'kysely'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** Cases that a person closed as won. */
export interface WonCases {
  /** With an order after the alert. */
  readonly proven: number
  /** Said to be won, without an order until now. */
  readonly claimed: number
}

/**
 * Cases opened in [since, until] that were closed as won; an order on a later day than the alert proves it, a click
 * does not. Read anew every time: an order that arrives late turns a claim into a proof.
 */
export async function wonCases(
  ctx: Ctx,
  scope: Scope,
  { since, until, asOf }: { readonly since: Day; readonly until: Day; readonly asOf: Day },
): Promise<WonCases> {
  const proven = sql<number>`exists (select 1 from events where events.customer_id = cases.customer_id
    and events.kind = 'order' and events.day > cases.opened_on and events.day <= ${asOf})`
  const rows = await ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .select((eb) => [
      eb.fn.countAll().as('n'),
      sql<number>`sum(case when ${proven} then 1 else 0 end)`.as('proven'),
    ])
    .where('cases.state', '=', 'won')
    .where('cases.opened_on', '>=', since)
    .where('cases.opened_on', '<=', until)
    .where(customersIn(scope))
    .executeTakeFirstOrThrow()
  const known = Number(rows.proven ?? 0)
  return { proven: known, claimed: Number(rows.n) - known }
}
