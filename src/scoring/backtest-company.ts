import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { type Day, isoFromDay } from '../model/day.ts'
import { loadCompanyLog } from './company-log.ts'
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
import type { Stage } from './learn/backtest/stage.ts'
import { withPurchaseModel } from './learn/history/enrich-purchase-model.ts'
import { historyOf, logAsOf, type PurchaseLog } from './learn/history/purchase-log.ts'
import type { TrainControl } from './learn/train.ts'
import { pastRules } from './past-rules.ts'

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
  /** Owners of the customers as of today; without any all pushes count as one person's. */
  readonly reps: number
  /** The scorer in use, which the others must beat. */
  readonly rules: string
}

/**
 * Judges every scorer on the company's own orders, and replays the weeks after the test day with the chosen one. Nothing
 * dated after the end of the horizon is used.
 * @throws AppError `bad-input` for dates that would not be honest
 */
export async function backtestCompany(ctx: Ctx, options: CompanyBacktestOptions): Promise<CompanyBacktest> {
  const today = calendarFor(ctx.settings).dayOf(ctx.clock.now())
  const company = await loadCompanyLog(ctx, today, options.signal)
  const rules = pastRules(ctx, company?.ids ?? [])
  const nothing = { report: null, replay: null, reps: 0, rules: rules.name }
  if (!company) return { ...nothing, testAsOf: null, lack: 'no-orders' }
  const { testAsOf = company.log.lastDay - options.horizon } = options
  const log = observedTo(company.log, testAsOf + options.horizon, today)
  const full: BacktestOptions = {
    ...options,
    testAsOf,
    // In the order of preference: what passes the gate gives its place only to what is clearly better still.
    scorers: [rules, ...learnedScorers(), ...purchaseModelScorers, ...baselines],
    rules: rules.name,
    enrich: withPurchaseModel,
    owners: company.owners.some((owner) => owner > 0) ? company.owners : undefined,
    progress: (done) => options.progress?.(done * JUDGING),
  }
  const stage = await testStage(log, full)
  if (!hasJudged(stage, options.activeWithin)) return { ...nothing, testAsOf, lack: 'no-customers' }
  const report = await backtestStage(log, stage, full)
  const replayed = await replayChosen(ctx, log, stage, {
    ...full,
    scorers: full.scorers.filter(({ name }) => name === report.chosen),
    progress: (done) => options.progress?.(JUDGING + done * (1 - JUDGING)),
  })
  options.progress?.(1)
  return {
    lack: report.insufficient.includes('blend') ? 'short-history' : null,
    testAsOf,
    report,
    replay: replayed,
    reps: new Set(company.owners.filter((owner) => owner > 0)).size,
    rules: rules.name,
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
  log: PurchaseLog,
  { training, earlier }: Stage,
  options: BacktestOptions,
): Promise<ReplayReport | null> {
  const [chosen] = options.scorers
  const { testAsOf, horizon, signal, progress, enrich } = options
  const { minBand } = settings.push
  if (!chosen) return null
  return await replay(log, {
    from: testAsOf,
    to: testAsOf + horizon,
    every: REPLAY_EVERY,
    horizon,
    threshold: minBand === 'none' ? 0 : settings.scoring.bands[minBand],
    lostAfter: horizon,
    risk: async (snapshot) =>
      (await chosen.risk({ ...snapshot, training, earlier }, { signal })) ??
      new Float64Array(snapshot.x.rows),
    enrich,
    signal,
    progress,
  })
}
