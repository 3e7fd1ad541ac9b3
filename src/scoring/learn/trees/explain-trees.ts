import { type Explanation, explanation } from '../contribution.ts'
import { type Matrix, valuesOf } from '../matrix.ts'
import { childOf, type Tree, type TreesModel } from './tree-model.ts'

/** One feature met on the way to a leaf. */
interface Step {
  readonly feature: number
  /** Share of training rows that pass when the feature is unknown. */
  readonly open: number
  /** Whether this row passes: 1 or 0. */
  readonly passes: number
}

/**
 * The exact Shapley value of every feature for one row (tree SHAP over training cover). For a subset S of known
 * features a tree is worth the sum over leaves of value × Π_{S} passes × Π_{not S} open; so each leaf is a product
 * game over the few features on its path, and its Shapley values follow from one small polynomial a feature.
 */
export function explainTrees(model: TreesModel, x: Matrix, row: number): Explanation {
  const columns = valuesOf(x, model.names)
  const points = new Float64Array(model.names.length)
  let base = model.base
  for (const tree of model.trees) base += addTree(tree, columns, row, points)
  return explanation(
    base,
    model.names.map((name, j) => ({ name, value: columns[j]?.[row] ?? Number.NaN, points: points[j] ?? 0 })),
  )
}

/** Adds one tree's contributions; returns its mean over the training rows. */
function addTree(tree: Tree, columns: readonly Float64Array[], row: number, points: Float64Array): number {
  let mean = 0
  const visit = (node: number, path: readonly Step[]): void => {
    if ((tree.left[node] ?? -1) < 0) {
      const value = tree.value[node] ?? 0
      mean += value * path.reduce((product, step) => product * step.open, 1)
      addLeaf(value, path, points)
      return
    }
    const chosen = childOf(tree, columns, row, node)
    for (const child of [tree.left[node] ?? -1, tree.right[node] ?? -1]) {
      const open = (tree.cover[child] ?? 0) / (tree.cover[node] ?? 1)
      visit(child, extended(path, tree.feature[node] ?? 0, open, child === chosen ? 1 : 0))
    }
  }
  visit(0, [])
  return mean
}

/** The path with one more split; a feature that was met before is one feature still. */
function extended(path: readonly Step[], feature: number, open: number, passes: number): Step[] {
  const before = path.find((step) => step.feature === feature)
  const rest = path.filter((step) => step !== before)
  return [...rest, { feature, open: open * (before?.open ?? 1), passes: passes * (before?.passes ?? 1) }]
}

function addLeaf(value: number, path: readonly Step[], points: Float64Array): void {
  const coefficients = new Float64Array(path.length)
  for (const step of path) {
    const gap = value * (step.passes - step.open)
    points[step.feature] = (points[step.feature] ?? 0) + gap * weightedSubsets(path, step, coefficients)
  }
}

/**
 * Σ over subsets S of the other features: |S|!(m−|S|−1)!/m! × Π_{S} passes × Π_{not S} open, m = length of the path.
 * `coefficients` is room for the sums over subsets of size 0, 1, … m − 1.
 */
function weightedSubsets(path: readonly Step[], step: Step, coefficients: Float64Array): number {
  coefficients.fill(0)
  coefficients[0] = 1
  let size = 0
  for (const other of path) {
    if (other === step) continue
    size++
    for (let k = size; k > 0; k--)
      coefficients[k] = (coefficients[k] ?? 0) * other.open + (coefficients[k - 1] ?? 0) * other.passes
    coefficients[0] = (coefficients[0] ?? 0) * other.open
  }
  let weight = 1 / path.length
  let sum = 0
  for (let k = 0; k <= size; k++) {
    sum += weight * (coefficients[k] ?? 0)
    weight *= (k + 1) / Math.max(size - k, 1)
  }
  return sum
}
