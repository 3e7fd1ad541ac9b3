import type { PurchaseForecast, PurchaseHistory } from './purchase-model.ts'

export interface ValueTerms {
  /** One week in the model's time unit. */
  readonly week: number
  /** Yearly discount, 0.1 = 10 %. */
  readonly annualDiscount: number
  /** How far ahead, in weeks; a year is 52. */
  readonly weeks: number
}

export interface PurchaseRange {
  readonly low: number
  readonly high: number
}

/** Discounted purchases of customers; remembers what it has worked out per (x, age), so a million are cheap. */
export interface Valuer {
  /** Σ over the weeks of expected purchases × (1 + discount)^(−week/52). */
  discountedPurchases(history: PurchaseHistory): number
  /**
   * The middle 80 % of the number of purchases, discounted alike: how uncertain the value is because people
   * are, even if the model is right. Null where the model cannot say.
   */
  discountedRange(history: PurchaseHistory): PurchaseRange | null
}

const WEEKS_PER_YEAR = 52
const TAIL = 0.1
/** No customer's purchases are counted further than this. */
const MOST_PURCHASES = 4096

export function createValuer(forecast: PurchaseForecast, terms: ValueTerms): Valuer {
  const known = new Map<number, Map<number, number>>()

  function discountedWhileActive(history: PurchaseHistory): number {
    const byAge = known.get(history.x) ?? new Map<number, number>()
    known.set(history.x, byAge)
    const before = byAge.get(history.age)
    if (before !== undefined) return before
    const sum = discountedSum((t) => forecast.expectedWhileActive(history, t), terms)
    byAge.set(history.age, sum)
    return sum
  }

  return {
    discountedPurchases: (history) => forecast.pAlive(history) * discountedWhileActive(history),
    discountedRange(history) {
      const horizon = terms.weeks * terms.week
      const undiscounted = forecast.expectedWhileActive(history, horizon)
      const counts = middleOf(forecast, history, horizon)
      if (counts === null) return null
      const discount = undiscounted > 0 ? discountedWhileActive(history) / undiscounted : 1
      return { low: counts.low * discount, high: counts.high * discount }
    },
  }
}

function discountedSum(expected: (t: number) => number, { week, annualDiscount, weeks }: ValueTerms): number {
  const weekly = (1 + annualDiscount) ** (-1 / WEEKS_PER_YEAR)
  let [before, factor, sum] = [0, 1, 0]
  for (let k = 1; k <= weeks; k++) {
    factor *= weekly
    const until = expected(k * week)
    sum += (until - before) * factor
    before = until
  }
  return sum
}

/** The 10 % and 90 % quantiles of the number of purchases. */
function middleOf(
  forecast: PurchaseForecast,
  history: PurchaseHistory,
  horizon: number,
): PurchaseRange | null {
  for (let most = 64; ; most *= 4) {
    const counts = forecast.purchaseCounts(history, horizon, most)
    if (counts === null) return null
    const high = quantile(counts, 1 - TAIL)
    if (high < counts.length || most >= MOST_PURCHASES) return { low: quantile(counts, TAIL), high }
  }
}

/** Smallest count whose cumulative probability reaches `share`; the length when the list ends before. */
function quantile(counts: readonly number[], share: number): number {
  let sum = 0
  for (const [count, p] of counts.entries()) {
    sum += p
    if (sum >= share) return count
  }
  return counts.length
}
