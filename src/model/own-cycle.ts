/**
 * A customer's own purchase cycle: the median of the own gaps, pulled to the segment's median while there are
 * few of them. `g = (n·own + 3·segment) / (n + 3)`, n = number of gaps.
 */
export const SEGMENT_WEIGHT = 3

/** Gaps needed before a customer counts as having a cycle of its own: three order days. */
export const OWN_CYCLE_MIN_GAPS = 2

/** The shrunken typical gap in days. Without gaps it is the segment's. */
export function typicalGap(gaps: readonly number[], segmentGap: number): number {
  if (gaps.length === 0) return segmentGap
  return (gaps.length * quantile(gaps, 0.5) + SEGMENT_WEIGHT * segmentGap) / (gaps.length + SEGMENT_WEIGHT)
}

/** Linear-interpolated quantile (0..1) of values in any order; the median is `quantile(values, 0.5)`. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const below = Math.floor(position)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[below + 1] ?? low
  return low + (high - low) * (position - below)
}

/** Differences between consecutive values of an ascending list. */
export function gapsOf(days: readonly number[]): number[] {
  return days.slice(1).map((day, index) => day - (days[index] ?? day))
}
