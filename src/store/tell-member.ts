import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import { dutyOn } from './duty.ts'
import { addressesOf } from './members.ts'
import { addressKey, addToOutbox } from './outbox.ts'

/**
 * Writes a notice to a member, once per `id`: in work hours, and to somebody who is away on the first morning back.
 * False when the member cannot be reached, or the notice exists.
 */
export async function tellMember(
  ctx: Ctx,
  memberId: number,
  { id, card, caseId = null }: { readonly id: string; readonly card: Card; readonly caseId?: number | null },
): Promise<boolean> {
  const [to] = await addressesOf(ctx, memberId)
  if (!to) return false
  const calendar = calendarFor(ctx.settings)
  const soon = calendar.nextWorkTime(ctx.clock.now())
  const away = (await dutyOn(ctx, calendar.dayOf(soon))).absenceOf(memberId)
  const notBefore = away ? calendar.nextWorkTime(calendar.instant(away.until)) : soon
  return addToOutbox(ctx, {
    id: `${id}:${memberId}`,
    platform: to.platform,
    kind: 'send',
    target: to,
    address: addressKey(to),
    card,
    lane: 'notice',
    notBefore,
    caseId,
  })
}
