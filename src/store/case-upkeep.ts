import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { logCase } from './case-log.ts'

/** Open cases follow their customer to its active owner (hand-over). Returns how many moved. */
export async function followOwners(ctx: Ctx): Promise<number> {
  const moved = await ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .innerJoin('members', 'members.id', 'customers.owner_id')
    .select(['cases.id as id', 'cases.owner_id as before', 'members.id as after'])
    .where('cases.closed_at', 'is', null)
    .where('members.active', '=', 1)
    .whereRef('cases.owner_id', '!=', 'members.id')
    .execute()
  for (const one of moved) {
    await ctx.db
      .updateTable('cases')
      .set((eb) => ({ owner_id: one.after, revision: eb('revision', '+', 1) }))
      .where('id', '=', one.id)
      .execute()
    const detail = `${one.before}→${one.after}`
    await logCase(ctx, { caseId: Number(one.id), memberId: null, action: 'owner', detail })
  }
  return moved.length
}

/**
 * Closes cases nobody acted on: pushed from a score that has calmed down since (`recovered`), or open since before
 * `openedBefore` (`unanswered`). Lists of overdue work must not only grow.
 */
export async function expireCases(ctx: Ctx, openedBefore: Day): Promise<number> {
  const untouched = ctx.db
    .selectFrom('cases')
    .leftJoin('scores', 'scores.customer_id', 'cases.customer_id')
    .select(['cases.id as id', 'cases.opened_on as openedOn'])
    .where('cases.closed_at', 'is', null)
    .where('cases.state', '=', 'open')
    .where((eb) =>
      eb.or([
        eb('cases.opened_on', '<', openedBefore),
        eb.and([eb('cases.lane', '=', 'digest'), eb('scores.band', '=', 'none')]),
      ]),
    )
  const rows = await untouched.execute()
  for (const row of rows) {
    const reason = Number(row.openedOn) < openedBefore ? 'unanswered' : 'recovered'
    await ctx.db
      .updateTable('cases')
      .set((eb) => ({
        state: 'expired',
        reason,
        closed_at: ctx.clock.now(),
        revision: eb('revision', '+', 1),
      }))
      .where('id', '=', row.id)
      .where('state', '=', 'open')
      .execute()
    await logCase(ctx, { caseId: Number(row.id), memberId: null, action: 'expired', detail: reason })
  }
  return rows.length
}
