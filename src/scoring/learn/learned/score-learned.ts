import { calibrate, clampProbability } from '../calibrate/calibrator.ts'
import { logisticLogits } from '../logistic/predict-logistic.ts'
import { logit, sigmoid } from '../logit.ts'
import type { Matrix } from '../matrix.ts'
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

function partLogits(model: PartModel, x: Matrix): Float64Array {
  if (model.kind === 'logistic') return logisticLogits(model, x)
  return model.kind === 'trees' ? treesLogits(model, x) : columnLogits(model, x)
}
