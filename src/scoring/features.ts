import type { ChurnFacts } from '../model/churn-status.ts'
import type { EventFact } from '../model/customer-facts.ts'
import type { Day } from '../model/day.ts'

/** A fact a feature was taken from, for the explanation. */
export interface Origin {
  readonly table: 'events' | 'surveys' | 'follow_ups'
  readonly id: number
  readonly day: Day
}

/** One purchase: all orders of a day together. */
export interface Purchase {
  readonly id: number
  readonly day: Day
  /** 分; null when no order of the day told an amount. */
  readonly amount: number | null
  /** Every order of the day told its amount. */
  readonly priced: boolean
}

/** The own rhythm of a customer with at least one gap between purchases. */
export interface Cycle {
  readonly gaps: number
  /** Own median and longest gap in calendar days: what a person would count. */
  readonly median: number
  readonly longest: number
  /** Shrunken typical gap and own P90, long holidays not counted. */
  readonly typical: number
  readonly p90: number
}

export interface Spoken extends Origin {
  readonly text: string
}

export interface Complaint extends Origin {
  readonly kind: 'complaint' | 'ticket'
  readonly open: boolean
  readonly text: string
}

/** Kinds whose silence rules ask for. */
export type WatchedKind = 'login' | 'consult' | 'order' | 'browse' | 'review'

/**
 * Everything signals and scorers may know of one customer as of a day. Ages are whole days from a fact's day to
 * as-of. Null is unknown (missing is not zero).
 */
export interface Features {
  readonly customerId: number
  readonly segment: string
  readonly asOf: Day
  /** First dated fact, or the day the customer is known since. */
  readonly firstSeen: Day | null
  /** Everything that happened, oldest first. */
  readonly events: readonly EventFact[]
  /** Days with an order. */
  readonly orderDays: number
  /** Days with any activity of the customer, capped at `ACTIVE_DAYS_CAP`. */
  readonly activeDays: number
  readonly firstOrder: Day | null
  /** Every purchase day, oldest first. */
  readonly orders: readonly Purchase[]
  /** The last purchases, oldest first, at most `RECENT_PURCHASES`. */
  readonly purchases: readonly Purchase[]
  readonly cycle: Cycle | null
  /** The segment's typical gap, for customers without a cycle. */
  readonly segmentGap: number
  /** Days since the last order: by the calendar, and without long holidays. */
  readonly silence: { readonly days: number; readonly counted: number } | null
  /**
   * Days since the customer last did this, or since it was first seen when it never did. Null when the kind
   * exists nowhere in the database: an absent source says nothing.
   */
  readonly silenceBy: Readonly<Record<WatchedKind, number | null>>
  /** Days since the customer last did this; null when it never did. */
  readonly lastDone: Readonly<Record<WatchedKind, number | null>>
  /** Days since any activity. */
  readonly idleDays: number | null
  /** Interactions in the last 30 days, and how many the 90 days before let expect for as many working days. */
  readonly activity: { readonly recent: number; readonly expected: number } | null
  /** Median amounts (分) of the last three purchases and of those before. */
  readonly amounts: { readonly recent: number; readonly usual: number } | null
  /** Net revenue, 分. */
  readonly revenue12m: number
  readonly revenueTotal: number
  readonly complaints: readonly Complaint[]
  readonly contactChanges: readonly Spoken[]
  /** Who of us the customer removed from its chat contacts and has not added again, oldest first. */
  readonly contactDeletions: readonly Spoken[]
  readonly nps: (Origin & { readonly score: number; readonly before: number | null }) | null
  /** What was said lately, newest first. */
  readonly spoken: readonly Spoken[]
  readonly renewal: { readonly on: Day; readonly renewed: boolean } | null
  readonly cancel: Spoken | null
  /** What the churn definitions look at. */
  readonly history: ChurnFacts
}

/** Distinct active days counted at most: more say no more about whether there is enough data. */
export const ACTIVE_DAYS_CAP = 10
export const RECENT_PURCHASES = 24
