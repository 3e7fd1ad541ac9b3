import type { Tree, TreesModel } from './tree-model.ts'

/** The exact Shapley values of boosted trees, row by row. */
export interface TreesExplainer {
  /** The log-odds of an average training row. */
  readonly base: number
  /** Adds `weight` × the contribution of every feature to `points`; both lists are in the order of `model.names`. */
  add(values: ArrayLike<number>, weight: number, points: Float64Array): void
}

/** Answers to more splits than this are not remembered: their patterns hardly come twice. */
const MOST_REMEMBERED = 12
/** Answers of a tree are bits of one whole number. */
const MOST_SPLITS = 30

/** A tree by its splits; bit s of a pattern tells that a row goes left at split s. */
interface SplitTree {
  readonly feature: Int32Array
  readonly cut: Float64Array
  readonly missingLeft: Uint8Array
  /** The different features of the splits. */
  readonly features: Int32Array
  readonly leaves: readonly Leaf[]
  /** Contributions of `features` by pattern, worked out when first met. */
  readonly known: (Float64Array | undefined)[]
}

/** A leaf is a product game over the features of its path. */
interface Leaf {
  readonly value: number
  readonly steps: readonly Step[]
}

/** One feature on the way to a leaf; met at several splits it is one feature still. */
interface Step {
  /** Position among the features of the tree. */
  readonly at: number
  /** Passed when the pattern, under the mask, is `want`. */
  readonly mask: number
  readonly want: number
  /** Share of training rows that pass when the feature is unknown. */
  readonly open: number
}

/**
 * Tree SHAP over training cover. For a subset S of known features a tree is worth the sum over leaves of value ×
 * Π_{S} passes × Π_{not S} open. The answers of a row to the splits decide everything a tree contributes, and there are
 * few such patterns: each is worked out once, then a row costs its answers and one look-up a tree.
 */
export function treesExplainer(model: TreesModel): TreesExplainer {
  const trees = model.trees.map(splitTree)
  const mean = (leaf: Leaf): number => leaf.steps.reduce((product, { open }) => product * open, leaf.value)
  const base = trees.flatMap(({ leaves }) => leaves).reduce((sum, leaf) => sum + mean(leaf), model.base)
  return {
    base,
    add(values, weight, points) {
      for (const tree of trees) addTree(tree, values, weight, points)
    },
  }
}

function addTree(tree: SplitTree, values: ArrayLike<number>, weight: number, points: Float64Array): void {
  const { features } = tree
  const table = tableOf(tree, patternOf(tree, values))
  for (let j = 0; j < features.length; j++) {
    const feature = features[j] ?? 0
    points[feature] = (points[feature] ?? 0) + weight * (table[j] ?? 0)
  }
}

function patternOf({ feature, cut, missingLeft }: SplitTree, values: ArrayLike<number>): number {
  let pattern = 0
  for (let split = 0; split < feature.length; split++) {
    const value = values[feature[split] ?? 0] ?? Number.NaN
    const left = Number.isNaN(value) ? missingLeft[split] === 1 : value <= (cut[split] ?? 0)
    if (left) pattern |= 1 << split
  }
  return pattern
}

function tableOf(tree: SplitTree, pattern: number): Float64Array {
  const known = tree.known[pattern]
  if (known !== undefined) return known
  const table = new Float64Array(tree.features.length)
  for (const leaf of tree.leaves) addLeaf(leaf, pattern, table)
  if (tree.feature.length <= MOST_REMEMBERED) tree.known[pattern] = table
  return table
}

function addLeaf({ value, steps }: Leaf, pattern: number, table: Float64Array): void {
  const passes = steps.map(({ mask, want }) => ((pattern & mask) === want ? 1 : 0))
  steps.forEach(({ at, open }, j) => {
    const gap = value * ((passes[j] ?? 0) - open)
    table[at] = (table[at] ?? 0) + gap * weightedSubsets(steps, passes, j)
  })
}

/**
 * Σ over subsets S of the features other than `skip`: |S|!(m−|S|−1)!/m! × Π_{S} passes × Π_{not S} open, m = length of
 * the path, from the sums over subsets of size 0, 1, … m − 1.
 */
function weightedSubsets(steps: readonly Step[], passes: readonly number[], skip: number): number {
  const sums = new Float64Array(steps.length)
  sums[0] = 1
  let size = 0
  steps.forEach(({ open }, other) => {
    if (other === skip) return
    size++
    for (let k = size; k > 0; k--) sums[k] = (sums[k] ?? 0) * open + (sums[k - 1] ?? 0) * (passes[other] ?? 0)
    sums[0] = (sums[0] ?? 0) * open
  })
  let weight = 1 / steps.length
  let sum = 0
  for (let k = 0; k <= size; k++) {
    sum += weight * (sums[k] ?? 0)
    weight *= (k + 1) / Math.max(size - k, 1)
  }
  return sum
}

function splitTree(tree: Tree): SplitTree {
  const splits = tree.left.flatMap((left, node) => (left < 0 ? [] : [node]))
  if (splits.length > MOST_SPLITS) throw new RangeError(`a tree of more than ${MOST_SPLITS} splits`)
  const feature = Int32Array.from(splits, (node) => tree.feature[node] ?? 0)
  const features = Int32Array.from(new Set(feature))
  return {
    feature,
    cut: Float64Array.from(splits, (node) => tree.threshold[node] ?? 0),
    missingLeft: Uint8Array.from(splits, (node) => (tree.missingLeft[node] ? 1 : 0)),
    features,
    leaves: leavesOf(tree, splits, features),
    known: [],
  }
}

function leavesOf(tree: Tree, splits: readonly number[], features: Int32Array): Leaf[] {
  const leaves: Leaf[] = []
  const visit = (node: number, steps: readonly Step[]): void => {
    const [left, right] = [tree.left[node] ?? -1, tree.right[node] ?? -1]
    if (left < 0) {
      leaves.push({ value: tree.value[node] ?? 0, steps })
      return
    }
    const at = features.indexOf(tree.feature[node] ?? 0)
    const mask = 1 << splits.indexOf(node)
    const share = (child: number): number => (tree.cover[child] ?? 0) / (tree.cover[node] ?? 1)
    visit(left, extended(steps, { at, mask, want: mask, open: share(left) }))
    visit(right, extended(steps, { at, mask, want: 0, open: share(right) }))
  }
  visit(0, [])
  return leaves
}

function extended(steps: readonly Step[], step: Step): Step[] {
  const before = steps.find(({ at }) => at === step.at)
  if (!before) return [...steps, step]
  const both = {
    at: step.at,
    mask: before.mask | step.mask,
    want: before.want | step.want,
    open: before.open * step.open,
  }
  return steps.map((one) => (one === before ? both : one))
}
