import { LASTING_FALSE_ALARMS } from '../model/case.ts'
import { bandRank } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import type { Candidate, HeldReason } from '../model/push.ts'
import type { Settings } from '../settings.ts'

/** Why a customer stays out of today's digest before any budget is looked at; null: it may be pushed. */
export function heldBack(
  one: Candidate,
  day: Day,
  push: Settings['push'],
  resting: ReadonlyMap<number, HeldReason> = new Map(),
): HeldReason | null {
  if (waitingEvent(one) || askedFor(one, day)) return null
  return (
    restsAfterCase(one, day, push) ??
    restsByAgreement(one, day, push) ??
    restsAfterPush(one, day, push) ??
    resting.get(one.customerId) ??
    null
  )
}

/** An event (complaint, contact change) that found no place among the day's urgent cards. */
export function waitingEvent(one: Candidate): boolean {
  return one.openCase?.lane === 'event' && one.openCase.pushedOn === null
}

/** Somebody asked to be reminded (稍后) and the day has come; shown once, then the usual pause begins again. */
export function askedFor(one: Candidate, day: Day): boolean {
  const until = one.openCase?.snoozedUntil ?? null
  return until !== null && day >= until && (one.lastPush === null || one.lastPush.on < until)
}

/** Worse than when it was pushed last. */
export function gotWorse(one: Candidate): boolean {
  return one.lastPush !== null && bandRank(one.band) > bandRank(one.lastPush.band)
}

function restsAfterCase(one: Candidate, day: Day, push: Settings['push']): HeldReason | null {
  const closed = one.lastClosed
  if (closed === null || one.openCase !== null) return null
  switch (closed.state) {
    case 'false-alarm':
      return falseAlarmHolds(closed, day, push) ? 'false-alarm' : null
    case 'lost':
      // Back only when it recovered in between: the band is another one than that of the loss.
      return one.bandSince > closed.on ? null : 'closed'
    case 'won':
      return day < closed.on + push.wonRestDays && bandRank(one.band) <= bandRank(closed.band)
        ? 'closed'
        : null
    default:
      return null
  }
}

function falseAlarmHolds(
  closed: { readonly on: Day; readonly reason: string | null },
  day: Day,
  push: Settings['push'],
): boolean {
  return (
    LASTING_FALSE_ALARMS.some((reason) => reason === closed.reason) || day < closed.on + push.falseAlarmDays
  )
}

function restsByAgreement(one: Candidate, day: Day, push: Settings['push']): HeldReason | null {
  const snoozed = one.openCase?.snoozedUntil ?? null
  if (snoozed !== null && day < snoozed && !gotWorse(one)) return 'snoozed'
  const followed = one.followUp
  if (!followed?.effective) return null
  const until = followed.nextOn ?? followed.on + push.repeatAfterDays
  return day < until ? 'follow-up' : null
}

function restsAfterPush(one: Candidate, day: Day, push: Settings['push']): HeldReason | null {
  const last = one.lastPush
  if (last === null || gotWorse(one)) return null
  return day < last.on + push.repeatAfterDays ? 'repeat' : null
}
