import type { Day } from '../../../model/day.ts'
import {
  type Enrich,
  type LabelledSnapshot,
  labelledSnapshot,
  type Snapshot,
  snapshotAt,
} from '../history/dataset.ts'
import { firstDayOf, logAsOf, type PurchaseLog } from '../history/purchase-log.ts'
import { trainingCutoffs } from '../history/training-cutoffs.ts'

/** All that a scorer may see when it scores the company as of a day: nothing in it is later than that day. */
export interface Stage extends Snapshot {
  /** Past cut-offs whose answers were known by then, latest first. */
  readonly training: readonly LabelledSnapshot[]
  /** Cut-offs whose answers were known by the latest training cut-off, latest first: for rehearsals. */
  readonly earlier: readonly LabelledSnapshot[]
  /** The year before this day; null where the history does not reach so far back. */
  readonly lastYear: LastYear | null
  /** The year before the latest training cut-off. */
  readonly lastYearEarlier: LastYear | null
}

/** The company a year before a day, when the same season lay ahead. */
export interface LastYear {
  /** What a model of that time would have learned from, latest first. */
  readonly training: readonly LabelledSnapshot[]
  /** The day a year before and some months after it, as far as their answers are known. */
  readonly seen: readonly LabelledSnapshot[]
}

/** A year that ends on the same day of the week. */
export const YEAR_DAYS = 364
/** Days apart at which the level of last year is looked at, and how many. */
const MONTH_DAYS = 30
const MONTHS_AHEAD = 4

export interface StageOptions {
  readonly asOf: Day
  readonly horizon: number
  /** Latest training cut-off; by default as late as honesty allows. */
  readonly trainAsOf?: Day | undefined
  readonly enrich?: Enrich | undefined
}

/** Builds the stage of a day from a log; later rows of the log are cut off first. */
export async function stageAt(log: PurchaseLog, options: StageOptions): Promise<Stage> {
  const { asOf, horizon, enrich } = options
  const known = logAsOf(log, asOf)
  const training = await past(known, options)
  const [latest] = training
  const earlier = await pastOf(latest, options)
  const lastYear = await yearBefore(known, options, MONTHS_AHEAD)
  const lastYearEarlier = latest ? await yearBefore(known, { ...options, ...before(latest) }, 0) : null
  return { ...(await snapshotAt(known, asOf, horizon, enrich)), training, earlier, lastYear, lastYearEarlier }
}

/** The stage of the latest training cut-off, whose answers are known; null without one. */
export async function stageBefore(
  stage: Stage,
  options: Pick<StageOptions, 'enrich'>,
): Promise<(Stage & LabelledSnapshot) | null> {
  const [latest] = stage.training
  if (!latest) return null
  const [earliest] = stage.earlier
  return {
    ...latest,
    training: stage.earlier,
    earlier: await pastOf(earliest, options),
    lastYear: stage.lastYearEarlier,
    lastYearEarlier: earliest ? await yearBefore(latest.log, { ...options, ...before(earliest) }, 0) : null,
  }
}

function before({ asOf, horizon }: Snapshot): Pick<StageOptions, 'asOf' | 'horizon' | 'trainAsOf'> {
  return { asOf, horizon, trainAsOf: undefined }
}

/** `log` must be cut off at a day of which all answers may be known. */
async function yearBefore(log: PurchaseLog, options: StageOptions, months: number): Promise<LastYear | null> {
  const { horizon, trainAsOf, enrich } = options
  const asOf = options.asOf - YEAR_DAYS
  const latest = trainAsOf === undefined ? undefined : trainAsOf - YEAR_DAYS
  const training = await past(logAsOf(log, asOf), { asOf, horizon, trainAsOf: latest, enrich })
  const seen: LabelledSnapshot[] = []
  // What a company of a few weeks taught says nothing of one that is a year older.
  if (!training[0] || training[0].asOf < (firstDayOf(log) ?? asOf) + horizon) return null
  for (let day = asOf; day <= asOf + months * MONTH_DAYS && day + horizon <= log.lastDay; day += MONTH_DAYS)
    seen.push(await labelledSnapshot(log, day, horizon, enrich))
  return seen.length === 0 ? null : { training, seen }
}

/** Cut-offs whose answers were known by the day of a snapshot. */
async function pastOf(
  snapshot: LabelledSnapshot | undefined,
  { enrich }: Pick<StageOptions, 'enrich'>,
): Promise<LabelledSnapshot[]> {
  if (!snapshot) return []
  const { log, asOf, horizon } = snapshot
  return await past(log, { asOf, horizon, enrich })
}

async function past(log: PurchaseLog, options: StageOptions): Promise<LabelledSnapshot[]> {
  const { asOf, horizon, trainAsOf, enrich } = options
  const firstDay = firstDayOf(log)
  if (firstDay === null) return []
  const days = trainingCutoffs({ firstDay, asOf, horizon, latest: trainAsOf })
  const snapshots: LabelledSnapshot[] = []
  for (const day of days) snapshots.push(await labelledSnapshot(log, day, horizon, enrich))
  return snapshots
}
