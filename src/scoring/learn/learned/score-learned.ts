import { calibrate } from '../calibrate/calibrator.ts'
import { type Contribution, type Explanation, explanation } from '../contribution.ts'
import { explainLogistic } from '../logistic/explain-logistic.ts'
import { logisticLogits } from '../logistic/predict-logistic.ts'
import type { Matrix } from '../matrix.ts'
import { explainTrees } from '../trees/explain-trees.ts'
import { treesLogits } from '../trees/predict-trees.ts'
import { columnLogits } from './column-part.ts'
import type { LearnedModel, PartModel } from './learned-model.ts'

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
  return learnedLogits(model, x).map((value) => calibrate(model.calibrator, value))
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
