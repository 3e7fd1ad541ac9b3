import type { Day } from '../model/day.ts'
import type { PurchaseDays } from '../store/purchase-days.ts'
import { createPurchaseCounter } from './models/purchase-cells.ts'
import { createSpendCollector } from './models/spend-rows.ts'
import { meanAmount, type PurchaseData, UNIT_DAYS } from './purchase-history.ts'

/** Money of an event; only orders count here. */
interface Row {
  readonly customer_id: number
  readonly kind: string
  readonly day: Day
  readonly amount: number | null
}

/** Collects what the purchase models are fitted on from rows that are read anyway. */
export interface PurchasePass {
  /** Rows by customer, then day; all of a customer's at once. */
  add(rows: readonly Row[]): void
  /** What `loadPurchaseData` reads in weeks. */
  data(): PurchaseData
}

export function createPurchasePass(asOf: Day): PurchasePass {
  const counter = createPurchaseCounter()
  const spend = createSpendCollector()
  return {
    add(rows) {
      for (const one of purchasesOf(rows)) {
        counter.add(one.repeats, one.last - one.first, asOf - one.first)
        spend.add(one.priced, meanAmount(one) ?? 0)
      }
    },
    data: () => ({ cells: counter.cells(UNIT_DAYS.week), spend: spend.rows() }),
  }
}

type Open = { -readonly [K in keyof PurchaseDays]: PurchaseDays[K] } & { dayPriced: boolean }

/** Several orders of one day are one purchase; the first purchase's amount does not count. */
function purchasesOf(rows: readonly Row[]): readonly PurchaseDays[] {
  const all: Open[] = []
  for (const { customer_id: customerId, kind, day, amount } of rows) {
    if (kind !== 'order') continue
    let one = all.at(-1)
    if (one?.customerId !== customerId) {
      one = { customerId, first: day, last: day, repeats: 0, priced: 0, repeatAmount: 0, dayPriced: false }
      all.push(one)
    }
    if (day > one.last) {
      one.last = day
      one.repeats++
      one.dayPriced = false
    }
    if (amount === null || day === one.first) continue
    if (!one.dayPriced) one.priced++
    one.dayPriced = true
    one.repeatAmount += amount
  }
  return all
}
