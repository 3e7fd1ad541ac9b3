import type { Ctx } from '../context.ts'
import type { CompetitorEvent } from '../model/competitor-event.ts'
import type { Day } from '../model/day.ts'

export async function addCompetitorEvent(
  ctx: Ctx,
  event: Omit<CompetitorEvent, 'id'>,
  by: number,
): Promise<number> {
  const row = await ctx.db
    .insertInto('competitor_events')
    .values({
      name: event.name,
      from_on: event.from,
      to_on: event.to,
      region: event.region,
      created_at: ctx.clock.now(),
      created_by: by,
      removed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

/** Takes an event out of the calendar; false when it is not there. */
export async function removeCompetitorEvent(ctx: Ctx, id: number): Promise<boolean> {
  const changed = await ctx.db
    .updateTable('competitor_events')
    .set({ removed_at: ctx.clock.now() })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return Number(changed.numUpdatedRows) === 1
}

/** Events that touch the days [from, to], the earliest first. */
export async function competitorEvents(
  ctx: Ctx,
  [from, to]: readonly [Day, Day],
): Promise<CompetitorEvent[]> {
  const rows = await ctx.db
    .selectFrom('competitor_events')
    .selectAll()
    .where('removed_at', 'is', null)
    .where('from_on', '<=', to)
    .where('to_on', '>=', from)
    .orderBy('from_on')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    from: Number(row.from_on),
    to: Number(row.to_on),
    region: row.region,
  }))
}
