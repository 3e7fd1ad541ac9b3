import type { Ctx } from '../context.ts'

/** Deletes handled inbound events received before an instant. */
export async function forgetInbox(ctx: Ctx, before: number): Promise<number> {
  const result = await ctx.db
    .deleteFrom('inbox')
    .where('state', 'in', ['done', 'failed'])
    .where('received_at', '<', before)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Deletes counts of what was sent (`pace.*` in `state`) that were last changed before an instant. */
export async function forgetPace(ctx: Ctx, before: number): Promise<number> {
  const result = await ctx.db
    .deleteFrom('state')
    .where('name', 'like', 'pace.%')
    .where('updated_at', '<', before)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Deletes open questions nobody answered in time. */
export async function forgetDialogs(ctx: Ctx, expiredBefore: number): Promise<number> {
  const result = await ctx.db.deleteFrom('dialogs').where('expires_at', '<', expiredBefore).executeTakeFirst()
  return Number(result.numDeletedRows)
}
