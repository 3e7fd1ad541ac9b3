import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import { addressKey, addToOutbox } from '../store/outbox.ts'
import { groupRobots } from './group-robots.ts'
import { notifyAdmins } from './notify-admins.ts'

/**
 * About the service itself, once per `id`: every administrator, and the groups that want such news. The card names no
 * customer. Returns how many messages were written.
 * @param except a platform that delivers nothing now
 */
export async function notifyOperators(
  ctx: Ctx,
  id: string,
  card: Card,
  { except = null }: { except?: string | null } = {},
): Promise<number> {
  let written = await notifyAdmins(ctx, id, card, { except })
  const notBefore = calendarFor(ctx.settings).nextWorkTime(ctx.clock.now())
  for (const { alerts, to } of groupRobots(ctx.settings)) {
    if (!alerts || to.platform === except) continue
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
