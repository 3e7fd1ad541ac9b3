import type { Ctx } from '../context.ts'

/** Who did what to what, when. `detail` is JSON; chat text and phone numbers do not belong here. */
export async function addAudit(
  ctx: Ctx,
  entry: { memberId: number | null; action: string; subject: string; detail?: unknown },
): Promise<void> {
  await ctx.db
    .insertInto('audit')
    .values({
      at: ctx.clock.now(),
      member_id: entry.memberId,
      action: entry.action,
      subject: entry.subject,
      detail: entry.detail === undefined ? null : JSON.stringify(entry.detail),
    })
    .execute()
}
