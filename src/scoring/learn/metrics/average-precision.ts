import { forEachTie, orderOf } from '../rank.ts'

/** Area under the precision-recall curve, Σ ΔR·P over distinct scores; null without positives. */
export function averagePrecision(y: Float64Array, score: Float64Array): number | null {
  const falling = score.map((value) => -value)
  const order = orderOf(falling)
  const total = y.reduce((sum, value) => sum + value, 0)
  if (total === 0) return null
  let [hits, area] = [0, 0]
  forEachTie(falling, order, (from, to) => {
    let block = 0
    for (let k = from; k < to; k++) block += y[order[k] ?? 0] ?? 0
    hits += block
    area += (block / total) * (hits / to)
  })
  return area
}
