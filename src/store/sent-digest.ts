import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import type { Receipt, UpdateToken } from '../model/chat.ts'
import type { Day } from '../model/day.ts'

/** The digest card a member got on a day, as it was sent, and how it can be changed; null without one. */
export async function sentDigest(
  ctx: Ctx,
  memberId: number,
  day: Day,
): Promise<{ card: Card; token: UpdateToken | null } | null> {
  const row = await ctx.db
    .selectFrom('outbox')
    .select(['card_json', 'receipt'])
    .where('id', '=', `digest:${memberId}:${day}`)
    .where('state', '=', 'sent')
    .executeTakeFirst()
  if (!row) return null
  const receipt: Receipt | null = row.receipt === null ? null : JSON.parse(row.receipt)
  return { card: JSON.parse(row.card_json), token: receipt?.update ?? null }
}
