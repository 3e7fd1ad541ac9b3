import type { Ctx } from '../context.ts'
import type { Lane } from './outbox.ts'

/** A message that could not be delivered. */
export interface DeadLetter {
  readonly id: string
  readonly platform: string
  readonly address: string
  readonly lane: Lane
  readonly attempts: number
  readonly createdAt: number
  readonly error: string
}

/** Messages that will not be tried again, the newest first: for administrators only. */
export async function deadLetters(ctx: Ctx, limit = 100): Promise<DeadLetter[]> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select(['id', 'platform', 'address', 'lane', 'attempts', 'created_at', 'error'])
    .where('state', '=', 'dead')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    platform: row.platform,
    address: row.address,
    lane: row.lane,
    attempts: Number(row.attempts),
    createdAt: Number(row.created_at),
    error: row.error ?? '',
  }))
}

/** How many messages were given up after an instant. */
export async function deadSince(ctx: Ctx, since: number): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('state', '=', 'dead')
    .where('sent_at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(n)
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
