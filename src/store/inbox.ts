import type { Ctx } from '../context.ts'
import type { InboundEvent } from '../model/chat.ts'

/** A stored event that waits to be handled. */
export interface InboxRow {
  readonly event: InboundEvent
  readonly attempts: number
}

/** Stores an event; false when it is there already. */
export async function storeEvent(ctx: Ctx, event: InboundEvent): Promise<boolean> {
  const result = await ctx.db
    .insertInto('inbox')
    .values({
      platform: event.who.platform,
      event_id: event.id,
      received_at: ctx.clock.now(),
      event_json: JSON.stringify(event),
      state: 'new',
    })
    .onConflict((oc) => oc.columns(['platform', 'event_id']).doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** The oldest unhandled events, in the order they came. */
export async function newEvents(ctx: Ctx, limit: number): Promise<InboxRow[]> {
  const rows = await ctx.db
    .selectFrom('inbox')
    .select(['event_json', 'attempts'])
    .where('state', '=', 'new')
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ event: JSON.parse(row.event_json), attempts: Number(row.attempts) }))
}

/** Counts a try before it is made, so that an event that kills the process is given up in the end. */
export async function countAttempt(ctx: Ctx, event: InboundEvent): Promise<void> {
  await ctx.db
    .updateTable('inbox')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('platform', '=', event.who.platform)
    .where('event_id', '=', event.id)
    .execute()
}

/** Closes an event; false when another process has closed it before (its work must then be undone). */
export async function closeEvent(
  ctx: Ctx,
  event: InboundEvent,
  outcome: { state: 'done' | 'failed'; error: string | null },
): Promise<boolean> {
  const result = await ctx.db
    .updateTable('inbox')
    .set({ ...outcome, done_at: ctx.clock.now() })
    .where('platform', '=', event.who.platform)
    .where('event_id', '=', event.id)
    .where('state', '=', 'new')
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}
