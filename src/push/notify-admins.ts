import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import { absencesOn } from '../store/duty.ts'
import { adminChats, type DirectChat, leadChats } from '../store/members.ts'
import { writeNotices } from './write-notices.ts'

/**
 * Tells every administrator who is at work once per `id`, in work hours. Returns how many messages were written.
 * @param except a platform that delivers nothing now
 */
export async function notifyAdmins(
  ctx: Ctx,
  id: string,
  card: Card,
  { except = null }: { except?: string | null } = {},
): Promise<number> {
  const chats = await adminChats(ctx)
  return notify(
    ctx,
    id,
    card,
    chats.filter(({ to }) => to.platform !== except),
  )
}

/** Tells every lead of a team who is at work once per `id`, in work hours. Returns how many messages were written. */
export async function notifyLeads(ctx: Ctx, id: string, teamId: number, card: Card): Promise<number> {
  return notify(ctx, id, card, await leadChats(ctx, teamId))
}

async function notify(ctx: Ctx, id: string, card: Card, chats: readonly DirectChat[]): Promise<number> {
  const calendar = calendarFor(ctx.settings)
  const notBefore = calendar.nextWorkTime(ctx.clock.now())
  const there = await atWork(ctx, chats, calendar.dayOf(notBefore))
  return writeNotices(ctx, id, card, { to: there.map(({ to }) => to), notBefore })
}

/** Without those on leave; all of them when nobody is there, for somebody has to know. */
async function atWork(ctx: Ctx, chats: readonly DirectChat[], day: Day): Promise<readonly DirectChat[]> {
  const away = new Set((await absencesOn(ctx, day)).map(({ memberId }) => memberId))
  const there = chats.filter(({ memberId }) => !away.has(memberId))
  return there.length > 0 ? there : chats
}
