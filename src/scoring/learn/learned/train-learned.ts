import { type Calibrator, calibrate } from '../calibrate/calibrator.ts'
import { fitCalibrator } from '../calibrate/fit-calibrator.ts'
import { levelShift } from '../calibrate/match-level.ts'
import type { LabelledSnapshot } from '../history/dataset.ts'
import { NO_PURCHASE } from '../history/enrich-purchase-model.ts'
import { logit } from '../logit.ts'
import { columnOf, type Labelled } from '../matrix.ts'
import { type DriftBins, driftBins } from '../psi.ts'
import { shareOf, type TrainControl } from '../train.ts'
import type { FitPart, Growth } from './fit-part.ts'
import { fitSeason, type LogitsOf, type PastYears } from './fit-season.ts'
import { type LearnedModel, type PartModel, SCORE_DRIFT } from './learned-model.ts'
import { learnedLogits } from './score-learned.ts'
import { fitSegmentEffects } from './segment-effects.ts'

/** Which learner, or the weighted mean of the log-odds of both and of the purchase model where there is one. */
export type LearnerKind = 'logistic' | 'trees' | 'blend'

/** Fewer churns or stays than this teach nothing. */
export const FEWEST_LABELS = 20

export interface TrainLearnedInput extends Partial<PastYears> {
  readonly kind: LearnerKind
  /** Labelled snapshots, latest first. */
  readonly training: readonly LabelledSnapshot[]
  /** Snapshots whose horizons ended before the latest training cut-off: they show how well such a model holds. */
  readonly earlier: readonly LabelledSnapshot[]
  readonly fitPart: FitPart
}

/**
 * Trains on all cut-offs. The calibration comes from a rehearsal: a model of the earlier snapshots judged on the latest
 * one. Only the shape is corrected: the rehearsal's level is first set to the rate that came, because the final model
 * has seen that rate, and a trend of the rate must not be counted twice. Null when there is too little to learn from.
 */
export async function trainLearned(
  input: TrainLearnedInput,
  control: TrainControl = {},
): Promise<LearnedModel | null> {
  const [latest] = input.training
  if (!latest || !canTeach(input.training)) return null
  const steps = shareOf(control, input.earlier.length > 0 ? 0.5 : 0)
  const { calibrator, segments, rehearsed, growth } = await rehearse(input, latest, steps.first)
  const parts = await fitParts(input, input.training, steps.second, growth)
  const { training, earlier, lastYear = null, lastYearEarlier = null } = input
  const train = async (snapshots: readonly LabelledSnapshot[]): Promise<LogitsOf | null> =>
    canTeach(snapshots)
      ? calibrated(await fitParts(input, snapshots, { signal: control.signal }, growth), calibrator)
      : null
  return {
    version: 1,
    horizon: latest.horizon,
    cutoffs: input.training.map((snapshot) => snapshot.asOf),
    parts,
    calibrator,
    segments,
    level: await fitSeason({ training, earlier, lastYear, lastYearEarlier, rehearsed, train }),
    drift: driftOf(latest, learnedLogits({ parts }, latest.x)),
  }
}

/** Whether both classes occur often enough. */
export function canTeach(parts: readonly Pick<Labelled, 'y'>[]): boolean {
  const rows = parts.reduce((sum, { y }) => sum + y.length, 0)
  const positives = parts.reduce((sum, { y }) => sum + y.reduce((all, value) => all + value, 0), 0)
  return Math.min(positives, rows - positives) >= FEWEST_LABELS
}

/** Later labels of each class that can tell how many trees are best. */
const ENOUGH_TO_STOP = 2000
const FEWEST_TREES = 20

interface Rehearsal extends Pick<LearnedModel, 'calibrator' | 'segments'> {
  readonly rehearsed: LogitsOf | null
  readonly growth: Growth | null
}

async function rehearse(
  input: TrainLearnedInput,
  latest: LabelledSnapshot,
  control: TrainControl,
): Promise<Rehearsal> {
  if (!canTeach(input.earlier))
    return { calibrator: { kind: 'none' }, segments: {}, rehearsed: null, growth: null }
  const stopping = rarer(latest.y) < ENOUGH_TO_STOP ? null : { later: latest }
  const parts = await fitParts(input, input.earlier, control, stopping)
  const logits = learnedLogits({ parts }, latest.x)
  const rate = latest.y.reduce((sum, value) => sum + value, 0) / latest.y.length
  const shift = levelShift(logits, rate)
  const level = logits.map((value) => value + shift)
  const calibrator = await fitCalibrator(level, latest.y)
  const known = level.map((value) => logit(calibrate(calibrator, value)))
  const { segments } = latest.x
  return {
    calibrator,
    segments: segments ? fitSegmentEffects(known, latest.y, segments) : {},
    rehearsed: calibrated(parts, calibrator),
    growth: stopping && { rounds: grown(parts) },
  }
}

/** As many trees as were best in the rehearsal. */
function grown(parts: LearnedModel['parts']): number {
  const counts = parts.map(({ model }) => (model.kind === 'trees' ? model.trees.length : 0))
  return Math.max(FEWEST_TREES, ...counts)
}

function rarer(y: Float64Array): number {
  const positives = y.reduce((sum, value) => sum + value, 0)
  return Math.min(positives, y.length - positives)
}

function calibrated(parts: LearnedModel['parts'], calibrator: Calibrator): LogitsOf {
  return ({ x }) => learnedLogits({ parts }, x).map((value) => logit(calibrate(calibrator, value)))
}

async function fitParts(
  { kind, fitPart }: TrainLearnedInput,
  snapshots: readonly LabelledSnapshot[],
  control: TrainControl,
  growth: Growth | null,
): Promise<LearnedModel['parts']> {
  if (kind !== 'blend') return [{ weight: 1, model: await fitPart(kind, snapshots, control, growth) }]
  const steps = shareOf(control, 0.2)
  const members: { weight: number; model: PartModel }[] = [
    { weight: 1, model: await fitPart('logistic', snapshots, steps.first) },
    { weight: treesWeight(snapshots), model: await fitPart('trees', snapshots, steps.second, growth) },
    ...purchasePart(snapshots).map((model) => ({ weight: 1, model })),
  ]
  const total = members.reduce((sum, { weight }) => sum + weight, 0)
  return members.map(({ weight, model }) => ({ weight: weight / total, model }))
}

/** Customers at which trees earn half the say of the other members: below they mostly learn noise. */
const ENOUGH_FOR_TREES = 10_000

function treesWeight([latest]: readonly LabelledSnapshot[]): number {
  const customers = latest?.x.rows ?? 0
  return customers / (customers + ENOUGH_FOR_TREES)
}

/**
 * The purchase model's own log-odds, where a column of them came with the snapshots. It needs no labels, so it is the
 * member that a short history or a changed season harms least.
 */
function purchasePart([latest]: readonly LabelledSnapshot[]): PartModel[] {
  const values = latest && columnOf(latest.x, NO_PURCHASE)?.values
  if (!values || values.length === 0) return []
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length
  return Number.isFinite(centre) ? [{ kind: 'column', name: NO_PURCHASE, centre }] : []
}

function driftOf(latest: LabelledSnapshot, logits: Float64Array): Record<string, DriftBins> {
  const features = latest.x.columns.map((column) => [column.name, driftBins(column.values)] as const)
  return { ...Object.fromEntries(features), [SCORE_DRIFT]: driftBins(logits) }
}
