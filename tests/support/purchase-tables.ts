import { createPurchaseCounter } from '../../src/scoring/models/purchase-cells.ts'
import { createSpendCollector } from '../../src/scoring/models/spend-rows.ts'
import type { PurchaseData } from '../../src/scoring/purchase-history.ts'

/** One order of a published log. */
export interface DatedPurchase {
  readonly customer: string
  readonly day: number
  readonly amount: number
}

/** A customer as known at the end of the calibration (times in weeks), and what came later. */
export interface ObservedCustomer {
  readonly x: number
  readonly tx: number
  readonly age: number
  /** Mean amount of the repeat purchases. */
  readonly mean: number
  /** Purchase days in the hold-out. */
  readonly later: number
}

/** Customers in the order of their first row. */
export function observe(
  purchases: readonly DatedPurchase[],
  end: number,
  holdoutEnd: number,
): ObservedCustomer[] {
  const customers = new Map<string, Map<number, number>>()
  for (const { customer, day, amount } of purchases) {
    const days = customers.get(customer) ?? new Map<number, number>()
    days.set(day, (days.get(day) ?? 0) + amount)
    customers.set(customer, days)
  }
  return [...customers.values()].flatMap((days) => {
    const known = [...days.keys()].filter((day) => day <= end).sort((a, b) => a - b)
    const [first, last] = [known[0], known.at(-1)]
    if (first === undefined || last === undefined) return []
    const x = known.length - 1
    const spent = known.slice(1).reduce((sum, day) => sum + (days.get(day) ?? 0), 0)
    const later = [...days.keys()].filter((day) => day > end && day <= holdoutEnd).length
    return [{ x, tx: (last - first) / 7, age: (end - first) / 7, mean: x === 0 ? 0 : spent / x, later }]
  })
}

/** What the models are fitted on, in weeks. */
export function purchaseDataOf(purchases: readonly DatedPurchase[], end: number): PurchaseData {
  const counter = createPurchaseCounter()
  const spend = createSpendCollector()
  for (const { x, tx, age, mean } of observe(purchases, end, end)) {
    counter.add(x, Math.round(7 * tx), Math.round(7 * age))
    spend.add(x, mean)
  }
  return { cells: counter.cells(7), spend: spend.rows() }
}
