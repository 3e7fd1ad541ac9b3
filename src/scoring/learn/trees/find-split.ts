import type { Binned, BinnedFeature } from './bin-columns.ts'
import type { Histogram } from './histogram.ts'

/** The limits a tree grows under. */
export interface SplitLimits {
  readonly lambda: number
  readonly gamma: number
  readonly minRows: number
  readonly minCurvature: number
}

/** Sums over the rows of a node. */
export interface Totals {
  readonly gradient: number
  readonly curvature: number
  readonly rows: number
}

/** Bounds that monotone splits above have put on a node's value. */
export interface Bounds {
  readonly low: number
  readonly high: number
}

export interface Split {
  readonly feature: number
  /** Rows in bins up to this one go left. */
  readonly bin: number
  readonly missingLeft: boolean
  readonly gain: number
  readonly left: Totals
  readonly right: Totals
  readonly leftBounds: Bounds
  readonly rightBounds: Bounds
}

/** A place to cut one feature. */
interface Cut {
  readonly bin: number
  readonly gain: number
  readonly left: Totals
}

/** The best value of a node, −G/(H+λ), within its bounds. */
export function nodeValue(totals: Totals, limits: SplitLimits, bounds: Bounds): number {
  return boundedValue(totals.gradient, totals.curvature, limits, bounds)
}

function boundedValue(gradient: number, curvature: number, limits: SplitLimits, bounds: Bounds): number {
  return Math.min(Math.max(-gradient / (curvature + limits.lambda), bounds.low), bounds.high)
}

/** The fall of the loss when all rows of a node take the value. */
function worth(gradient: number, curvature: number, value: number, lambda: number): number {
  return -(gradient * value + ((curvature + lambda) * value * value) / 2)
}

/** The split with the highest gain, or null. Equal gains: the first feature and the lowest bin win. */
export function findSplit(
  binned: Binned,
  histogram: Histogram,
  totals: Totals,
  bounds: Bounds,
  limits: SplitLimits,
): Split | null {
  if (totals.rows < 2 * limits.minRows) return null
  let best: Split | null = null
  binned.features.forEach((feature, number) => {
    const absent = totalsAt(histogram, feature.offset + feature.missingBin)
    // Without missing rows here, those met later follow the larger child.
    for (const missingLeft of absent.rows > 0 ? [true, false] : [null]) {
      const floor = Math.max(limits.gamma, best?.gain ?? 0)
      const start = missingLeft ? absent : NOTHING
      const cut = scanFeature(feature, histogram, start, totals, bounds, limits, floor)
      if (cut) best = splitAt(number, feature, cut, missingLeft, totals, bounds, limits)
    }
  })
  return best
}

const NOTHING: Totals = { gradient: 0, curvature: 0, rows: 0 }

function totalsAt(histogram: Histogram, bin: number): Totals {
  const [gradient = 0, curvature = 0, rows = 0] = histogram.subarray(bin * 3, bin * 3 + 3)
  return { gradient, curvature, rows }
}

/** The best cut of one feature that gains more than `floor`; `start` already lies on the left. */
function scanFeature(
  feature: BinnedFeature,
  histogram: Histogram,
  start: Totals,
  totals: Totals,
  bounds: Bounds,
  limits: SplitLimits,
  floor: number,
): Cut | null {
  const { lambda, minRows, minCurvature } = limits
  const before = worth(totals.gradient, totals.curvature, nodeValue(totals, limits, bounds), lambda)
  let [gradient, curvature, rows] = [start.gradient, start.curvature, start.rows]
  let best: Cut | null = null
  for (let bin = 0, at = feature.offset * 3; bin < feature.cuts.length; bin++, at += 3) {
    const here = histogram[at + 2] ?? 0
    if (here === 0) continue
    gradient += histogram[at] ?? 0
    curvature += histogram[at + 1] ?? 0
    rows += here
    if (rows < minRows || curvature < minCurvature) continue
    const [otherGradient, otherCurvature] = [totals.gradient - gradient, totals.curvature - curvature]
    if (totals.rows - rows < minRows || otherCurvature < minCurvature) break
    const left = boundedValue(gradient, curvature, limits, bounds)
    const right = boundedValue(otherGradient, otherCurvature, limits, bounds)
    if (feature.monotone * (right - left) < 0) continue
    const gain =
      worth(gradient, curvature, left, lambda) + worth(otherGradient, otherCurvature, right, lambda) - before
    if (gain > (best?.gain ?? floor)) best = { bin, gain, left: { gradient, curvature, rows } }
  }
  return best
}

function splitAt(
  number: number,
  feature: BinnedFeature,
  { bin, gain, left }: Cut,
  missingLeft: boolean | null,
  totals: Totals,
  bounds: Bounds,
  limits: SplitLimits,
): Split {
  const right = {
    gradient: totals.gradient - left.gradient,
    curvature: totals.curvature - left.curvature,
    rows: totals.rows - left.rows,
  }
  return {
    feature: number,
    bin,
    missingLeft: missingLeft ?? left.rows >= right.rows,
    gain,
    left,
    right,
    ...childBounds(feature, left, right, bounds, limits),
  }
}

/** A monotone split keeps all that grows below it on its own side of the middle of both values. */
function childBounds(
  feature: BinnedFeature,
  left: Totals,
  right: Totals,
  bounds: Bounds,
  limits: SplitLimits,
): { leftBounds: Bounds; rightBounds: Bounds } {
  if (feature.monotone === 0) return { leftBounds: bounds, rightBounds: bounds }
  const middle = (nodeValue(left, limits, bounds) + nodeValue(right, limits, bounds)) / 2
  const below = { low: bounds.low, high: middle }
  const above = { low: middle, high: bounds.high }
  return feature.monotone > 0
    ? { leftBounds: below, rightBounds: above }
    : { leftBounds: above, rightBounds: below }
}
