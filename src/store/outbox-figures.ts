import type { Ctx } from '../context.ts'

/** A chat that messages did not reach. */
export interface Undelivered {
  readonly platform: string
  readonly address: string
  readonly count: number
  /** Why the last of them was given up. */
  readonly error: string
}

/** The chats whose messages were given up with `after` < instant ≤ `upTo`, the first one first. */
export async function deadBetween(ctx: Ctx, after: number, upTo: number): Promise<Undelivered[]> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select(['platform', 'address', 'error'])
    .where('state', '=', 'dead')
    .where('sent_at', '>', after)
    .where('sent_at', '<=', upTo)
    .orderBy('sent_at')
    .orderBy('seq')
    .execute()
  const chats = new Map<string, Undelivered>()
  for (const { platform, address, error } of rows) {
    const key = `${platform} ${address}`
    const count = (chats.get(key)?.count ?? 0) + 1
    chats.set(key, { platform, address, count, error: error ?? '' })
  }
  return [...chats.values()]
}

/** Deletes messages that were settled before an instant. Returns how many. */
export async function forgetSettled(ctx: Ctx, before: number): Promise<number> {
  const result = await ctx.db
    .deleteFrom('outbox')
    .where('state', 'in', ['sent', 'dead'])
    .where('created_at', '<', before)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
