import { AppError } from '../../../errors.ts'
import type { Day } from '../../../model/day.ts'
import { type LevelReport, levelReport } from '../calibrate/level-report.ts'
import { churnLabels, type Enrich } from '../history/dataset.ts'
import type { PurchaseLog } from '../history/purchase-log.ts'
import { columnOf, pick } from '../matrix.ts'
import { type Measures, measure } from '../metrics/measure.ts'
import { precisionPerGroup } from '../metrics/precision-per-group.ts'
import type { TrainControl } from '../train.ts'
import type { BacktestScorer } from './backtest-scorer.ts'
import { type Choice, chooseScorer } from './choose-scorer.ts'
import { type Stage, stageAt, stageBefore } from './stage.ts'

export interface BacktestOptions extends TrainControl {
  readonly testAsOf: Day
  readonly horizon: number
  /** Latest training cut-off; `trainAsOf + horizon` must not be later than `testAsOf`. */
  readonly trainAsOf?: Day | undefined
  /** Judge only customers whose last order is younger than so many days. Training sees everybody. */
  readonly activeWithin?: number | undefined
  /** Every scorer to judge. The order after `rules` is the order of preference among equals. */
  readonly scorers: readonly BacktestScorer[]
  /** Name of the scorer that is used unless another one beats it. */
  readonly rules: string
  /** More feature columns (purchase models, signals), made from nothing later than the snapshot. */
  readonly enrich?: Enrich | undefined
  /** Owner of each customer, for precision per rep. */
  readonly owners?: ArrayLike<number> | undefined
}

export interface ScorerReport extends Measures {
  readonly name: string
  /** Share of churn among the five riskiest customers of each rep. */
  readonly precisionAt5: number | null
}

export interface BacktestReport {
  readonly test: {
    readonly asOf: Day
    readonly horizonDays: number
    readonly customers: number
    readonly churned: number
  }
  /** The latest training cut-off and the one on which the choice was made; null without enough history. */
  readonly trainAsOf: Day | null
  readonly scorers: readonly ScorerReport[]
  /** Scorers with too little history to speak. */
  readonly insufficient: readonly string[]
  readonly chosen: string
  readonly verdicts: Choice['verdicts']
  /** Days ahead on which the choice was made: fewer than asked for where the history is short; null without a choice. */
  readonly choiceHorizon: number | null
  /** How far the level of the chosen one may be off; null where it cannot say. */
  readonly level: LevelReport | null
}

/** The judged rows of a stage with what came. */
interface Fold {
  readonly stage: Stage
  readonly rows: Uint32Array
  readonly y: Float64Array
}

/**
 * Judges every scorer on the company's own past, honestly in time: a scorer sees nothing after the test day, its
 * training answers were all known by then, and the choice among scorers is made one horizon earlier still, so that the
 * test figures of the chosen one are not the best of many draws.
 */
export async function backtest(log: PurchaseLog, options: BacktestOptions): Promise<BacktestReport> {
  return await backtestStage(log, await testStage(log, options), options)
}

/** The test day as a scorer sees it. */
export async function testStage(log: PurchaseLog, options: BacktestOptions): Promise<Stage> {
  const { testAsOf, horizon, trainAsOf } = options
  if (testAsOf + horizon > log.lastDay)
    throw new AppError('bad-input', 'the horizon after the test day is not over yet')
  if (trainAsOf !== undefined && trainAsOf + horizon > testAsOf)
    throw new AppError('bad-input', 'the training horizon must end by the test day')
  return await stageAt(log, { ...options, asOf: testAsOf })
}

/** The back-test on the stage of its test day; `log` tells what came. */
export async function backtestStage(
  log: PurchaseLog,
  stage: Stage,
  options: BacktestOptions,
): Promise<BacktestReport> {
  const { testAsOf, horizon } = options
  const test = foldOf(stage, churnLabels(log, stage.members, testAsOf, horizon), options)
  if (test.rows.length === 0) throw new AppError('not-found', 'no customer had ordered by the test day')
  const risks = await risksOn(test, options, (done) => options.progress?.(done / 2))
  const rehearsal = await stageBefore(test.stage, options)
  const choice = rehearsal
    ? { ...(await chooseOn(foldOf(rehearsal, rehearsal.y, options), options)), choiceHorizon: horizon }
    : await chooseOnShorter(stage.log, options)
  const chosen = options.scorers.find(({ name }) => name === choice.chosen)
  const level = (await chosen?.level?.(stage, { signal: options.signal })) ?? null
  const chosenRisk = risks.find(({ name }) => name === choice.chosen)?.risk
  return {
    test: {
      asOf: testAsOf,
      horizonDays: horizon,
      customers: test.rows.length,
      churned: test.y.reduce((sum, value) => sum + value, 0),
    },
    trainAsOf: rehearsal?.asOf ?? null,
    scorers: risks.map(({ name, risk }) => report(name, test, risk, options)),
    insufficient: options.scorers
      .map(({ name }) => name)
      .filter((name) => !risks.some((one) => one.name === name)),
    ...choice,
    level: level && chosenRisk ? levelReport(level, testAsOf, chosenRisk) : null,
  }
}

/** The rows that are judged: everybody, or only the recently active. */
function foldOf(stage: Stage, y: Float64Array, { activeWithin }: BacktestOptions): Fold {
  const recency = columnOf(stage.x, 'recency')?.values
  const all = Uint32Array.from({ length: stage.members.length }, (_, row) => row)
  const rows = activeWithin === undefined ? all : all.filter((row) => (recency?.[row] ?? 0) < activeWithin)
  return { stage, rows, y: pick(y, rows) }
}

async function risksOn(
  fold: Fold,
  { scorers, signal }: BacktestOptions,
  progress: (done: number) => void,
): Promise<{ name: string; risk: Float64Array }[]> {
  const risks: { name: string; risk: Float64Array }[] = []
  for (const [k, scorer] of scorers.entries()) {
    const part = (done: number): void => progress((k + done) / scorers.length)
    const risk = await scorer.risk(fold.stage, { signal, progress: part })
    if (risk) risks.push({ name: scorer.name, risk: pick(risk, fold.rows) })
  }
  return risks
}

/** Parts of the horizon on which scorers are compared where the past is too short for the whole. */
const SHORTER = [2, 3, 4, 6]
/** Within fewer days chance decides who orders. */
const SHORTEST_DAYS = 30

/**
 * Where no answer of a whole horizon is known yet, the scorers that need none are compared with the rules on the longest
 * part of the horizon that is over. A learner is not: what it learns there is another question.
 */
async function chooseOnShorter(
  log: PurchaseLog,
  options: BacktestOptions,
): Promise<Choice & { choiceHorizon: number | null }> {
  const scorers = options.scorers.filter(({ name, untaught }) => name === options.rules || untaught)
  for (const part of SHORTER) {
    const horizon = Math.round(options.horizon / part)
    if (horizon < SHORTEST_DAYS) break
    const stage = await stageAt(log, { asOf: options.testAsOf, horizon })
    const rehearsal = await stageBefore(stage, {})
    if (!rehearsal) continue
    const choice = await chooseOn(foldOf(rehearsal, rehearsal.y, options), { ...options, scorers })
    return { ...choice, choiceHorizon: horizon }
  }
  return { chosen: options.rules, verdicts: [], choiceHorizon: null }
}

async function chooseOn(fold: Fold, options: BacktestOptions): Promise<Choice> {
  const scorers = options.scorers.filter(({ name, yardstick }) => name === options.rules || !yardstick)
  const risks = await risksOn(fold, { ...options, scorers }, (done) => options.progress?.(0.5 + done / 2))
  const rules = risks.find(({ name }) => name === options.rules)
  if (!rules) return { chosen: options.rules, verdicts: [] }
  return chooseScorer(
    fold.y,
    rules,
    risks.filter((one) => one !== rules),
  )
}

function report(name: string, fold: Fold, risk: Float64Array, { owners }: BacktestOptions): ScorerReport {
  const reps = owners && Uint32Array.from(fold.rows, (row) => owners[fold.stage.members[row] ?? 0] ?? 0)
  return {
    name,
    ...measure(fold.y, risk),
    precisionAt5: reps ? precisionPerGroup(fold.y, risk, reps) : null,
  }
}
