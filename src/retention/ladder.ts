import type { Calendar } from '../calendar.ts'
import type { Case } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Settings } from '../settings.ts'

/** Who hears of a late case: its rep, then the lead, then the lead with colleagues to give it to. */
export const RUNGS = ['nudge', 'lead', 'reassign'] as const
export type Rung = (typeof RUNGS)[number]

/**
 * The rung a case stands on at `now`; null while nobody is to be chased: before its time, put off, with a promise
 * ahead, or followed up with a result and nothing promised.
 */
export function rungOf(
  one: Pick<Case, 'state' | 'dueAt' | 'snoozedUntil' | 'nextOn'>,
  now: number,
  { calendar, ladder }: { readonly calendar: Calendar; readonly ladder: Settings['retention']['ladder'] },
): Rung | null {
  if (one.dueAt > now || rests(one, calendar.dayOf(now))) return null
  if (later(calendar, one.dueAt, ladder.reassignAfterWorkdays) <= now) return 'reassign'
  return later(calendar, one.dueAt, ladder.leadAfterWorkdays) <= now ? 'lead' : 'nudge'
}

function rests({ state, snoozedUntil, nextOn }: Parameters<typeof rungOf>[0], today: Day): boolean {
  if (snoozedUntil !== null && snoozedUntil > today) return true
  if (nextOn !== null && nextOn >= today) return true
  return state === 'waiting' && nextOn === null
}

/** The same time of day, so many workdays later. */
function later(calendar: Calendar, at: number, workdays: number): number {
  const day = calendar.dayOf(at)
  return calendar.instant(calendar.addWorkdays(day, workdays)) + (at - calendar.instant(day))
}
