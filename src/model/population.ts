import type { Day } from './day.ts'
import type { EventKind } from './event.ts'

/**
 * What one customer is compared with: computed over all customers as of a day, frozen in the scoring run and
 * stored with it, so that one customer can be scored again alone and gets the same answer.
 */
export interface Population {
  readonly asOf: Day
  /** Kinds of events that exist anywhere up to as-of. A feature over any other kind is unknown, not zero. */
  readonly kinds: readonly EventKind[]
  /** Customers with an order. */
  readonly buyers: number
  /** Median of the customers' own median order gaps in days, per segment with enough of them. */
  readonly segmentGaps: Readonly<Record<string, number>>
  /** The same over all segments; null when no customer has two gaps. */
  readonly gap: number | null
  /** Median of all order gaps of everybody in days; null when nobody has bought twice. */
  readonly orderGap: number | null
  /** Largest value that still scores 1, 2, 3, 4; null without buyers. R is the last order's day. */
  readonly rfm: { readonly r: Cuts; readonly f: Cuts; readonly m: Cuts } | null
  /** Least 12-month revenue (分) of tier A and of tier B. */
  readonly valueCuts: readonly [number, number]
  /** Long public holidays, first and last day, in which silence says nothing; those to come for a year as well. */
  readonly quiet: readonly (readonly [Day, Day])[]
}

export type Cuts = readonly [number, number, number, number]
