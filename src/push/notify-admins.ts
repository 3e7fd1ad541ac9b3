import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import { adminAddresses } from '../store/members.ts'
import { addressKey, addToOutbox } from '../store/outbox.ts'

/**
 * Tells every administrator once per `id`, in work hours. Returns how many messages were written.
 * @param except a platform that delivers nothing now
 */
export async function notifyAdmins(
  ctx: Ctx,
  id: string,
  card: Card,
  { except = null }: { except?: string | null } = {},
): Promise<number> {
  const notBefore = calendarFor(ctx.settings).nextWorkTime(ctx.clock.now())
  let written = 0
  for (const to of await adminAddresses(ctx)) {
    if (to.platform === except) continue
    const address = addressKey(to)
    const fresh = await addToOutbox(ctx, {
      id: `${id}:${to.platform}:${address}`,
      platform: to.platform,
      kind: 'send',
      target: to,
      address,
      card,
      lane: 'notice',
      notBefore,
    })
    if (fresh) written++
  }
  return written
}
