import type { Band, Tier } from './churn.ts'
import type { Day } from './day.ts'
import type { NextOrder } from './next-order.ts'

/** What a signal says about one customer: how much it weighs, and the dated facts it stands on. */
export interface Evidence {
  readonly signal: string
  /** Positive raises risk. Whole points, so that sums are exact. */
  readonly points: number
  readonly facts: readonly Fact[]
}

/**
 * One clause of an explanation as data; `text/` holds the sentence for each `kind`. Every fact has a day
 * and a source row it can be traced to (null only for facts about an absence, e.g. silence since `on`).
 */
export interface Fact {
  readonly kind: string
  readonly on: Day
  readonly values: Readonly<Record<string, number | string>>
  readonly source: {
    readonly table: 'events' | 'surveys' | 'contacts' | 'customers' | 'follow_ups'
    readonly id: number
  } | null
}

/** The latest score of a customer as cards and commands read it. */
export interface Score {
  readonly customerId: number
  readonly runId: number
  readonly asOf: Day
  /** Probability of churn within the horizon; null when there is too little data (数据不足). */
  readonly risk: number | null
  readonly band: Band
  readonly bandSince: Day
  readonly tier: Tier
  readonly stage: string
  readonly stageSince: Day
  readonly rfmSegment: string
  readonly rfm: { readonly r: number; readonly f: number; readonly m: number } | null
  readonly points: number
  /** Revenue of the last 12 months before as-of, 分. */
  readonly value12m: number
  /** Risk × value, for ordering. */
  readonly priority: number
  readonly churned: boolean
  readonly evidence: readonly Evidence[]
  /** When the next order is expected; null without a rhythm. */
  readonly nextOrder: NextOrder | null
}
