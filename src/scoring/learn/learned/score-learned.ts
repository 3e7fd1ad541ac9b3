import { calibrate, clampProbability } from '../calibrate/calibrator.ts'
import { type Contribution, type Explanation, explanation } from '../contribution.ts'
import { explainLogistic } from '../logistic/explain-logistic.ts'
import { logisticLogits } from '../logistic/predict-logistic.ts'
import { logit, sigmoid } from '../logit.ts'
import type { Matrix } from '../matrix.ts'
import { explainTrees } from '../trees/explain-trees.ts'
import { treesLogits } from '../trees/predict-trees.ts'
import { columnLogits } from './column-part.ts'
import type { LearnedModel, PartModel } from './learned-model.ts'
import { segmentEffect } from './segment-effects.ts'

/** Raw log-odds of churn of every row, before calibration. */
export function learnedLogits({ parts }: Pick<LearnedModel, 'parts'>, x: Matrix): Float64Array {
  const out = new Float64Array(x.rows)
  for (const { weight, model } of parts) {
    const logits = partLogits(model, x)
    for (let row = 0; row < out.length; row++) out[row] = (out[row] ?? 0) + weight * (logits[row] ?? 0)
  }
  return out
}

/** Calibrated probability of churn of every row. */
export function learnedRisk(model: LearnedModel, x: Matrix): Float64Array {
  return learnedLogits(model, x).map((value, row) => probabilityOf(model, value, x.segments?.[row]))
}

/** The probability that belongs to a raw log-odds of somebody of the segment. */
export function probabilityOf(
  { calibrator, segments }: Pick<LearnedModel, 'calibrator' | 'segments'>,
  raw: number,
  segment: string | undefined,
): number {
  const p = calibrate(calibrator, raw)
  const effect = segmentEffect(segments, segment)
  return effect === 0 ? p : clampProbability(sigmoid(logit(p) + effect))
}

/** Exact contributions of one row to the raw log-odds; calibration keeps their order and sign. */
export function explainLearned({ parts }: Pick<LearnedModel, 'parts'>, x: Matrix, row: number): Explanation {
  let base = 0
  const sums = new Map<string, Contribution>()
  for (const { weight, model } of parts) {
    const one = explainPart(model, x, row)
    base += weight * one.base
    for (const { name, value, points } of one.contributions)
      sums.set(name, { name, value, points: (sums.get(name)?.points ?? 0) + weight * points })
  }
  return explanation(base, [...sums.values()])
}

/** Name of what the segment adds, among the contributions of the columns. */
export const SEGMENT = 'segment'

/**
 * Exact contributions of one row to the log-odds of its risk: those to the raw log-odds, stretched as calibration
 * stretches their sum, and the segment's own. base + Σ points = logit(risk).
 */
export function explainRisk(
  model: Pick<LearnedModel, 'parts' | 'calibrator' | 'segments'>,
  x: Matrix,
  row: number,
): Explanation {
  const raw = explainLearned(model, x, row)
  const [base, reached] = [raw.base, raw.logit].map((value) => logit(calibrate(model.calibrator, value)))
  const stretch = raw.logit === raw.base ? 1 : ((reached ?? 0) - (base ?? 0)) / (raw.logit - raw.base)
  const segment = x.segments?.[row]
  const effect = logit(probabilityOf(model, raw.logit, segment)) - (reached ?? 0)
  const own = raw.contributions.map((one) => ({ ...one, points: one.points * stretch }))
  const ofSegment = { name: SEGMENT, value: Number.NaN, points: effect }
  return explanation(base ?? 0, effect === 0 ? own : [...own, ofSegment])
}

function partLogits(model: PartModel, x: Matrix): Float64Array {
  if (model.kind === 'logistic') return logisticLogits(model, x)
  return model.kind === 'trees' ? treesLogits(model, x) : columnLogits(model, x)
}

function explainPart(model: PartModel, x: Matrix, row: number): Explanation {
  if (model.kind === 'logistic') return explainLogistic(model, x, row)
  if (model.kind === 'trees') return explainTrees(model, x, row)
  const { name, centre } = model
  const value = columnLogits(model, x)[row] ?? centre
  return explanation(centre, [{ name, value, points: value - centre }])
}
