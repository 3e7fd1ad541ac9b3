import { seededRandom } from '../../src/model/seeded-random.ts'
import type { PurchaseRow } from '../../src/scoring/learn/history/purchase-log.ts'

export interface InventedOrders {
  readonly customers: number
  readonly lastDay: number
  readonly seed?: number
  /** Highest chance of giving up after a purchase; each customer has an own one below it. */
  readonly leaving?: number
  readonly amounts?: boolean
}

/** Customers who buy at their own pace (8 to 160 days) and give up after any purchase with their own chance. */
export function inventedOrders(options: InventedOrders): PurchaseRow[] {
  const { customers, lastDay, seed = 5, leaving = 0.1, amounts = true } = options
  const random = seededRandom(seed)
  const rows: PurchaseRow[] = []
  for (let customer = 0; customer < customers; customer++) {
    const pace = 8 * Math.exp(3 * random())
    const leaves = random() * leaving
    for (
      let day = Math.floor(random() * 200);
      day <= lastDay;
      day += Math.ceil(-pace * Math.log(1 - random()))
    ) {
      const amount = Math.round(20 + 80 * random())
      rows.push({ customer, day, amount: amounts ? amount : null })
      if (random() < leaves) break
    }
  }
  return rows
}
