import type { Case, CaseAction, CaseState, SnoozeReason } from '../model/case.ts'
import { isOpen } from '../model/case.ts'
import type { Day } from '../model/day.ts'

/** The part of a case that people change, and that undo brings back. */
export interface CaseStanding {
  readonly state: CaseState
  readonly closedAt: number | null
  readonly reason: string | null
  readonly snoozedUntil: Day | null
  readonly snoozeReason: SnoozeReason | null
  readonly nextOn: Day | null
  readonly dueAt: number
}

export function standingOf(one: Case): CaseStanding {
  const { state, closedAt, reason, snoozedUntil, snoozeReason, nextOn, dueAt } = one
  return { state, closedAt, reason, snoozedUntil, snoozeReason, nextOn, dueAt }
}

/**
 * Where an action brings an open case; null when it is there already. A promised day moves the due time to
 * the end of that day, so that nobody is chased for a case that rests by agreement.
 */
export function afterAction(
  one: Case,
  action: Exclude<CaseAction, { kind: 'undo' }>,
  at: number,
  endOf: (day: Day) => number,
): CaseStanding | null {
  if (!isOpen(one.state)) return null
  const before = standingOf(one)
  const after = moved(before, action, at, endOf)
  const same = Object.entries(after).every(([name, value]) => Reflect.get(before, name) === value)
  return same ? null : after
}

function moved(
  before: CaseStanding,
  action: Exclude<CaseAction, { kind: 'undo' }>,
  at: number,
  endOf: (day: Day) => number,
): CaseStanding {
  switch (action.kind) {
    case 'contacted':
      return before.state === 'open' ? { ...before, state: 'working' } : before
    case 'follow-up':
      return followedUp(before, action, endOf)
    case 'snooze':
      return snoozed(before, action, endOf)
    case 'false-alarm':
    case 'lost':
      return { ...before, state: action.kind, closedAt: at, reason: action.reason }
    case 'won':
      return { ...before, state: 'won', closedAt: at, reason: null }
    case 'clean':
      return { ...before, state: 'expired', closedAt: at, reason: 'cleaned' }
  }
}

/** Another day forgets the reason of the last; the same day keeps it until another is told. */
function snoozed(
  before: CaseStanding,
  { until, reason }: Extract<CaseAction, { kind: 'snooze' }>,
  endOf: (day: Day) => number,
): CaseStanding {
  const known = before.snoozedUntil === until ? before.snoozeReason : null
  return { ...before, snoozedUntil: until, snoozeReason: reason ?? known, dueAt: endOf(until) }
}

/** A touch without an outcome (仅触达) moves nothing but 待确认: it stops no clock. */
function followedUp(
  before: CaseStanding,
  { effective, nextOn }: Extract<CaseAction, { kind: 'follow-up' }>,
  endOf: (day: Day) => number,
): CaseStanding {
  const state = effective ? 'waiting' : before.state === 'open' ? 'working' : before.state
  if (nextOn === null) return { ...before, state }
  return { ...before, state, nextOn, snoozedUntil: null, snoozeReason: null, dueAt: endOf(nextOn) }
}
