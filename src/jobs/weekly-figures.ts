import { UNSCOPED } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { churnCardOf } from '../cards/churn-card-of.ts'
import type { Ctx } from '../context.ts'
import { type GroupRobot, groupRobots } from '../push/group-robots.ts'
import { periodOf } from '../stats/period.ts'
import { churnFigures } from '../stats/team-stats.ts'
import { type Team, teams } from '../store/chats.ts'
import { addressKey, addToOutbox } from '../store/outbox.ts'
import { textFor } from '../text/index.ts'
import { dailyAt } from './digest.ts'
import type { Job } from './job.ts'

/**
 * On the first workday of every week each group with a robot gets the churn figures of its team for the month so
 * far: totals only, no customer is named in a group.
 */
export const weeklyFigures: Job = {
  name: 'weekly-figures',
  cron: ({ business }) => dailyAt(business.workHours.map((span) => span.from).sort()[0] ?? '09:00'),
  missed: 'run-latest',
  timeoutMs: 5 * 60_000,
  where: 'main',
  after: ['score'],
  async run(ctx, slot) {
    const groups = groupRobots(ctx.settings).filter((robot) => robot.weekly)
    if (groups.length === 0 || !startsWeek(ctx, slot)) return { sent: 0 }
    const all = await teams(ctx)
    let sent = 0
    for (const robot of groups) {
      const known = all.find((one) => one.name === robot.team)
      if (robot.team !== null && !known) {
        ctx.log.warn(
          { robot: robot.name, team: robot.team },
          'a group robot belongs to a team that nobody knows',
        )
        continue
      }
      if (await sendFigures(ctx, slot, robot, known ?? null)) sent++
    }
    return { sent }
  },
}

/** Monday, or the first workday after it when it is a holiday. */
function startsWeek(ctx: Ctx, slot: number): boolean {
  const calendar = calendarFor(ctx.settings)
  const day = calendar.dayOf(slot)
  // 1970-01-01, day 0, was a Thursday.
  const monday = day - ((day + 3) % 7)
  for (let earlier = monday; earlier < day; earlier++) if (calendar.isWorkday(earlier)) return false
  return calendar.isWorkday(day)
}

async function sendFigures(ctx: Ctx, slot: number, { to }: GroupRobot, team: Team | null): Promise<boolean> {
  const calendar = calendarFor(ctx.settings)
  const day = calendar.dayOf(slot)
  const figures = await churnFigures(ctx, {
    scope: team === null ? UNSCOPED : { kind: 'team', teamId: team.id },
    // On the first of a month the one that ended is told.
    period: periodOf(day - 1, 1),
  })
  return addToOutbox(ctx, {
    id: `weekly:${day}:${to.platform}:${to.id}`,
    platform: to.platform,
    kind: 'send',
    target: to,
    address: addressKey(to),
    card: churnCardOf(figures, { team: team?.name ?? '', ownOnly: false }, textFor(ctx.settings.locale)),
    lane: 'digest',
    notBefore: calendar.nextWorkTime(ctx.clock.now()),
  })
}
