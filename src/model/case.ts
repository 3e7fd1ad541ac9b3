import type { Band } from './churn.ts'
import type { Day } from './day.ts'
import type { Evidence } from './score.ts'

/** 待确认 → 跟进中 → 待结果 → 挽回 / 流失 / 误报; `expired` is closed by the system, with a reason. */
export const CASE_STATES = ['open', 'working', 'waiting', 'won', 'lost', 'false-alarm', 'expired'] as const
export type CaseState = (typeof CASE_STATES)[number]

/** Why a warning was false: 转渠道, 周期长, 季节性, 换签约主体, 已关停. */
export const FALSE_ALARM_REASONS = [
  'moved-channel',
  'long-cycle',
  'seasonal',
  'new-entity',
  'closed-down',
] as const
export type FalseAlarmReason = (typeof FALSE_ALARM_REASONS)[number]

/** These do not become true again by waiting; after the others the customer is looked at anew some day. */
export const LASTING_FALSE_ALARMS: readonly FalseAlarmReason[] = [
  'moved-channel',
  'new-entity',
  'closed-down',
]

/** Why a customer was lost: 价格, 服务, 质量, 交付, 竞品, 角色变更, 需求消失, 关停, 转渠道, 其他. */
export const LOST_REASONS = [
  'price',
  'service',
  'quality',
  'delivery',
  'competitor',
  'contact-change',
  'no-need',
  'closed-down',
  'moved-channel',
  'other',
] as const
export type LostReason = (typeof LOST_REASONS)[number]

/** Why a case is put off: 客户在忙, 等客户答复, 等内部处理, 没到时候, 其他. */
export const SNOOZE_REASONS = ['busy', 'awaiting-answer', 'awaiting-us', 'too-early', 'other'] as const
export type SnoozeReason = (typeof SNOOZE_REASONS)[number]

/** A case 风险单: one at-risk alert with its owner, due time and state. A customer has at most one open. */
export interface Case {
  readonly id: number
  readonly customerId: number
  readonly customerName: string
  readonly ownerId: number
  readonly ownerName: string
  /** Its owner was chosen by a person (转交) and keeps it until it closes, whoever owns the customer. */
  readonly handed: boolean
  readonly lane: 'digest' | 'event'
  readonly state: CaseState
  /** Ids of the signals that opened it or joined it, sorted. */
  readonly causes: readonly string[]
  readonly scoreRunId: number | null
  readonly risk: number | null
  readonly band: Band
  readonly openedAt: number
  readonly openedOn: Day
  /** When the next step is due: promises and put-offs move it. */
  readonly dueAt: number
  /** The time to follow up as it was set first: what the follow-up rate is judged by. */
  readonly slaDueAt: number
  readonly closedAt: number | null
  readonly reason: string | null
  /** Quiet until this day comes, unless it gets worse. */
  readonly snoozedUntil: Day | null
  readonly snoozeReason: SnoozeReason | null
  /** The customer's case that ended before this one was opened. */
  readonly earlierId: number | null
  readonly lastPushedOn: Day | null
  readonly lastPushedBand: Band | null
  /** The promised next contact. */
  readonly nextOn: Day | null
  readonly why: readonly Evidence[]
  readonly eventId: number | null
  readonly revision: number
}

/** An earlier case of the customer, and the day it ended: the customer is at risk again. */
export interface Relapse {
  readonly state: CaseState
  readonly on: Day
}

/** What a person does with a case. */
export type CaseAction =
  /** `since`: the day the pressed card stands for. A contact before that day was another one. */
  | { readonly kind: 'contacted'; readonly since?: Day }
  | { readonly kind: 'follow-up'; readonly effective: boolean; readonly nextOn: Day | null }
  | { readonly kind: 'snooze'; readonly until: Day; readonly reason?: SnoozeReason }
  | { readonly kind: 'false-alarm'; readonly reason: FalseAlarmReason }
  /** A claim: only an order proves it. */
  | { readonly kind: 'won' }
  | { readonly kind: 'lost'; readonly reason: LostReason }
  /** Closed by hand or with many others: nobody will work on it. */
  | { readonly kind: 'clean' }
  | { readonly kind: 'undo' }

/**
 * `done`: the action changed the case. Everything else left it as it is: `same` (it was so already),
 * `closed` (someone closed it before), `too-late` and `nothing` (for undo), `replaced` (undo would reopen it
 * although a newer case of the customer is open).
 */
export interface CaseOutcome {
  readonly case: Case
  readonly changed: boolean
  readonly result: 'done' | 'same' | 'closed' | 'too-late' | 'nothing' | 'replaced'
}

export function isOpen(state: CaseState): boolean {
  return state === 'open' || state === 'working' || state === 'waiting'
}
