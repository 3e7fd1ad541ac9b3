import type { CaseState } from './case.ts'
import type { Band, Tier } from './churn.ts'
import type { Day } from './day.ts'
import type { NextOrder } from './next-order.ts'

/** Who answers for a customer: the one its open case was handed to, else its owner. */
export interface Responsible {
  readonly id: number
  readonly name: string
  readonly active: boolean
}

/** A customer that may be pushed, with everything the decision needs. */
export interface Candidate {
  readonly customerId: number
  readonly customerName: string
  readonly owner: Responsible | null
  readonly risk: number | null
  readonly band: Band
  /** The band holds since this day. */
  readonly bandSince: Day
  readonly tier: Tier
  readonly stage: string
  readonly value12m: number
  readonly scoreRunId: number | null
  readonly openCase: {
    readonly id: number
    readonly lane: 'digest' | 'event'
    readonly pushedOn: Day | null
    readonly snoozedUntil: Day | null
  } | null
  /** The newest push of this customer, whatever became of its case. */
  readonly lastPush: { readonly on: Day; readonly band: Band } | null
  /** The newest closed case. */
  readonly lastClosed: {
    readonly state: CaseState
    readonly on: Day
    readonly band: Band
    readonly reason: string | null
  } | null
  /** The newest follow-up that had an outcome or promised a date. */
  readonly followUp: {
    readonly on: Day
    readonly effective: boolean
    readonly nextOn: Day | null
  } | null
}

/** A promised next contact that is due. */
export interface DueContact {
  readonly customerId: number
  readonly customerName: string
  readonly owner: Responsible | null
  readonly nextOn: Day
}

/** A customer that is not at risk and whose next order is expected about now. */
export interface OrderDue {
  readonly customerId: number
  readonly customerName: string
  readonly owner: Responsible | null
  readonly next: NextOrder
  readonly value12m: number
  readonly followUp: Candidate['followUp']
}

/** Why a customer at risk is not in today's digests. */
export const HELD_REASONS = [
  'off-day',
  'budget',
  'repeat',
  'snoozed',
  'follow-up',
  'false-alarm',
  'closed',
  'holdout',
  'muted-signal',
  'group-dip',
  'preference',
  'no-owner',
  'inactive-owner',
  'absent-owner',
] as const
export type HeldReason = (typeof HELD_REASONS)[number]
