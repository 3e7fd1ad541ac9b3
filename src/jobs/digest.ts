import { calendarFor } from '../calendar.ts'
import { feedStoppedCard, homelessCard, scoresStoppedCard, unreachableCard } from '../cards/admin-notice.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { enqueuePlan } from '../push/enqueue.ts'
import { notifyAdmins } from '../push/notify-admins.ts'
import type { Plan } from '../push/plan.ts'
import { tidyCases } from '../push/plan-today.ts'
import { alignHoldout } from '../retention/align-holdout.ts'
import { alignScripts } from '../retention/plays/align-scripts.ts'
import { memberById } from '../store/members.ts'
import { latestScoreRun } from '../store/service-figures.ts'
import { pushPaused } from '../store/state.ts'
import { checkFreshness, type Freshness, scoresAreOld } from '../sync/freshness.ts'
import { textFor } from '../text/index.ts'
import { assignAndTell } from './assign-unowned.ts'
import type { Counts, Job } from './job.ts'
import { planWithHoldout } from './plan-with-holdout.ts'
import { playsOfPush } from './plays-of-push.ts'
import { presentDigest } from './present.ts'
import { quietSignals } from './quiet-signals.ts'
import { tellCompetitorFindings } from './tell-competitor-findings.ts'
import { tellDips } from './tell-dips.ts'

/**
 * The morning's one message a rep, at work start of every workday. Late (the service was down) it still goes out
 * the same day inside work hours; after work the next morning's digest takes its place.
 */
export const digest: Job = {
  name: 'digest',
  cron: ({ business }) => dailyAt(business.workHours.map((span) => span.from).sort()[0] ?? '09:00'),
  missed: 'run-latest',
  timeoutMs: 5 * 60_000,
  where: 'main',
  after: ['score'],
  async run(ctx, slot) {
    const calendar = calendarFor(ctx.settings)
    const day = calendar.dayOf(slot)
    const notBefore = calendar.nextWorkTime(ctx.clock.now())
    if (!calendar.isWorkday(day)) return { offDay: 1 }
    if (calendar.dayOf(notBefore) !== day) return { late: 1 }
    if (await pushPaused(ctx)) return { paused: 1 }
    const freshness = await checkFreshness(ctx)
    if (!freshness.ok) return tellFeedStopped(ctx, day, freshness)
    return pushDay(ctx, day, notBefore)
  },
}

/** `09:00` → five-field cron. */
export function dailyAt(time: string): string {
  const [hour, minute] = time.split(':').map(Number)
  return `${minute} ${hour} * * *`
}

/** Plans the day and writes its digests. */
async function pushDay(ctx: Ctx, day: Day, notBefore: number): Promise<Counts> {
  const run = await latestScoreRun(ctx)
  if (!run) return { noScores: 1 }
  if (scoresAreOld(ctx, run.asOf, day)) return tellScoresStopped(ctx, day, run.asOf)
  const tidied = await tidyCases(ctx, day)
  const assigned = await assignAndTell(ctx, day)
  const quieted = await quietSignals(ctx, day)
  const dips = await tellDips(ctx, day)
  const windows = await tellCompetitorFindings(ctx, day)
  await alignHoldout(ctx, day)
  await alignScripts(ctx, day)
  const plan = await planWithHoldout(ctx, day, { dryRun: false })
  const present = presentDigest(run.asOf, textFor(ctx.settings.locale))
  const { digests, customers, unreachable } = await enqueuePlan(ctx, plan, present, notBefore, playsOfPush)
  await tellHomeless(ctx, plan)
  await tellUnreachable(ctx, day, unreachable)
  return {
    digests,
    customers,
    unreachable: unreachable.length,
    assigned,
    quieted,
    dips,
    windows,
    ...plan.held,
    ...tidied,
  }
}

async function tellScoresStopped(ctx: Ctx, day: Day, asOf: Day): Promise<Counts> {
  const card = scoresStoppedCard(asOf, textFor(ctx.settings.locale))
  return { oldScores: 1, told: await notifyAdmins(ctx, `old-scores:${day}`, card) }
}

/** One notice a day and cause. */
async function tellFeedStopped(ctx: Ctx, day: Day, { problems }: Freshness): Promise<Counts> {
  const causes = problems.map((one) => `${one.source}/${one.entity}/${one.kind}`).sort()
  const card = feedStoppedCard(problems, textFor(ctx.settings.locale))
  const told = await notifyAdmins(ctx, `stale:${day}:${causes.join(',')}`, card)
  return { stale: problems.length, told }
}

async function tellHomeless(ctx: Ctx, plan: Plan): Promise<void> {
  const { held } = plan
  const count = held['no-owner'] + held['inactive-owner'] + held['absent-owner']
  if (count === 0) return
  const names = plan.homeless.map((one) => one.customerName)
  const card = homelessCard(names, count, textFor(ctx.settings.locale))
  await notifyAdmins(ctx, `homeless:${plan.day}`, card)
}

async function tellUnreachable(ctx: Ctx, day: Day, memberIds: readonly number[]): Promise<void> {
  if (memberIds.length === 0) return
  const members = await Promise.all(memberIds.map((id) => memberById(ctx, id)))
  const names = members.flatMap((member) => (member ? [member.name] : []))
  await notifyAdmins(ctx, `unreachable:${day}`, unreachableCard(names, textFor(ctx.settings.locale)))
}
