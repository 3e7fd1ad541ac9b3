import { type Explanation, explanation } from '../contribution.ts'
import { type Matrix, valuesOf } from '../matrix.ts'
import { type TreesExplainer, treesExplainer } from './split-tables.ts'
import type { TreesModel } from './tree-model.ts'

const explainers = new WeakMap<TreesModel, TreesExplainer>()

/** The exact Shapley value of every feature for one row (tree SHAP over training cover). */
export function explainTrees(model: TreesModel, x: Matrix, row: number): Explanation {
  const { base, add } = explainerOf(model)
  const values = valuesOf(x, model.names).map((column) => column[row] ?? Number.NaN)
  const points = new Float64Array(values.length)
  add(values, 1, points)
  return explanation(
    base,
    model.names.map((name, j) => ({ name, value: values[j] ?? Number.NaN, points: points[j] ?? 0 })),
  )
}

/** The explainer of a model, made once. */
export function explainerOf(model: TreesModel): TreesExplainer {
  const known = explainers.get(model) ?? treesExplainer(model)
  explainers.set(model, known)
  return known
}
