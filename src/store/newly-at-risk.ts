import type { Ctx } from '../context.ts'
import { BANDS, type Band, bandRank } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import type { NewlyAtRisk } from '../model/group-dip.ts'

/**
 * Customers whose band rose from below `minBand` to it or above, by the as-of days [from, to] of their scores. A first
 * score is no rise: nobody fell, somebody was added. For jobs: not limited to a scope.
 */
export async function newlyAtRisk(
  ctx: Ctx,
  minBand: Band,
  [from, to]: readonly [Day, Day],
): Promise<NewlyAtRisk[]> {
  const risky = BANDS.filter((band) => bandRank(band) >= bandRank(minBand))
  const rows = await ctx.db
    .selectFrom('score_changes')
    .innerJoin('customers', 'customers.id', 'score_changes.customer_id')
    .leftJoin('members', 'members.id', 'customers.owner_id')
    .leftJoin('teams', 'teams.id', 'members.team_id')
    .select([
      'customers.id as customerId',
      'score_changes.as_of as asOf',
      'teams.id as teamId',
      'teams.name as team',
      'customers.region as region',
      'customers.segment as segment',
      'customers.industry as industry',
    ])
    .where('score_changes.field', '=', 'band')
    .where('score_changes.as_of', '>=', from)
    .where('score_changes.as_of', '<=', to)
    .where('score_changes.after', 'in', risky)
    .where('score_changes.before', 'is not', null)
    .where('score_changes.before', 'not in', risky)
    .orderBy('score_changes.id')
    .execute()
  return rows.map(({ customerId, asOf, teamId, team, region, segment, industry }) => ({
    customerId: Number(customerId),
    asOf: Number(asOf),
    teamId: teamId === null ? null : Number(teamId),
    groups: {
      ...(team !== null && { team }),
      ...(region !== null && { region }),
      ...(industry !== null && { industry }),
      segment,
    },
  }))
}

/** The as-of days [from, to] with a finished scoring run. */
export async function scoredDays(ctx: Ctx, [from, to]: readonly [Day, Day]): Promise<Set<Day>> {
  const rows = await ctx.db
    .selectFrom('score_runs')
    .select('as_of')
    .distinct()
    .where('state', '=', 'done')
    .where('as_of', '>=', from)
    .where('as_of', '<=', to)
    .execute()
  return new Set(rows.map((row) => Number(row.as_of)))
}
