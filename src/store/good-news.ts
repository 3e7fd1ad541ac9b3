import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { HOLDOUT } from '../model/experiment.ts'

/** A customer that was pushed and followed up, and ordered again. */
export interface GoodNews {
  readonly caseId: number
  readonly customerName: string
  /** Of the member's last follow-up before the order. */
  readonly followedOn: Day
  /** 分 of the orders on their first day after it; null when an amount is missing. */
  readonly amount: number | null
}

/** Older orders are no news. */
const FRESH_DAYS = 14
/** A case this old has little to do with an order. */
const CASE_DAYS = 90

/** In the history of a case: its good news was told. */
export const GOOD_NEWS = 'good-news'

/**
 * Orders of the last days after an effective follow-up of this member on a pushed case, the newest first; each case once,
 * and none of a customer in the control group: there is nothing to thank a push for.
 */
export async function goodNewsFor(
  ctx: Ctx,
  memberId: number,
  { day, limit }: { readonly day: Day; readonly limit: number },
): Promise<GoodNews[]> {
  const rows = await ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .innerJoin('follow_ups', 'follow_ups.customer_id', 'cases.customer_id')
    .innerJoin('events', 'events.customer_id', 'cases.customer_id')
    .select([
      'cases.id as caseId',
      'customers.name as customerName',
      'events.day as orderedOn',
      sql<number>`max(follow_ups.day)`.as('followedOn'),
    ])
    .where('follow_ups.member_id', '=', memberId)
    .where('follow_ups.effective', '=', 1)
    .where('follow_ups.undone_at', 'is', null)
    .where('cases.last_pushed_on', 'is not', null)
    .where('cases.state', '!=', 'false-alarm')
    .where('cases.opened_on', '>=', day - CASE_DAYS)
    .whereRef('follow_ups.day', '>=', 'cases.opened_on')
    .where('events.kind', '=', 'order')
    .where('events.day', '>', day - FRESH_DAYS)
    .where('events.day', '<=', day)
    .whereRef('events.day', '>', 'follow_ups.day')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('cases as newer')
            .select('newer.id')
            .whereRef('newer.customer_id', '=', 'cases.customer_id')
            .whereRef('newer.id', '>', 'cases.id'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('case_log')
            .select('case_log.id')
            .whereRef('case_log.case_id', '=', 'cases.id')
            .where('case_log.action', '=', GOOD_NEWS),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('assignments')
            .innerJoin('experiments', 'experiments.id', 'assignments.experiment_id')
            .select('assignments.id')
            .where('experiments.name', '=', HOLDOUT)
            .whereRef('assignments.customer_id', '=', 'cases.customer_id')
            .where('assignments.arm', '=', 'control')
            .where('assignments.day', '>=', day - CASE_DAYS),
        ),
      ),
    )
    .groupBy(['cases.id', 'customers.name', 'cases.customer_id', 'events.day'])
    .orderBy('cases.id', 'desc')
    .orderBy('events.day')
    .execute()
  // Of each case its first order: later keys win in a map, so the oldest comes last.
  const firstOf = new Map(rows.toReversed().map((row) => [Number(row.caseId), row]))
  const told = [...firstOf.values()].sort((a, b) => Number(b.orderedOn) - Number(a.orderedOn)).slice(0, limit)
  const news: GoodNews[] = []
  for (const row of told) {
    const amount = await amountOn(ctx, Number(row.caseId), Number(row.orderedOn))
    const { customerName } = row
    news.push({ caseId: Number(row.caseId), customerName, followedOn: Number(row.followedOn), amount })
  }
  return news
}

async function amountOn(ctx: Ctx, caseId: number, day: Day): Promise<number | null> {
  const rows = await ctx.db
    .selectFrom('events')
    .innerJoin('cases', 'cases.customer_id', 'events.customer_id')
    .select('events.amount')
    .where('cases.id', '=', caseId)
    .where('events.kind', '=', 'order')
    .where('events.day', '=', day)
    .execute()
  if (rows.some(({ amount }) => amount === null)) return null
  return rows.reduce((sum, { amount }) => sum + Number(amount), 0)
}
