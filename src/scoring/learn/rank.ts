/** Row numbers in ascending order of value. Equal values keep row order, which no result here depends on. */
export function orderOf(values: Float64Array): Uint32Array {
  const order = new Uint32Array(values.length)
  for (let i = 0; i < order.length; i++) order[i] = i
  return order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b)
}

/** Ranks from 1; tied values share the mean of their places. */
export function averageRanks(values: Float64Array): Float64Array {
  const order = orderOf(values)
  const ranks = new Float64Array(values.length)
  forEachTie(values, order, (from, to) => {
    for (let k = from; k < to; k++) ranks[order[k] ?? 0] = (from + to + 1) / 2
  })
  return ranks
}

/** Calls `visit(from, to)` for each run of equal values in the order, ends exclusive. */
export function forEachTie(
  values: Float64Array,
  order: Uint32Array,
  visit: (from: number, to: number) => void,
): void {
  let from = 0
  for (let k = 1; k <= order.length; k++) {
    if (k < order.length && values[order[k] ?? 0] === values[order[from] ?? 0]) continue
    visit(from, k)
    from = k
  }
}
