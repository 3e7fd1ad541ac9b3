import { calendarFor } from '../calendar.ts'
import { groupDipCard } from '../cards/group-dip.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { GroupDip } from '../model/group-dip.ts'
import { holdDips } from '../push/find-dips.ts'
import { notifyAdmins, notifyLeads } from '../push/notify-admins.ts'
import { customersByValue } from '../store/group-dips.ts'
import { textFor } from '../text/index.ts'
import { dipCauses } from './dip-causes.ts'

/** 先不推 waits so many workdays. */
const LONGER_WORKDAYS = 5

/**
 * Before the plan of a morning: alerts of a group that fell together wait, and the lead gets one card for all of them,
 * the administrators where a team has no lead. Returns how many cards there are to write.
 */
export function tellDips(ctx: Ctx, day: Day): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    const dips = await holdDips(ctx, day)
    for (const dip of dips) await tell(ctx, dip)
    return dips.length
  })
}

async function tell(ctx: Ctx, dip: GroupDip): Promise<void> {
  const customers = await customersByValue(ctx, dip.customers)
  const names = customers.map((one) => one.name)
  const top = customers.filter((one) => one.tier === 'A').map((one) => one.name)
  const causes = await dipCauses(ctx, dip)
  const longer = calendarFor(ctx.settings).addWorkdays(dip.day, LONGER_WORKDAYS)
  const card = groupDipCard({ ...dip, names, top, causes, longer }, textFor(ctx.settings.locale))
  const id = `group-dip:${dip.id}`
  const told = dip.teamId === null ? 0 : await notifyLeads(ctx, id, dip.teamId, card)
  if (told === 0) await notifyAdmins(ctx, id, card)
}
