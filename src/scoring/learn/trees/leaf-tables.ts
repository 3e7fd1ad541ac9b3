import type { Tree, TreesModel } from './tree-model.ts'

/** The exact Shapley values of boosted trees, row by row. */
export interface TreesExplainer {
  /** The log-odds of an average training row. */
  readonly base: number
  /** Adds `weight` × the contribution of every feature to `points`; both lists are in the order of `model.names`. */
  add(values: ArrayLike<number>, weight: number, points: Float64Array): void
}

/** A leaf as a product game: each feature of its path is passed or not, by the interval that the path leaves it. */
interface Leaf {
  readonly value: number
  readonly features: Int32Array
  /** Passed by low < value ≤ high, or by a missing value where `missing` is 1. */
  readonly low: Float64Array
  readonly high: Float64Array
  readonly missing: Uint8Array
  /** Share of training rows that pass when the feature is unknown. */
  readonly open: Float64Array
  /** Contributions by the pattern of passed features (bit j: feature j of the path), worked out when first met. */
  readonly known: (Float64Array | undefined)[]
}

/**
 * Tree SHAP over training cover. For a subset S of known features a tree is worth the sum over leaves of value ×
 * Π_{S} passes × Π_{not S} open. Which features of its path a row passes decides everything a leaf contributes, and
 * there are few such patterns: each is worked out once, then a row costs one look-up a leaf.
 */
export function treesExplainer(model: TreesModel): TreesExplainer {
  const leaves = model.trees.flatMap(leavesOf)
  const base = leaves.reduce(
    (sum, leaf) => sum + leaf.value * leaf.open.reduce((a, b) => a * b, 1),
    model.base,
  )
  return {
    base,
    add(values, weight, points) {
      for (const leaf of leaves) addLeaf(leaf, values, weight, points)
    },
  }
}

function addLeaf(leaf: Leaf, values: ArrayLike<number>, weight: number, points: Float64Array): void {
  const { features, known } = leaf
  const pattern = patternOf(leaf, values)
  let table = known[pattern]
  if (table === undefined) {
    table = contributionsOf(leaf, pattern)
    known[pattern] = table
  }
  for (let j = 0; j < features.length; j++) {
    const feature = features[j] ?? 0
    points[feature] = (points[feature] ?? 0) + weight * (table[j] ?? 0)
  }
}

function patternOf({ features, low, high, missing }: Leaf, values: ArrayLike<number>): number {
  let pattern = 0
  for (let j = 0; j < features.length; j++) {
    const value = values[features[j] ?? 0] ?? Number.NaN
    const passes = Number.isNaN(value) ? missing[j] === 1 : value > (low[j] ?? 0) && value <= (high[j] ?? 0)
    if (passes) pattern |= 1 << j
  }
  return pattern
}

/** One feature on the way to a leaf; met twice it is one feature still. */
interface Step {
  readonly feature: number
  readonly low: number
  readonly high: number
  readonly missing: boolean
  readonly open: number
}

function leavesOf(tree: Tree): Leaf[] {
  const leaves: Leaf[] = []
  const visit = (node: number, path: readonly Step[]): void => {
    const [left, right] = [tree.left[node] ?? -1, tree.right[node] ?? -1]
    if (left < 0) {
      leaves.push(leafOf(tree.value[node] ?? 0, path))
      return
    }
    const feature = tree.feature[node] ?? 0
    const cut = tree.threshold[node] ?? 0
    const missing = tree.missingLeft[node] ?? false
    const share = (child: number): number => (tree.cover[child] ?? 0) / (tree.cover[node] ?? 1)
    visit(
      left,
      extended(path, { feature, low: Number.NEGATIVE_INFINITY, high: cut, missing, open: share(left) }),
    )
    visit(
      right,
      extended(path, {
        feature,
        low: cut,
        high: Number.POSITIVE_INFINITY,
        missing: !missing,
        open: share(right),
      }),
    )
  }
  visit(0, [])
  return leaves
}

function extended(path: readonly Step[], step: Step): Step[] {
  const before = path.find(({ feature }) => feature === step.feature)
  if (!before) return [...path, step]
  const both = {
    feature: step.feature,
    low: Math.max(before.low, step.low),
    high: Math.min(before.high, step.high),
    missing: before.missing && step.missing,
    open: before.open * step.open,
  }
  return path.map((one) => (one === before ? both : one))
}

function leafOf(value: number, path: readonly Step[]): Leaf {
  return {
    value,
    features: Int32Array.from(path, ({ feature }) => feature),
    low: Float64Array.from(path, ({ low }) => low),
    high: Float64Array.from(path, ({ high }) => high),
    missing: Uint8Array.from(path, ({ missing }) => (missing ? 1 : 0)),
    open: Float64Array.from(path, ({ open }) => open),
    known: [],
  }
}

function contributionsOf({ value, open }: Leaf, pattern: number): Float64Array {
  const passes = (j: number): number => (pattern >> j) & 1
  return open.map((share, j) => value * (passes(j) - share) * weightedSubsets(open, passes, j))
}

/**
 * Σ over subsets S of the features other than `skip`: |S|!(m−|S|−1)!/m! × Π_{S} passes × Π_{not S} open, m = length of
 * the path, from the sums over subsets of size 0, 1, … m − 1.
 */
function weightedSubsets(open: Float64Array, passes: (j: number) => number, skip: number): number {
  const sums = new Float64Array(open.length)
  sums[0] = 1
  let size = 0
  open.forEach((share, other) => {
    if (other === skip) return
    size++
    for (let k = size; k > 0; k--) sums[k] = (sums[k] ?? 0) * share + (sums[k - 1] ?? 0) * passes(other)
    sums[0] = (sums[0] ?? 0) * share
  })
  let weight = 1 / open.length
  let sum = 0
  for (let k = 0; k <= size; k++) {
    sum += weight * (sums[k] ?? 0)
    weight *= (k + 1) / Math.max(size - k, 1)
  }
  return sum
}
