import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { type Day, isoFromDay } from '../model/day.ts'
import { type CompanyPast, companyPast } from './company-past.ts'
import {
  type BacktestOptions,
  type BacktestReport,
  backtestStage,
  testStage,
} from './learn/backtest/backtest.ts'
import { baselines } from './learn/backtest/baselines.ts'
import { learnedScorers } from './learn/backtest/learned-scorer.ts'
import { purchaseModelScorers } from './learn/backtest/purchase-model-scorer.ts'
import { type ReplayReport, replay } from './learn/backtest/replay.ts'
import { type Stage, stageBefore } from './learn/backtest/stage.ts'
import { snapshotAt } from './learn/history/dataset.ts'
import { historyOf, logAsOf, type PurchaseLog } from './learn/history/purchase-log.ts'
import type { FitPart } from './learn/learned/fit-part.ts'
import type { TrainControl } from './learn/train.ts'
import type { PastFacts } from './past-facts.ts'
import { pastRules, rulesName } from './past-rules.ts'

/** Days that a given horizon may reach beyond the last order: the file may well end with a quiet week. */
const QUIET_END_DAYS = 7
/** The replay scores once a week. */
const REPLAY_EVERY = 7
/** Share of the progress bar that the judging takes; the replay takes the rest. */
const JUDGING = 0.8

export interface CompanyBacktestOptions extends TrainControl {
  readonly horizon: number
  /** By default as late as the last order allows. */
  readonly testAsOf?: Day | undefined
  readonly trainAsOf?: Day | undefined
  readonly activeWithin?: number | undefined
  /** Larger companies are known by a sample of about so many customers. */
  readonly atMost?: number | undefined
}

/** Why nothing could be judged, or (`short-history`) only by scorers that need no past answers. */
export type BacktestLack = 'no-orders' | 'no-customers' | 'short-history'

export interface CompanyBacktest {
  readonly lack: BacktestLack | null
  /** Null without orders. */
  readonly testAsOf: Day | null
  /** Null where nothing could be judged. */
  readonly report: BacktestReport | null
  readonly replay: ReplayReport | null
  /** Customers brought to each rep a day by the replay, before the daily budget. */
  readonly pushesPerRepDay: number | null
  /** Owners of the customers as of today; without any all pushes count as one person's. */
  readonly reps: number
  /** The scorer in use, which the others must beat. */
  readonly rules: string
  /** So many of all buyers were learned from and judged; null where it was all of them. */
  readonly sample: { readonly customers: number; readonly of: number } | null
}

/**
 * Judges every scorer on the company's own orders, and replays the weeks after the test day with the chosen one. Nothing
 * dated after the end of the horizon is used.
 * @throws AppError `bad-input` for dates that would not be honest
 */
export async function backtestCompany(ctx: Ctx, options: CompanyBacktestOptions): Promise<CompanyBacktest> {
  const today = calendarFor(ctx.settings).dayOf(ctx.clock.now())
  return await backtestPast(ctx, await companyPast(ctx, { ...options, upTo: today }), {
    ...options,
    upTo: today,
  })
}

/** The back-test of a past that is open already, known up to a day. */
export async function backtestPast(
  ctx: Ctx,
  past: CompanyPast | null,
  options: CompanyBacktestOptions & { readonly upTo: Day; readonly fitPart?: FitPart },
): Promise<CompanyBacktest> {
  const name = rulesName(ctx)
  const nothing = { report: null, replay: null, pushesPerRepDay: null, reps: 0, rules: name, sample: null }
  if (!past) return { ...nothing, testAsOf: null, lack: 'no-orders' }
  const { testAsOf = past.log.lastDay - options.horizon } = options
  const log = observedTo(past.log, testAsOf + options.horizon, options.upTo)
  const full = judging(ctx, past, testAsOf, options)
  const stage = await past.facts.together(
    async () => {
      const built = await testStage(log, full)
      // The stage on which the choice is made, too: it is built again later, from the columns kept.
      await stageBefore(built, full)
      return built
    },
    (built) => [built, ...built.training.slice(0, 1), ...built.earlier.slice(0, 1)],
  )
  if (!hasJudged(stage, options.activeWithin)) return { ...nothing, testAsOf, lack: 'no-customers' }
  const report = await backtestStage(log, stage, full)
  const replayed = await replayChosen(ctx, past.facts, log, stage, {
    ...full,
    scorers: full.scorers.filter((one) => one.name === report.chosen),
    progress: (done) => options.progress?.(JUDGING + done * (1 - JUDGING)),
  })
  options.progress?.(1)
  const reps = new Set(past.owners.filter((owner) => owner > 0)).size
  const whole = past.buyers / past.ids.length
  return {
    lack: report.insufficient.includes('blend') ? 'short-history' : null,
    testAsOf,
    report,
    replay: replayed,
    pushesPerRepDay: replayed && (whole * replayed.alertsPerDay) / Math.max(1, reps),
    reps,
    rules: name,
    sample: whole > 1 ? { customers: past.ids.length, of: past.buyers } : null,
  }
}

function judging(
  ctx: Ctx,
  past: CompanyPast,
  testAsOf: Day,
  options: CompanyBacktestOptions & { readonly fitPart?: FitPart },
): BacktestOptions {
  const rules = pastRules(ctx, past.facts)
  return {
    ...options,
    testAsOf,
    // In the order of preference: what passes the gate gives its place only to what is clearly better still.
    scorers: [rules, ...learnedScorers(options.fitPart), ...purchaseModelScorers, ...baselines],
    rules: rules.name,
    enrich: past.enrich,
    owners: past.owners.some((owner) => owner > 0) ? past.owners : undefined,
    progress: (done) => options.progress?.(done * JUDGING),
  }
}

/** The log up to the end of the horizon, as if the file had ended there. */
function observedTo(log: PurchaseLog, end: Day, today: Day): PurchaseLog {
  if (end <= log.lastDay) return logAsOf(log, end)
  if (end <= Math.min(log.lastDay + QUIET_END_DAYS, today)) return { ...log, lastDay: end }
  const last = isoFromDay(log.lastDay)
  throw new AppError('bad-input', 'the horizon after the test day is not over', {
    say: `The horizon ends on ${isoFromDay(end)}, but the last order known is of ${last}: take an earlier --test-as-of.`,
  })
}

function hasJudged({ members, asOf, log }: Stage, activeWithin = Number.POSITIVE_INFINITY): boolean {
  return members.some((customer) => asOf - (historyOf(log, customer).days.at(-1) ?? asOf) < activeWithin)
}

/** What reps would have seen in the weeks after the test day, by a model that was trained before it. */
async function replayChosen(
  { settings }: Ctx,
  facts: PastFacts,
  log: PurchaseLog,
  { training, earlier, lastYear, lastYearEarlier }: Stage,
  options: BacktestOptions,
): Promise<ReplayReport | null> {
  const [chosen] = options.scorers
  const { testAsOf, horizon, signal, progress, enrich } = options
  const { minBand } = settings.push
  if (!chosen) return null
  const weeks = Array.from({ length: Math.floor(horizon / REPLAY_EVERY) + 1 }, (_, k) => k * REPLAY_EVERY)
  await facts.together(
    async () => await inTurn(weeks, (week) => snapshotAt(log, testAsOf + week, horizon, enrich)),
    (built) => (chosen.name === options.rules ? built : []),
  )
  return await replay(log, {
    from: testAsOf,
    to: testAsOf + horizon,
    every: REPLAY_EVERY,
    horizon,
    threshold: minBand === 'none' ? 0 : settings.scoring.bands[minBand],
    lostAfter: horizon,
    risk: async (snapshot) =>
      (await chosen.risk({ ...snapshot, training, earlier, lastYear, lastYearEarlier }, { signal })) ??
      new Float64Array(snapshot.x.rows),
    enrich,
    signal,
    progress,
  })
}

async function inTurn<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const one of list) results.push(await work(one))
  return results
}
