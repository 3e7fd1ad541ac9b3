import { type Matrix, valuesOf } from '../matrix.ts'
import { leafOf, type TreesModel } from './tree-model.ts'

/** Log-odds of churn of every row. */
export function treesLogits(model: TreesModel, x: Matrix): Float64Array {
  const columns = valuesOf(x, model.names)
  const out = new Float64Array(x.rows).fill(model.base)
  for (const tree of model.trees) {
    for (let row = 0; row < x.rows; row++)
      out[row] = (out[row] ?? 0) + (tree.value[leafOf(tree, columns, row)] ?? 0)
  }
  return out
}
