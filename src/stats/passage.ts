import type { ChurnDefinition } from '../model/churn.ts'
import { lostOn } from '../model/churn-status.ts'
import type { CohortCounts } from '../model/cohort.ts'
import type { Day } from '../model/day.ts'

/** The dated facts of one customer that churn figures need; days ascending. */
export interface PurchaseHistory {
  readonly orderDays: readonly Day[]
  readonly renewalDays: readonly Day[]
  readonly cancelDays: readonly Day[]
  readonly renewalOn: Day | null
  readonly since: Day | null
  /** Days on which a rep said that the silence is no loss (误报). Holds until the next order. */
  readonly excusedDays: readonly Day[]
  /** The usual gap of the segment in days, for the own-cycle definition. */
  readonly segmentGap: number
}

/** How one customer counts in a period: 0 or 1 each. */
export type Passage = CohortCounts

/**
 * How a customer passes through the days `from` to `to` (both included) by a definition. Whether it was lost on
 * a day is judged by the facts up to that day alone, so a figure does not change when later facts arrive; who is
 * lost within the period and comes back within it was lost all the same.
 */
export function passage(definition: ChurnDefinition, history: PurchaseHistory, from: Day, to: Day): Passage {
  const byRenewal = definition.basis === 'renewal'
  const purchases = byRenewal ? merged(history.orderDays, history.renewalDays) : history.orderDays
  const returns = byRenewal ? history.renewalDays : history.orderDays
  const first = purchases[0]
  const opening = from - 1
  if (!isKnown(history, first, opening, byRenewal)) {
    return { opening: 0, lost: 0, returned: 0, new: first !== undefined && first <= to ? 1 : 0 }
  }
  const within = returns.filter((day) => day >= from && day <= to)
  if (isLost(definition, history, purchases, opening)) {
    return { opening: 0, lost: 0, returned: within.length > 0 ? 1 : 0, new: 0 }
  }
  const moments = [...within.map((day) => day - 1), to]
  const lost = moments.some((cut) => cut > opening && isLost(definition, history, purchases, cut))
  return { opening: 1, lost: lost ? 1 : 0, returned: 0, new: 0 }
}

/** A customer is known from its first purchase on; one with a contract from the day it became a customer. */
function isKnown(history: PurchaseHistory, first: Day | undefined, on: Day, byRenewal: boolean): boolean {
  if (first !== undefined && first <= on) return true
  return byRenewal && history.renewalOn !== null && history.since !== null && history.since <= on
}

function isLost(
  definition: ChurnDefinition,
  history: PurchaseHistory,
  purchases: readonly Day[],
  cut: Day,
): boolean {
  const last = purchases.findLast((day) => day <= cut) ?? 0
  if (history.excusedDays.some((day) => day <= cut && day >= last)) return false
  // Nobody is lost by silence before the shortest silence that the definition knows.
  const silenceCounts = definition.basis === 'renewal' || cut - last >= definition.days
  if (!silenceCounts && history.cancelDays.length === 0) return false
  const until = (days: readonly Day[]): readonly Day[] => days.filter((day) => day <= cut)
  const day = lostOn(definition, {
    orderDays: until(history.orderDays),
    renewalDays: until(history.renewalDays),
    cancelDays: until(history.cancelDays),
    renewalOn: history.renewalOn,
    segmentGap: history.segmentGap,
    asOf: cut,
  })
  return day !== null
}

function merged(a: readonly Day[], b: readonly Day[]): Day[] {
  return [...a, ...b].sort((x, y) => x - y)
}
