import { sql } from 'kysely'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import { customersIn } from './scoped.ts'

/** Open cases of one rep, as a lead looks at them. */
export interface CaseLoad {
  readonly ownerId: number
  readonly ownerName: string
  readonly teamName: string | null
  readonly open: number
  /** Nobody has reacted yet. */
  readonly untouched: number
  /** Past the time to follow up, and not put off. */
  readonly overdue: number
}

/** Open cases by rep within a scope at an instant, most overdue first. */
export async function caseLoads(
  ctx: Ctx,
  scope: Scope,
  now: { readonly at: number; readonly today: number },
): Promise<CaseLoad[]> {
  const rows = await ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .innerJoin('members', 'members.id', 'cases.owner_id')
    .leftJoin('teams', 'teams.id', 'members.team_id')
    .select(['members.id as ownerId', 'members.name as ownerName', 'teams.name as teamName'])
    .select([
      sql<number>`count(*)`.as('open'),
      sql<number>`sum(case when cases.state = 'open' then 1 else 0 end)`.as('untouched'),
      sql<number>`sum(case when cases.due_at <= ${now.at} and coalesce(cases.snoozed_until, 0) <= ${now.today}
        then 1 else 0 end)`.as('overdue'),
    ])
    .where(customersIn(scope))
    .where('cases.closed_at', 'is', null)
    .groupBy(['members.id', 'members.name', 'teams.name'])
    .execute()
  const loads = rows.map((row) => ({
    ...row,
    ownerId: Number(row.ownerId),
    open: Number(row.open),
    untouched: Number(row.untouched),
    overdue: Number(row.overdue),
  }))
  return loads.sort((a, b) => b.overdue - a.overdue || b.open - a.open || a.ownerId - b.ownerId)
}
