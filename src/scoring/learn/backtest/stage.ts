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
}

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
  const earlier = await pastOf(training[0], options)
  return { ...(await snapshotAt(known, asOf, horizon, enrich)), training, earlier }
}

/** The stage of the latest training cut-off, whose answers are known; null without one. */
export async function stageBefore(
  stage: Stage,
  options: Pick<StageOptions, 'enrich'>,
): Promise<(Stage & LabelledSnapshot) | null> {
  const [latest] = stage.training
  if (!latest) return null
  return { ...latest, training: stage.earlier, earlier: await pastOf(stage.earlier[0], options) }
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
