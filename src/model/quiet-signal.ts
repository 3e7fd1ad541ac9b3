/**
 * `warned`: the administrator heard that it is often wrong; `muted`: it opens no case and pushes nobody by itself.
 * Scores never change by it.
 */
export const SIGNAL_STATES = ['active', 'warned', 'muted'] as const
export type SignalState = (typeof SIGNAL_STATES)[number]

/** How a signal stands. One nobody ever spoke of is `active` since 0. */
export interface SignalStanding {
  readonly signal: string
  readonly state: SignalState
  /** Only alerts decided since this instant (UTC ms) count: a restored signal starts afresh. */
  readonly windowFrom: number
  /** Who changed it last: null for the bot, absent when nobody did. */
  readonly changedBy?: number | null
}

/** An alert that a person decided, by the signal that stood first on its card. */
export interface Verdict {
  readonly signal: string
  /** UTC ms. */
  readonly at: number
  readonly falseAlarm: boolean
}

/** The newest decided alerts of a signal. */
export interface SignalRecord extends SignalStanding {
  readonly decided: number
  readonly falseAlarms: number
}

/** Events that interrupt (complaint, contact changed or deleted, cancellation) are warned of and never muted by the bot. */
export const NEVER_MUTED: readonly string[] = ['complaint', 'contact-change', 'contact-deleted', 'cancel']
