import type { Binned, BinnedFeature } from './bin-columns.ts'
import { type Bounds, findSplit, nodeValue, type Split, type SplitLimits, type Totals } from './find-split.ts'
import { type Derivatives, type Histogram, histogramOf, siblingOf } from './histogram.ts'
import type { Tree } from './tree-model.ts'

/** A leaf that may still be split. */
interface Open {
  readonly node: number
  readonly rows: Uint32Array
  readonly histogram: Histogram
  readonly totals: Totals
  readonly split: Split | null
}

export interface GrowOptions extends SplitLimits {
  readonly maxLeaves: number
  readonly rate: number
}

/** A grown tree and, for each of its nodes, the last bin that goes left: rows are dropped through it by bin. */
export interface Grown {
  readonly tree: Tree
  readonly splitBin: number[]
}

/** Grows one tree best leaf first. */
export function growTree(binned: Binned, at: Derivatives, rows: Uint32Array, options: GrowOptions): Grown {
  const grown: Grown = { tree: emptyTree(), splitBin: [] }
  const free: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  const totals = totalsOf(at, rows)
  const open = [openLeaf(grown, binned, rows, histogramOf(binned, at, rows), totals, free, options)]
  for (let leaves = 1; leaves < options.maxLeaves; leaves++) {
    const best = takeBest(open)
    if (!best?.split) break
    open.push(...splitLeaf(grown, binned, at, best, best.split, options))
  }
  return grown
}

function emptyTree(): Tree {
  return { feature: [], threshold: [], missingLeft: [], left: [], right: [], value: [], cover: [] }
}

function totalsOf(at: Derivatives, rows: Uint32Array): Totals {
  let [gradient, curvature] = [0, 0]
  for (const row of rows) {
    gradient += at.gradient[row] ?? 0
    curvature += at.curvature[row] ?? 0
  }
  return { gradient, curvature, rows: rows.length }
}

/** Adds a leaf to the tree and looks for its best split. */
function openLeaf(
  { tree, splitBin }: Grown,
  binned: Binned,
  rows: Uint32Array,
  histogram: Histogram,
  totals: Totals,
  bounds: Bounds,
  options: GrowOptions,
): Open {
  const node = tree.value.length
  tree.feature.push(-1)
  tree.threshold.push(0)
  tree.missingLeft.push(false)
  tree.left.push(-1)
  tree.right.push(-1)
  tree.value.push(options.rate * nodeValue(totals, options, bounds))
  tree.cover.push(rows.length)
  splitBin.push(-1)
  return { node, rows, histogram, totals, split: findSplit(binned, histogram, totals, bounds, options) }
}

/** Removes and returns the open leaf with the highest gain (the oldest one among equals). */
function takeBest(open: Open[]): Open | null {
  let at = -1
  open.forEach((leaf, i) => {
    if (leaf.split && leaf.split.gain > (open[at]?.split?.gain ?? 0)) at = i
  })
  return at < 0 ? null : (open.splice(at, 1)[0] ?? null)
}

function splitLeaf(
  grown: Grown,
  binned: Binned,
  at: Derivatives,
  leaf: Open,
  split: Split,
  options: GrowOptions,
): [Open, Open] {
  const feature = binned.features[split.feature]
  if (!feature) throw new RangeError('a split names a feature that is not there')
  const [leftRows, rightRows] = partition(leaf.rows, feature, split)
  const leftIsSmall = leftRows.length <= rightRows.length
  const small = histogramOf(binned, at, leftIsSmall ? leftRows : rightRows)
  const large = siblingOf(leaf.histogram, small)
  const [left, right] = leftIsSmall ? [small, large] : [large, small]
  const leftLeaf = openLeaf(grown, binned, leftRows, left, split.left, split.leftBounds, options)
  const rightLeaf = openLeaf(grown, binned, rightRows, right, split.right, split.rightBounds, options)
  const { tree, splitBin } = grown
  tree.feature[leaf.node] = split.feature
  tree.threshold[leaf.node] = feature.cuts[split.bin] ?? 0
  tree.missingLeft[leaf.node] = split.missingLeft
  tree.left[leaf.node] = leftLeaf.node
  tree.right[leaf.node] = rightLeaf.node
  tree.value[leaf.node] = 0
  splitBin[leaf.node] = split.bin
  return [leftLeaf, rightLeaf]
}

/** The rows on both sides of a split, each in their old order. */
function partition(
  rows: Uint32Array,
  { bins, missingBin }: BinnedFeature,
  split: Split,
): [Uint32Array, Uint32Array] {
  const left = new Uint32Array(split.left.rows)
  const right = new Uint32Array(split.right.rows)
  let [toLeft, toRight] = [0, 0]
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0
    const bin = bins[row] ?? missingBin
    if (bin === missingBin ? split.missingLeft : bin <= split.bin) left[toLeft++] = row
    else right[toRight++] = row
  }
  return [left, right]
}
