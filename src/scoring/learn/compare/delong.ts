import { averageRanks } from '../rank.ts'

/** The difference of two AUCs on the same rows. */
export interface AucDifference {
  readonly difference: number
  /** DeLong, DeLong & Clarke-Pearson 1988; zero when the two rank every pair alike. */
  readonly se: number
}

/** AUC(a) − AUC(b) with the standard error that knows both were judged on the same customers. */
export function compareAuc(y: Float64Array, a: Float64Array, b: Float64Array): AucDifference | null {
  const first = placements(y, a)
  const second = placements(y, b)
  if (!first || !second) return null
  const positive = first.positive.map((value, i) => value - (second.positive[i] ?? 0))
  const negative = first.negative.map((value, i) => value - (second.negative[i] ?? 0))
  const variance = varianceOfMean(positive) + varianceOfMean(negative)
  return { difference: mean(positive), se: Math.sqrt(variance) }
}

/** For each positive the share of negatives below it; for each negative the share of positives above it. */
function placements(
  y: Float64Array,
  score: Float64Array,
): { positive: Float64Array; negative: Float64Array } | null {
  const isPositive = (_: number, i: number): boolean => (y[i] ?? 0) >= 0.5
  const up = score.filter(isPositive)
  const down = score.filter((value, i) => !isPositive(value, i))
  if (up.length === 0 || down.length === 0) return null
  const overall = averageRanks(score)
  const rankUp = overall.filter(isPositive)
  const rankDown = overall.filter((value, i) => !isPositive(value, i))
  const withinUp = averageRanks(up)
  const withinDown = averageRanks(down)
  return {
    positive: rankUp.map((rank, i) => (rank - (withinUp[i] ?? 0)) / down.length),
    negative: rankDown.map((rank, i) => 1 - (rank - (withinDown[i] ?? 0)) / up.length),
  }
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function varianceOfMean(values: Float64Array): number {
  if (values.length < 2) return 0
  const centre = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  return squares / (values.length - 1) / values.length
}
