import type { Ctx } from '../context.ts'
import { bulkInsert, textList } from '../db/bulk.ts'

/** An event of a customer that no sync has brought yet. */
export interface WaitingEvent {
  readonly key: string
  readonly customer: string
  readonly kind: 'contact-deleted' | 'contact-dropped' | 'contact-added'
  readonly at: number
  readonly note: string
}

/** Keeps it, once however often it is told. */
export async function addWaiting(ctx: Ctx, event: WaitingEvent): Promise<boolean> {
  const { key, customer, kind, at, note } = event
  const columns = { event_key: [key], customer_key: [customer], kind: [kind], at: [at], note: [note] }
  const tail = 'on conflict (event_key) do nothing'
  return (await bulkInsert(ctx.db, 'wecom_waiting', columns, 1, tail)) > 0
}

/** The next by key, at most `limit`. */
export async function waitingEvents(ctx: Ctx, after: string, limit: number): Promise<WaitingEvent[]> {
  const rows = await ctx.db
    .selectFrom('wecom_waiting')
    .selectAll()
    .where('event_key', '>', after)
    .orderBy('event_key')
    .limit(limit)
    .execute()
  return rows.flatMap((row) => {
    const kind = KINDS.find((one) => one === row.kind)
    return kind
      ? [{ key: row.event_key, customer: row.customer_key, kind, at: Number(row.at), note: row.note }]
      : []
  })
}

const KINDS = ['contact-deleted', 'contact-dropped', 'contact-added'] as const

export async function dropWaiting(ctx: Ctx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await ctx.db.deleteFrom('wecom_waiting').where('event_key', 'in', textList(ctx.db, keys)).execute()
}

/** Forgets events of customers that nobody lists, so that nothing piles up. */
export async function dropWaitingBefore(ctx: Ctx, at: number): Promise<void> {
  await ctx.db.deleteFrom('wecom_waiting').where('at', '<', at).execute()
}
