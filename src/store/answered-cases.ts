import { sql } from 'kysely'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { CaseState } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import { RECOVERED } from './case-upkeep.ts'
import { customersIn } from './scoped.ts'

/** A case with the time it was to be followed up by, and when it was. */
export interface AnsweredCase {
  readonly customerId: number
  readonly customerName: string
  readonly ownerName: string
  readonly state: CaseState
  readonly openedAt: number
  readonly slaDueAt: number
  /** The first follow-up with a result that stands, or the claim that it was won or lost; null without any. */
  readonly answeredAt: number | null
  /** When the risk went away by itself before anybody acted on the case, which ended it; null: it did not. */
  readonly recoveredAt: number | null
}

/** Cases opened on the days [from, to] in scope, the oldest first. */
export async function answeredCases(
  ctx: Ctx,
  scope: Scope,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<AnsweredCase[]> {
  const rows = await ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .innerJoin('members', 'members.id', 'cases.owner_id')
    .select(['customers.id as customerId', 'customers.name as customerName', 'members.name as ownerName'])
    .select(['cases.state', 'cases.reason', 'cases.opened_at', 'cases.closed_at'])
    .select((eb) => eb.fn.coalesce('cases.sla_due_at', 'cases.due_at').as('slaDueAt'))
    .select((eb) =>
      eb
        .selectFrom('follow_ups')
        .select((one) => one.fn.min('follow_ups.at').as('at'))
        .whereRef('follow_ups.customer_id', '=', 'cases.customer_id')
        .whereRef('follow_ups.case_id', '=', 'cases.id')
        .where('follow_ups.effective', '=', 1)
        .where('follow_ups.undone_at', 'is', null)
        .as('followedAt'),
    )
    .where(customersIn(scope))
    .where('cases.opened_on', '>=', from)
    .where('cases.opened_on', '<=', to)
    .orderBy(sql`cases.opened_at`)
    .orderBy('cases.id')
    .execute()
  return rows.map((row) => {
    const claimed = row.state === 'won' || row.state === 'lost' ? row.closed_at : null
    const times = [row.followedAt, claimed].flatMap((at) => (at === null ? [] : [Number(at)]))
    return {
      customerId: Number(row.customerId),
      customerName: row.customerName,
      ownerName: row.ownerName,
      state: row.state,
      openedAt: Number(row.opened_at),
      slaDueAt: Number(row.slaDueAt),
      answeredAt: times.length === 0 ? null : Math.min(...times),
      recoveredAt: row.state === 'expired' && row.reason === RECOVERED ? Number(row.closed_at) : null,
    }
  })
}
