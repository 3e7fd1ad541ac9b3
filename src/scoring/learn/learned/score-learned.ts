import { calibrate } from '../calibrate/calibrator.ts'
import { type Contribution, type Explanation, explanation } from '../contribution.ts'
import { explainLogistic } from '../logistic/explain-logistic.ts'
import { logisticLogits } from '../logistic/predict-logistic.ts'
import type { Matrix } from '../matrix.ts'
import { explainTrees } from '../trees/explain-trees.ts'
import { treesLogits } from '../trees/predict-trees.ts'
import type { LearnedModel } from './learned-model.ts'

/** Raw log-odds of churn of every row, before calibration. */
export function learnedLogits({ parts }: Pick<LearnedModel, 'parts'>, x: Matrix): Float64Array {
  const out = new Float64Array(x.rows)
  for (const { weight, model } of parts) {
    const logits = model.kind === 'logistic' ? logisticLogits(model, x) : treesLogits(model, x)
    for (let row = 0; row < out.length; row++) out[row] = (out[row] ?? 0) + weight * (logits[row] ?? 0)
  }
  return out
}

/** Calibrated probability of churn of every row. */
export function learnedRisk(model: LearnedModel, x: Matrix): Float64Array {
  return learnedLogits(model, x).map((value) => calibrate(model.calibrator, value))
}

/** Exact contributions of one row to the raw log-odds; calibration keeps their order and sign. */
export function explainLearned({ parts }: Pick<LearnedModel, 'parts'>, x: Matrix, row: number): Explanation {
  let base = 0
  const sums = new Map<string, Contribution>()
  for (const { weight, model } of parts) {
    const one = model.kind === 'logistic' ? explainLogistic(model, x, row) : explainTrees(model, x, row)
    base += weight * one.base
    for (const { name, value, points } of one.contributions)
      sums.set(name, { name, value, points: (sums.get(name)?.points ?? 0) + weight * points })
  }
  return explanation(base, [...sums.values()])
}
