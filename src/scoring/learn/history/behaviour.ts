import type { Day } from '../../../model/day.ts'
import type { ColumnSpec, Monotone } from '../matrix.ts'
import { gapsOf } from './gaps.ts'
import { medianOfSorted } from './median.ts'
import type { History } from './purchase-log.ts'

/** What the features need to know of the company, frozen as of the same day. */
export interface BehaviourScale {
  /** Days ahead that risk speaks of; the windows of the counts are multiples of it. */
  readonly horizon: number
  /** Usual gap of all customers, in days: stands in where somebody has bought only once. */
  readonly gap: number
}

function spec(name: string, log1p: boolean, monotone: Monotone = 0): ColumnSpec {
  return { name, log1p, monotone }
}

/** Features of purchase days alone. Signs are given only where an equal customer with more of it cannot be safer. */
const DAY_COLUMNS = [
  spec('recency', true, 1),
  spec('tenure', true),
  spec('orders', true),
  spec('ordersThird', true, -1),
  spec('ordersHorizon', true, -1),
  spec('ordersTwice', true, -1),
  spec('ordersFour', true, -1),
  spec('gapMean', true),
  spec('gapMedian', true),
  spec('gapMax', true),
  spec('gapCv', false),
  spec('gapLast', true),
  spec('recencyOverMedian', true),
  spec('recencyOverMax', true),
  spec('recencyOverTenure', false),
  spec('orderRate', false),
  spec('newerHalf', false),
] as const

/** Features of amounts; left out as a whole when the company records none. */
const AMOUNT_COLUMNS = [
  spec('spendTotal', true),
  spec('spendMean', true),
  spec('spendLastRatio', true),
  spec('spendTwice', true),
] as const

/** The columns that `behaviourOf` fills, in its order: 21, or 17 without amounts. */
export function behaviourColumns(withAmounts: boolean): readonly ColumnSpec[] {
  return withAmounts ? [...DAY_COLUMNS, ...AMOUNT_COLUMNS] : DAY_COLUMNS
}

/** One customer's features at the end of `asOf`. The history must hold a purchase and none after `asOf`. */
export function behaviourOf(history: History, asOf: Day, scale: BehaviourScale): number[] {
  const { days, amounts } = history
  const { horizon } = scale
  const orders = days.length
  const recency = asOf - (days[orders - 1] ?? asOf)
  const tenure = asOf - (days[0] ?? asOf)
  const gaps = gapFeatures(gapsOf(days), Math.max(tenure, scale.gap))
  const features = [
    recency,
    tenure,
    orders,
    within(days, asOf, horizon / 3),
    within(days, asOf, horizon),
    within(days, asOf, 2 * horizon),
    within(days, asOf, 4 * horizon),
    gaps.mean,
    gaps.median,
    gaps.max,
    gaps.cv,
    gaps.last,
    recency / Math.max(gaps.median, 1),
    recency / Math.max(gaps.max, 1),
    recency / Math.max(tenure, 1),
    orders / (tenure + horizon),
    within(days, asOf, tenure / 2) / orders - 0.5,
  ]
  return amounts ? [...features, ...amountFeatures(days, amounts, asOf, 2 * horizon)] : features
}

/** Purchases whose age is below the window. */
function within(days: Int32Array, asOf: Day, window: number): number {
  let count = 0
  for (let i = days.length - 1; i >= 0 && asOf - (days[i] ?? 0) < window; i--) count++
  return count
}

function gapFeatures(
  gaps: Float64Array,
  standIn: number,
): { mean: number; median: number; max: number; cv: number; last: number } {
  if (gaps.length === 0) return { mean: standIn, median: standIn, max: standIn, cv: 0, last: standIn }
  const last = gaps[gaps.length - 1] ?? 0
  const sorted = gaps.sort()
  const mean = sorted.reduce((sum, gap) => sum + gap, 0) / sorted.length
  const variance = sorted.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / sorted.length
  const max = sorted[sorted.length - 1] ?? 0
  return { mean, median: medianOfSorted(sorted) ?? 0, max, cv: Math.sqrt(variance) / mean, last }
}

/** Total, mean, last against mean, and sum within the window; unknown amounts make what they enter unknown. */
function amountFeatures(days: Int32Array, amounts: Float64Array, asOf: Day, window: number): number[] {
  let [total, recent] = [0, 0]
  for (let i = 0; i < days.length; i++) {
    const amount = amounts[i] ?? Number.NaN
    total += amount
    if (asOf - (days[i] ?? 0) < window) recent += amount
  }
  const mean = total / days.length
  const last = amounts[days.length - 1] ?? Number.NaN
  return [total, mean, mean > 0 ? last / mean : Number.NaN, recent]
}
