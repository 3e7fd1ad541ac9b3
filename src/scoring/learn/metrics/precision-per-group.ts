import { positivesOnTop } from './lift.ts'

/**
 * Mean over groups (one rep's customers each) of the share of positives among the `places` best-scored rows.
 * Groups with fewer rows are judged on the rows they have. Null when there is no row.
 */
export function precisionPerGroup(
  y: Float64Array,
  score: Float64Array,
  group: ArrayLike<number>,
  places = 5,
): number | null {
  const members = new Map<number, number[]>()
  for (let i = 0; i < y.length; i++) {
    const key = group[i] ?? 0
    const rows = members.get(key)
    if (rows) rows.push(i)
    else members.set(key, [i])
  }
  let sum = 0
  for (const rows of members.values()) {
    const taken = Math.min(places, rows.length)
    const labels = Float64Array.from(rows, (row) => y[row] ?? 0)
    const scores = Float64Array.from(rows, (row) => score[row] ?? 0)
    sum += positivesOnTop(labels, scores, taken) / taken
  }
  return members.size === 0 ? null : sum / members.size
}
