import { calendarFor } from '../calendar.ts'
import { feedStoppedCard } from '../cards/admin-notice.ts'
import { AppError } from '../errors.ts'
import { planWithHoldout } from '../jobs/plan-with-holdout.ts'
import { playsOfPush } from '../jobs/plays-of-push.ts'
import { presentDigest } from '../jobs/present.ts'
import { type Day, isoFromDay } from '../model/day.ts'
import { HELD_REASONS } from '../model/push.ts'
import { type Enqueued, enqueuePlan } from '../push/enqueue.ts'
import type { Plan, PlanItem, RepPlan } from '../push/plan.ts'
import { tidyCases } from '../push/plan-today.ts'
import { alignHoldout } from '../retention/align-holdout.ts'
import { alignScripts } from '../retention/plays/align-scripts.ts'
import { latestScoreRun } from '../store/service-figures.ts'
import { pushPaused } from '../store/state.ts'
import { checkFreshness } from '../sync/freshness.ts'
import type { Text } from '../text/index.ts'
import { asOfDay } from './as-of.ts'
import type { CliCtx, CliResult, Register } from './run.ts'

interface Options {
  readonly asOf?: string
  readonly dryRun: boolean
}

/**
 * `liuke push`: plans the digests of a day and hands them to the outbox, from where the running service delivers
 * them; `--dry-run` only shows the plan. Customers without an owner are planned as one group in a dry run, to be
 * looked at: nothing is ever sent to nobody.
 */
export const registerPush: Register = (program, run) => {
  program
    .command('push')
    .option('--as-of <date>', 'the day to plan (YYYY-MM-DD); default: today')
    .option('--dry-run', 'show the plan and write nothing', false)
    .description('plan and send the digests of a day')
    .action(run((cli, options: Options) => push(cli, options)))
}

async function push(cli: CliCtx, options: Options): Promise<CliResult> {
  const run = await latestScoreRun(cli)
  if (!run) throw new AppError('conflict', 'nothing is scored yet', { say: cli.text.push.noScores })
  const day = asOfDay(cli, options.asOf)
  if (run.asOf > day) throw scoredLater(run.asOf, day, cli.text)
  if (options.dryRun)
    return result(cli, await planWithHoldout(cli, day, { dryRun: true, showUnassigned: true }), 0)
  if (await pushPaused(cli))
    throw new AppError('conflict', 'pushes are paused', { say: cli.text.push.paused })
  if (options.asOf === undefined) await mustBeFresh(cli)
  await tidyCases(cli, day)
  await alignHoldout(cli, day)
  await alignScripts(cli, day)
  const plan = await planWithHoldout(cli, day, { dryRun: false })
  const { customers } = await send(cli, plan, run.asOf)
  return result(cli, plan, customers)
}

/** A stopped feed makes everybody look silent: today's pushes wait; a look at another day does not ask. */
async function mustBeFresh(cli: CliCtx): Promise<void> {
  const { ok, problems } = await checkFreshness(cli)
  if (ok) return
  const { title, facts = [] } = feedStoppedCard(problems, cli.text)
  throw new AppError('conflict', 'a feed is not fresh', { say: [title, ...facts].join('\n') })
}

/** Scores that know more than the day asked for would be looking into the future. */
function scoredLater(asOf: Day, day: Day, text: Text): AppError {
  const say = text.push.scoredLater(isoFromDay(asOf), isoFromDay(day))
  return new AppError('conflict', 'the scores are newer than the day to plan', { say })
}

function send(cli: CliCtx, plan: Plan, asOf: Day): Promise<Enqueued> {
  const notBefore = calendarFor(cli.settings).nextWorkTime(cli.clock.now())
  return enqueuePlan(cli, plan, presentDigest(asOf, cli.text), notBefore, playsOfPush)
}

function result(cli: CliCtx, plan: Plan, sent: number): CliResult {
  const planned = plan.reps.reduce((sum, rep) => sum + rep.items.length, 0)
  return { json: { planned, sent, held: heldForJson(plan) }, lines: linesOf(cli, plan, planned, sent) }
}

/**
 * The four groups of the command line's contract: `quiet` is what the calendar or an earlier push or answer
 * silences, `holdout` the control group, `snoozed` what a person asked to rest.
 */
function heldForJson({ held }: Plan): Record<'budget' | 'quiet' | 'holdout' | 'snoozed', number> {
  return {
    budget: held.budget,
    quiet:
      held['off-day'] +
      held.repeat +
      held['follow-up'] +
      held['false-alarm'] +
      held.closed +
      held['muted-signal'] +
      held['group-dip'] +
      held.preference,
    holdout: held.holdout,
    snoozed: held.snoozed,
  }
}

function linesOf(cli: CliCtx, plan: Plan, planned: number, sent: number): string[] {
  const words = cli.text.push
  const reasons = HELD_REASONS.filter((reason) => plan.held[reason] > 0)
  return [
    words.planTitle(isoFromDay(plan.day), planned, sent),
    ...(calendarFor(cli.settings).isWorkday(plan.day) ? [] : [words.offDay]),
    ...plan.reps.flatMap((rep) => repLines(rep, cli.text)),
    ...reasons.map((reason) => words.heldLine(words.heldReasons[reason], plan.held[reason])),
  ]
}

function repLines(rep: RepPlan, text: Text): string[] {
  const name = rep.name ?? text.push.unassigned
  return [
    text.push.planRep(name, rep.items.length, rep.more, rep.due.length),
    ...rep.items.map((item) => text.push.planItem(item.rank, item.customerName, itemWords(item, text))),
    ...rep.orders.map((one) =>
      text.push.planOrder(one.customerName, one.next.every, isoFromDay(one.next.due)),
    ),
  ]
}

function itemWords(item: PlanItem, text: Text): string[] {
  return [
    text.common.bands[item.band],
    item.risk === null ? text.common.insufficient : text.common.percent(item.risk),
    text.common.money(item.value12m),
    text.push.reasons[item.reason],
  ]
}
