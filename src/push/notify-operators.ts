import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import { groupRobots } from './group-robots.ts'
import { notifyAdmins } from './notify-admins.ts'
import { writeNotices } from './write-notices.ts'

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
  const notBefore = calendarFor(ctx.settings).nextWorkTime(ctx.clock.now())
  const groups = groupRobots(ctx.settings).filter(({ alerts, to }) => alerts && to.platform !== except)
  const told = await notifyAdmins(ctx, id, card, { except })
  return told + (await writeNotices(ctx, id, card, { to: groups.map(({ to }) => to), notBefore }))
}
