import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { Duty } from '../model/duty.ts'
import { logCase } from './case-log.ts'

/**
 * Open cases follow their customer to its active owner, except those handed to somebody who is still here. Returns how
 * many moved.
 */
export async function followOwners(ctx: Ctx): Promise<number> {
  const moved = await ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .innerJoin('members', 'members.id', 'customers.owner_id')
    .innerJoin('members as keepers', 'keepers.id', 'cases.owner_id')
    .select(['cases.id as id', 'cases.owner_id as before', 'members.id as after'])
    .where('cases.closed_at', 'is', null)
    .where('members.active', '=', 1)
    .whereRef('cases.owner_id', '!=', 'members.id')
    .where((eb) => eb.or([eb('cases.handed', '=', 0), eb('keepers.active', '=', 0)]))
    .execute()
  for (const one of moved) await moveCase(ctx, { id: Number(one.id), from: one.before, to: one.after })
  return moved.length
}

/**
 * No open case stays with somebody who left: where the customer's owner left too, the one who stands in keeps it until
 * it is decided who gets it. Returns how many moved.
 */
export async function keepOwned(ctx: Ctx, duty: Duty): Promise<number> {
  const rows = await ctx.db
    .selectFrom('cases')
    .innerJoin('members', 'members.id', 'cases.owner_id')
    .select(['cases.id as id', 'cases.owner_id as before'])
    .where('cases.closed_at', 'is', null)
    .where('members.active', '=', 0)
    .orderBy('cases.id')
    .execute()
  const moved = rows.flatMap((row) => {
    const keeper = duty.keeperOf(Number(row.before))
    return keeper ? [{ id: Number(row.id), from: row.before, to: keeper.id }] : []
  })
  for (const one of moved) await moveCase(ctx, one)
  return moved.length
}

async function moveCase(
  ctx: Ctx,
  { id, from, to }: { readonly id: number; readonly from: number; readonly to: number },
): Promise<void> {
  await ctx.db
    .updateTable('cases')
    .set((eb) => ({ owner_id: to, handed: 0, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await logCase(ctx, { caseId: id, memberId: null, action: 'owner', detail: `${from}→${to}` })
}

/** Why an untouched case was closed: the score calmed down. */
export const RECOVERED = 'recovered'

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
    const reason = Number(row.openedOn) < openedBefore ? 'unanswered' : RECOVERED
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
