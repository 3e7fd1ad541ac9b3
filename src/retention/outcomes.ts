import type { Day } from '../model/day.ts'
import type { OutcomeDays } from '../model/experiment.ts'

/** Orders of one day; the amount is 分, null when it is not known of all of them. */
export interface Bought {
  readonly day: Day
  readonly amount: number | null
}

/** What became of a customer within so many days after an alert. */
export interface Outcome {
  readonly days: OutcomeDays
  /** `unknown` until the whole window lies behind, even when an order stands in it already. */
  readonly state: 'kept' | 'not-kept' | 'unknown'
  /** 分 of all orders in the window; null while it is unknown, or when an amount is missing. */
  readonly revenue: number | null
}

/**
 * The outcome of an alert from real orders on the days after it, up to and including day `alertOn + days`. An
 * order of the alert's own day may have come before it and does not count. Orders after `asOf` are not looked at. A
 * window that is not over says nothing: buyers would be known sooner than those who stay away.
 */
export function outcomeOf(
  alertOn: Day,
  orders: readonly Bought[],
  { days, asOf }: { readonly days: OutcomeDays; readonly asOf: Day },
): Outcome {
  if (asOf < alertOn + days) return { days, state: 'unknown', revenue: null }
  const within = orders.filter(({ day }) => day > alertOn && day <= alertOn + days)
  return { days, state: within.length > 0 ? 'kept' : 'not-kept', revenue: sumOf(within) }
}

function sumOf(orders: readonly Bought[]): number | null {
  let sum = 0
  for (const { amount } of orders) {
    if (amount === null) return null
    sum += amount
  }
  return sum
}
