import { assignedCard } from '../cards/leaver.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { notifyAdmins } from '../push/notify-admins.ts'
import { type Assigned, assignUnowned } from '../retention/assign.ts'
import { dutyOn } from '../store/duty.ts'
import { tellMember } from '../store/tell-member.ts'
import { textFor } from '../text/index.ts'

/** Before a day is planned, where it is switched on: gives customers nobody owns away, and tells each team's lead in one line. */
export async function assignAndTell(ctx: Ctx, day: Day): Promise<number> {
  if (!ctx.settings.retention.assign) return 0
  const assigned = await assignUnowned(ctx, day)
  const text = textFor(ctx.settings.locale)
  const teams = new Set(assigned.map(({ to }) => to.teamId))
  const { colleagues } = await dutyOn(ctx, day)
  for (const teamId of teams) {
    const card = assignedCard(assigned.filter(({ to }) => to.teamId === teamId).map(line), text)
    const leads = [...colleagues.values()].filter(
      (one) => one.active && one.role === 'lead' && teamId !== null && one.teamId === teamId,
    )
    for (const lead of leads) await tellMember(ctx, lead.id, { id: `assigned:${day}`, card })
    if (leads.length === 0) await notifyAdmins(ctx, `assigned:${day}:${teamId ?? 'none'}`, card)
  }
  return assigned.reduce((sum, one) => sum + one.customers, 0)
}

function line({ to, customers }: Assigned): { to: string; customers: number } {
  return { to: to.name, customers }
}
