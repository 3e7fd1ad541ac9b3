import { calendarFor } from '../calendar.ts'
import { cleanUpCard } from '../cards/clean-up.ts'
import type { Ctx } from '../context.ts'
import { type Day, startOfMonth } from '../model/day.ts'
import { oldCases } from '../retention/clean-up.ts'
import { dutyOn } from '../store/duty.ts'
import { memberById } from '../store/members.ts'
import { tellMember } from '../store/tell-member.ts'
import { textFor } from '../text/index.ts'
import { dailyAt } from './digest.ts'
import type { Job } from './job.ts'

/** On the first workday of a month everybody with old open cases is offered to close them with one tap (K8). */
export const cleanUpJob: Job = {
  name: 'clean-up',
  cron: ({ business }) => dailyAt(business.workHours.map((span) => span.from).sort()[0] ?? '09:00'),
  missed: 'run-latest',
  timeoutMs: 2 * 60_000,
  where: 'main',
  after: ['digest'],
  async run(ctx, slot) {
    const calendar = calendarFor(ctx.settings)
    const day = calendar.dayOf(slot)
    if (calendar.nextWorkday(startOfMonth(day) - 1) !== day) return { told: 0 }
    let told = 0
    for (const { id, active } of (await dutyOn(ctx, day)).colleagues.values()) {
      if (active && (await offer(ctx, id, day))) told++
    }
    return { told }
  },
}

async function offer(ctx: Ctx, memberId: number, day: Day): Promise<boolean> {
  const member = await memberById(ctx, memberId)
  if (!member) return false
  const before = day - ctx.settings.retention.cleanUpAfterDays
  const cases = await oldCases(ctx, member, { before, today: day })
  if (cases.length === 0) return false
  const card = cleanUpCard({ cases, before, today: day }, textFor(ctx.settings.locale))
  return tellMember(ctx, memberId, { id: `clean-up:${startOfMonth(day)}`, card })
}
