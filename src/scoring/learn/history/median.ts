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

/** The median of numbers that are known by how often each occurs; null of nothing. */
export function medianOfCounts(counts: ReadonlyMap<number, number>): number | null {
  const sorted = [...counts].sort(([a], [b]) => a - b)
  const total = sorted.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return null
  const nth = (place: number): number => {
    let passed = 0
    for (const [value, count] of sorted) {
      passed += count
      if (passed > place) return value
    }
    return 0
  }
  return total % 2 === 1 ? nth(total >> 1) : (nth((total >> 1) - 1) + nth(total >> 1)) / 2
}
