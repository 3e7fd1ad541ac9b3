import type { PurchaseRow } from '../../src/scoring/learn/history/purchase-log.ts'
import { draws } from './simulate-purchases.ts'

export interface SeasonalOrders {
  readonly customers: number
  /** Days observed; customers join all along. */
  readonly days: number
  readonly seed?: number
  /** The rate of buying swings by this share around its mean: 0 is no season at all. */
  readonly swing: number
  /** Day of the year on which people buy most. */
  readonly peak?: number
  /** The swing itself changes from year to year by this share of it. */
  readonly unlike?: number
}

const YEAR = 365
/** Rates of buying per day: Gamma(shape, rate), so about one purchase in 80 days, very different from one to another. */
const RATES = { shape: 1.2, rate: 100 }
/** Chance of leaving after a purchase: Beta(a, b). */
const LEAVING = { a: 0.8, b: 6 }

/** Customers who join evenly, buy at their own rate times the season of the day, and may leave after a purchase. */
export function seasonalOrders(options: SeasonalOrders): PurchaseRow[] {
  const { customers, days, seed = 1, swing, peak = 340, unlike = 0 } = options
  const random = draws(seed)
  const years = Array.from(
    { length: Math.ceil(days / YEAR) + 1 },
    () => 1 + unlike * (2 * random.uniform() - 1),
  )
  const most = 1 + swing * (1 + unlike)
  const season = (day: number): number =>
    Math.max(
      0,
      1 + swing * (years[Math.floor(day / YEAR)] ?? 1) * Math.cos((2 * Math.PI * (day - peak)) / YEAR),
    )
  const rows: PurchaseRow[] = []
  for (let customer = 0; customer < customers; customer++) {
    const rate = random.gamma(RATES.shape, RATES.rate)
    const leaves = random.beta(LEAVING.a, LEAVING.b)
    // Draws at the highest rate and keeps each with the season's share of it.
    for (let t = days * random.uniform(); t < days; t += random.exponential(rate * most)) {
      const first = rows.at(-1)?.customer !== customer
      if (!first && random.uniform() * most > season(t)) continue
      rows.push({ customer, day: Math.floor(t), amount: Math.round(20 + 80 * random.uniform()) })
      if (random.uniform() < leaves) break
    }
  }
  return rows
}
