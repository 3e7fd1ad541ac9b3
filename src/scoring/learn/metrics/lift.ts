import { forEachTie, orderOf } from '../rank.ts'

/**
 * Positives among the best-scored `share` of the rows (rounded up), over what chance would find there. The tied
 * block at the edge counts at its mean rate. Null without positives. Its ceiling is 1 / base rate.
 */
export function lift(y: Float64Array, score: Float64Array, share = 0.1): number | null {
  const base = y.reduce((sum, value) => sum + value, 0) / y.length
  if (!(base > 0)) return null
  // 0.1·30 is 3.0000000000000004 in floating point: without the small step back it would round up to 4.
  const places = Math.max(1, Math.ceil(share * y.length - 1e-9))
  return positivesOnTop(y, score, places) / places / base
}

/** Expected number of positives among the `places` best-scored rows, tied rows taken at their mean rate. */
export function positivesOnTop(y: Float64Array, score: Float64Array, places: number): number {
  const falling = score.map((value) => -value)
  const order = orderOf(falling)
  let found = 0
  forEachTie(falling, order, (from, to) => {
    if (from >= places) return
    let block = 0
    for (let k = from; k < to; k++) block += y[order[k] ?? 0] ?? 0
    found += (block * (Math.min(to, places) - from)) / (to - from)
  })
  return found
}
