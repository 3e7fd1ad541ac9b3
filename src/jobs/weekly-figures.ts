import { type Scope, UNSCOPED } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { churnCardOf } from '../cards/churn-card-of.ts'
import { weeklyCard } from '../cards/follow-up-rate.ts'
import type { Ctx } from '../context.ts'
import type { Address } from '../model/chat.ts'
import { type GroupRobot, groupRobots } from '../push/group-robots.ts'
import type { Settings } from '../settings.ts'
import { followUpFigures } from '../stats/follow-up-rate.ts'
import { periodOf, weekOf } from '../stats/period.ts'
import { churnFigures } from '../stats/team-stats.ts'
import { chatsOfTeams, type Team, teams } from '../store/chats.ts'
import { addressKey, addToOutbox } from '../store/outbox.ts'
import { textFor } from '../text/index.ts'
import { dailyAt } from './digest.ts'
import type { Job } from './job.ts'

/** A group, and whose figures it gets; null: the company's. */
interface Target {
  readonly to: Address
  readonly team: Team | null
}

/**
 * On the first workday of every week each group with a robot, and each that is bound to a team, gets the churn figures
 * of its team for the month so far, and how last week's alerts were followed up: totals only, no customer is named in a group.
 */
export const weeklyFigures: Job = {
  name: 'weekly-figures',
  cron: ({ business }) => dailyAt(business.workHours.map((span) => span.from).sort()[0] ?? '09:00'),
  missed: 'run-latest',
  timeoutMs: 5 * 60_000,
  where: 'main',
  after: ['score'],
  async run(ctx, slot) {
    if (!startsWeek(ctx, slot)) return { sent: 0 }
    const all = await teams(ctx)
    const robots = groupRobots(ctx.settings).filter((robot) => robot.weekly)
    let sent = 0
    for (const target of [...targetsOf(ctx, robots, all), ...(await boundGroups(ctx, robots, all))])
      if (await sendFigures(ctx, slot, target)) sent++
    return { sent }
  },
}

function targetsOf(ctx: Ctx, robots: readonly GroupRobot[], all: readonly Team[]): Target[] {
  return robots.flatMap(({ name, team, to }) => {
    const known = all.find((one) => one.name === team) ?? null
    if (team === null || known) return [{ to, team: known }]
    ctx.log.warn({ robot: name, team }, 'a group robot belongs to a team that nobody knows')
    return []
  })
}

/** Groups in which the bot itself can write first. Where a team has a group robot, that one has the figures already. */
async function boundGroups(ctx: Ctx, robots: readonly GroupRobot[], all: readonly Team[]): Promise<Target[]> {
  const platforms = writesFirst(ctx.settings)
  if (platforms.length === 0) return []
  return (await chatsOfTeams(ctx)).flatMap(({ platform, chat, teamId }) => {
    const team = all.find((one) => one.id === teamId)
    const robot = robots.some((one) => one.team === team?.name && one.to.platform === `${platform}-robot`)
    if (!team || robot || !platforms.includes(platform)) return []
    return [{ to: { platform, kind: 'group', id: chat } as const, team }]
  })
}

/** The smart robot of WeCom can only answer in callback mode, and the app of WeCom reaches no groups. */
function writesFirst({ push, wecom, dingtalk }: Settings): string[] {
  if (!push.weeklyInGroups) return []
  const robot = wecom.aibot.enabled && wecom.aibot.mode === 'connection'
  return [...(robot ? ['wecom'] : []), ...(dingtalk.enabled ? ['dingtalk'] : [])]
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

async function sendFigures(ctx: Ctx, slot: number, { to, team }: Target): Promise<boolean> {
  const calendar = calendarFor(ctx.settings)
  const day = calendar.dayOf(slot)
  const scope: Scope = team === null ? UNSCOPED : { kind: 'team', teamId: team.id }
  // On the first of a month the one that ended is told.
  const figures = await churnFigures(ctx, { scope, period: periodOf(day - 1, 1) })
  const followUp = await followUpFigures(ctx, { scope, period: weekOf(day - 7) })
  const { dueWorkdays: workdays, eventDueWorkHours: workHours } = ctx.settings.push
  const text = textFor(ctx.settings.locale)
  const churn = churnCardOf(figures, { team: team?.name ?? '', ownOnly: false }, text)
  return addToOutbox(ctx, {
    id: `weekly:${day}:${to.platform}:${to.id}`,
    platform: to.platform,
    kind: 'send',
    target: to,
    address: addressKey(to),
    card: weeklyCard(churn, { ...followUp, limits: { workdays, workHours } }, text),
    lane: 'digest',
    notBefore: calendar.nextWorkTime(ctx.clock.now()),
  })
}
