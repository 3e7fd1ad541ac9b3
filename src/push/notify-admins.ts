import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import type { Address } from '../model/chat.ts'
import { adminAddresses, leadAddresses } from '../store/members.ts'
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
  const addresses = await adminAddresses(ctx)
  return notify(
    ctx,
    id,
    card,
    addresses.filter((to) => to.platform !== except),
  )
}

/** Tells every lead of a team once per `id`, in work hours. Returns how many messages were written. */
export async function notifyLeads(ctx: Ctx, id: string, teamId: number, card: Card): Promise<number> {
  return notify(ctx, id, card, await leadAddresses(ctx, teamId))
}

async function notify(ctx: Ctx, id: string, card: Card, addresses: readonly Address[]): Promise<number> {
  const notBefore = calendarFor(ctx.settings).nextWorkTime(ctx.clock.now())
  let written = 0
  for (const to of addresses) {
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
