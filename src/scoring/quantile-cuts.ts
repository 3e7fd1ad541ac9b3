import type { Cuts } from '../model/population.ts'

/**
 * Quintile cut values by tied ranks: score = clamp(ceil(5·r̄/n), 1, 5) with r̄ the average rank of a tie group,
 * so the same value always gets the same score and no tie is broken by row order. Returned as the largest value
 * that still scores 1, 2, 3 and 4. `values` is sorted in place (ascending = better).
 */
export function quintileCuts(values: Float64Array): Cuts | null {
  const n = values.length
  if (n === 0) return null
  values.sort()
  const below = (values[0] ?? 0) - 1
  const cuts: [number, number, number, number] = [below, below, below, below]
  for (let first = 0; first < n; ) {
    const value = values[first] ?? 0
    let last = first
    while (last + 1 < n && values[last + 1] === value) last++
    // Average rank is (first + last + 2) / 2 counted from one; kept as a whole number of halves.
    const score = Math.min(5, Math.max(1, Math.ceil((5 * (first + last + 2)) / (2 * n))))
    for (let level = score; level <= 4; level++) cuts[level - 1] = value
    first = last + 1
  }
  return cuts
}

/** The score 1..5 of a value by frozen cuts. */
export function quintile(cuts: Cuts, value: number): number {
  let score = 1
  for (const cut of cuts) if (value > cut) score++
  return score
}

/**
 * The least value that still belongs to the top `share` of the values (already sorted ascending). Equal values
 * stay together, so a tier may be a little larger than its share.
 */
export function topCut(sorted: Float64Array, share: number): number {
  const n = sorted.length
  if (n === 0) return Number.MAX_SAFE_INTEGER
  const count = Math.max(1, Math.round(share * n))
  return sorted[n - Math.min(n, count)] ?? 0
}
