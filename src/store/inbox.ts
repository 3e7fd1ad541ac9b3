import type { Ctx } from '../context.ts'
import { bulkInsert, numberList, textList } from '../db/bulk.ts'
import type { InboundEvent } from '../model/chat.ts'

/** A stored event that waits to be handled. */
export interface InboxRow {
  /** Order of arrival. */
  readonly seq: number
  readonly event: InboundEvent
  /** Times it was tried before. */
  readonly attempts: number
}

/** Stores events in this order, each once; returns how many of them were new. Several belong into a transaction. */
export function storeEvents(ctx: Ctx, events: readonly InboundEvent[]): Promise<number> {
  const columns = {
    platform: events.map((event) => event.who.platform),
    event_id: events.map((event) => event.id),
    received_at: ctx.clock.now(),
    event_json: events.map((event) => JSON.stringify(event)),
    state: 'new',
  }
  const tail = 'on conflict (platform, event_id) do nothing'
  return bulkInsert(ctx.db, 'inbox', columns, events.length, tail)
}

/** Those of these events that are stored and handled, by `eventKey`. */
export async function handledEvents(ctx: Ctx, events: readonly InboundEvent[]): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('inbox')
    .select(['platform', 'event_id'])
    .where('platform', 'in', platformsOf(events))
    .where(
      'event_id',
      'in',
      textList(
        ctx.db,
        events.map((event) => event.id),
      ),
    )
    .where('state', '<>', 'new')
    .execute()
  return new Set(rows.map((row) => `${row.platform}:${row.event_id}`))
}

/** Names an event among those of all platforms. */
export function eventKey({ who, id }: InboundEvent): string {
  return `${who.platform}:${id}`
}

export function platformsOf(events: readonly InboundEvent[]): string[] {
  return [...new Set(events.map((event) => event.who.platform))]
}

/** The oldest unhandled events, in the order they came. */
export async function newEvents(ctx: Ctx, limit: number): Promise<InboxRow[]> {
  const rows = await ctx.db
    .selectFrom('inbox')
    .select(['seq', 'event_json', 'attempts'])
    .where('state', '=', 'new')
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    seq: Number(row.seq),
    event: JSON.parse(row.event_json),
    attempts: Number(row.attempts),
  }))
}

/** Counts a try before it is made, so that an event that kills the process is given up in the end. */
export async function countAttempts(ctx: Ctx, rows: readonly InboxRow[]): Promise<void> {
  if (rows.length === 0) return
  await ctx.db
    .updateTable('inbox')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where(
      'seq',
      'in',
      numberList(
        ctx.db,
        rows.map((row) => row.seq),
      ),
    )
    .execute()
}

/** Closes events; those that another process closed before are not among the result: their work must be undone. */
export async function closeEvents<R extends InboxRow>(
  ctx: Ctx,
  rows: readonly R[],
  outcome: { state: 'done' | 'failed'; error: string | null },
): Promise<R[]> {
  const closed = await ctx.db
    .updateTable('inbox')
    .set({ ...outcome, done_at: ctx.clock.now() })
    .where(
      'seq',
      'in',
      numberList(
        ctx.db,
        rows.map((row) => row.seq),
      ),
    )
    .where('state', '=', 'new')
    .returning('seq')
    .execute()
  const mine = new Set(closed.map((row) => Number(row.seq)))
  return rows.filter((row) => mine.has(row.seq))
}
