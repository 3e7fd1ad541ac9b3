import { medianOfSorted } from './median.ts'
import type { PurchaseLog } from './purchase-log.ts'

/** Days between neighbouring purchases of one customer. */
export function gapsOf(days: Int32Array): Float64Array {
  const gaps = new Float64Array(Math.max(0, days.length - 1))
  for (let i = 0; i < gaps.length; i++) gaps[i] = (days[i + 1] ?? 0) - (days[i] ?? 0)
  return gaps
}

/** Every gap of every customer in the log. */
export function allGaps(log: PurchaseLog): Float64Array {
  const gaps = new Float64Array(log.days.length)
  let count = 0
  for (let customer = 0; customer < log.customers; customer++) {
    const end = log.offsets[customer + 1] ?? 0
    for (let at = (log.offsets[customer] ?? 0) + 1; at < end; at++) {
      gaps[count] = (log.days[at] ?? 0) - (log.days[at - 1] ?? 0)
      count++
    }
  }
  return gaps.slice(0, count)
}

/** The middle gap between purchases of the whole log; null when nobody has bought twice. */
export function populationGap(log: PurchaseLog): number | null {
  return medianOfSorted(allGaps(log).sort())
}
