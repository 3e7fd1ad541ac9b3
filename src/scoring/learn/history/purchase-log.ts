import type { Day } from '../../../model/day.ts'
import { createPurchaseLogBuilder } from './purchase-log-builder.ts'

/** Purchase days of many customers in flat arrays; several orders of one customer on one day are one purchase. */
export interface PurchaseLog {
  readonly customers: number
  /** Customer i owns the places offsets[i] … offsets[i+1] − 1. */
  readonly offsets: Uint32Array
  /** Rising within a customer. */
  readonly days: Int32Array
  /** Money of each purchase day in one unit; null when the company does not record amounts. */
  readonly amounts: Float64Array | null
  /** The last day that was observed, with or without a purchase. */
  readonly lastDay: Day
  /** Segment of each customer as of today, where customers have one. */
  readonly segments?: readonly string[] | undefined
}

/** One order: customers are numbered from 0. */
export interface PurchaseRow {
  readonly customer: number
  readonly day: Day
  readonly amount: number | null
}

/** One customer's purchase days, oldest first. */
export interface History {
  readonly days: Int32Array
  readonly amounts: Float64Array | null
}

/** Sorts orders into a log, adding up the orders of one day. One order without an amount leaves its day unknown. */
export function purchaseLog(rows: readonly PurchaseRow[], lastDay: Day): PurchaseLog {
  const builder = createPurchaseLogBuilder()
  const sorted = [...rows].sort((a, b) => a.customer - b.customer || a.day - b.day)
  for (const { customer, day, amount } of sorted) builder.add(customer, day, amount)
  return builder.build(lastDay)
}

/** The log as it was known at the end of `asOf`: later rows are not in it at all. */
export function logAsOf(log: PurchaseLog, asOf: Day): PurchaseLog {
  const offsets = new Uint32Array(log.customers + 1)
  const kept = new Uint32Array(log.days.length)
  let places = 0
  for (let customer = 0; customer < log.customers; customer++) {
    const end = log.offsets[customer + 1] ?? 0
    for (let at = log.offsets[customer] ?? 0; at < end && (log.days[at] ?? 0) <= asOf; at++) {
      kept[places] = at
      places++
    }
    offsets[customer + 1] = places
  }
  const rows = kept.subarray(0, places)
  const amounts = log.amounts && Float64Array.from(rows, (at) => log.amounts?.[at] ?? Number.NaN)
  return {
    ...log,
    offsets,
    days: Int32Array.from(rows, (at) => log.days[at] ?? 0),
    // Whether the company recorded amounts at all is to be seen by that day too.
    amounts: amounts?.some((amount) => !Number.isNaN(amount)) ? amounts : null,
    lastDay: Math.min(log.lastDay, asOf),
  }
}

/** One customer's days in the log. */
export function historyOf(log: PurchaseLog, customer: number): History {
  const [from, to] = [log.offsets[customer] ?? 0, log.offsets[customer + 1] ?? 0]
  return { days: log.days.subarray(from, to), amounts: log.amounts?.subarray(from, to) ?? null }
}

/** Customers with at least one purchase in the log. */
export function buyersOf(log: PurchaseLog): Uint32Array {
  const all = Uint32Array.from({ length: log.customers }, (_, customer) => customer)
  return all.filter((customer) => (log.offsets[customer + 1] ?? 0) > (log.offsets[customer] ?? 0))
}

/** The first purchase day of all, or null when there is none. */
export function firstDayOf(log: PurchaseLog): Day | null {
  if (log.days.length === 0) return null
  return log.days.reduce((first, day) => Math.min(first, day), log.lastDay)
}
