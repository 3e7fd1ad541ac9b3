import { competitorFindingCard } from '../cards/competitor-finding.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { MeasuredFinding } from '../model/competitor-event.ts'
import type { Day } from '../model/day.ts'
import { competitorFindings } from '../push/judge-competitors.ts'
import { notifyAdmins, notifyLeads } from '../push/notify-admins.ts'
import { customersByValue } from '../store/group-dips.ts'
import { leadChats } from '../store/members.ts'
import { textFor } from '../text/index.ts'
import { otherCauses } from './dip-causes.ts'

/**
 * In the morning: where more customers than usual became at risk in the days of a competitor's event, the lead of each
 * team that has some of them gets one card for that event, the administrators where a team has no lead. Nothing is held
 * back. Returns how many cards were written.
 */
export async function tellCompetitorFindings(ctx: Ctx, day: Day): Promise<number> {
  // Months of scores are read before the transaction, during which nobody else is answered on SQLite.
  const findings = await competitorFindings(ctx, day)
  return inTransaction(ctx, async (ctx) => {
    let written = 0
    for (const finding of findings) {
      if (finding.state === 'more') written += await tell(ctx, finding)
    }
    return written
  })
}

async function tell(ctx: Ctx, finding: MeasuredFinding): Promise<number> {
  const { event, asOf, byTeam } = finding
  const causes = await otherCauses(ctx, [event.from, asOf])
  const { minBand } = ctx.settings.push
  let written = 0
  for (const [teamId, customers] of byTeam) {
    const ours = await customersByValue(ctx, customers)
    const card = competitorFindingCard({ ...finding, ours, causes, minBand }, textFor(ctx.settings.locale))
    const led = teamId !== null && (await leadChats(ctx, teamId)).length > 0
    // One of an event, whatever later sections of it bring; administrators one for each team without a lead.
    written += led
      ? await notifyLeads(ctx, `competitor:${event.id}`, teamId, card)
      : await notifyAdmins(ctx, `competitor:${event.id}:${teamId ?? 0}`, card)
  }
  return written
}
