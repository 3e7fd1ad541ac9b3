/** The middle of rising numbers, the mean of both middles for an even count; null of nothing. */
export function medianOfSorted(sorted: ArrayLike<number>): number | null {
  if (sorted.length === 0) return null
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

/** The median of numbers in any order; null of nothing. */
export function median(values: ArrayLike<number>): number | null {
  return medianOfSorted(Float64Array.from(values).sort())
}
