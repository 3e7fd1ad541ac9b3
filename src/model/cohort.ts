/**
 * Churn arithmetic: lost customers over the customers of the opening cohort. New and returned customers are
 * counted apart and never netted, so 200 of 1,000 lost and 150 won is 20 %, not 5 %.
 */
export interface CohortCounts {
  /** Customers known and not lost when the period began. */
  readonly opening: number
  /** Of those, the ones that became lost within the period. */
  readonly lost: number
  /** Lost before the period, and back in it. */
  readonly returned: number
  /** First purchase within the period. */
  readonly new: number
}

export interface ChurnRate extends CohortCounts {
  /** lost / opening; null when there is nothing to divide by (无基数). */
  readonly rate: number | null
  /** Wilson 95 % interval of the rate. */
  readonly interval: readonly [number, number] | null
  /** False when the cohort is too small to compare with others (样本不足). */
  readonly enough: boolean
}

/** Below this many customers a rate is shown with 样本不足: one loss more moves it by over three points. */
export const MIN_COHORT = 30

export function churnRate(counts: CohortCounts): ChurnRate {
  const { opening, lost } = counts
  const enough = opening >= MIN_COHORT
  if (opening === 0) return { ...counts, rate: null, interval: null, enough }
  return { ...counts, rate: lost / opening, interval: wilson(lost, opening), enough }
}

/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959_963_984_540_054

/** Wilson score interval (95 %) of `hits` out of `n` > 0; stays inside [0, 1] and is right for small n. */
export function wilson(hits: number, n: number): [number, number] {
  const share = hits / n
  const z2 = (Z * Z) / n
  const centre = share + z2 / 2
  const half = Z * Math.sqrt((share * (1 - share) + z2 / 4) / n)
  return [Math.max(0, (centre - half) / (1 + z2)), Math.min(1, (centre + half) / (1 + z2))]
}
