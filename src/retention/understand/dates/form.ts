import type { Calendar } from '../../../calendar.ts'
import type { Day } from '../../../model/day.ts'

/** The day a text was written, and the calendar it is read with. */
export interface Now {
  readonly today: Day
  readonly calendar: Calendar
}

/**
 * How a way of saying a date behaves: `fixed` names one day, `rolling` (周三, 5号) the nearest one to come unless
 * the sentence tells of the past, `today`, and `never` is no next date at all (上周三, 每月5号).
 */
export type DateKind = 'fixed' | 'rolling' | 'today' | 'never'

/** One way of saying a date. Forms are tried in order; a place in the text belongs to the first that fits. */
export interface DateForm {
  readonly pattern: RegExp
  readonly kind: DateKind
  /** The day said, null when there is no such day (2月30日), undefined when the words are no date after all. */
  read(match: RegExpExecArray, now: Now): Day | null | undefined
}

/** A form of the grammar from the source of its pattern. */
export function form(kind: DateKind, source: string, read: DateForm['read']): DateForm {
  return { kind, pattern: new RegExp(source, 'g'), read }
}

/** The day itself, or the first workday after it: for words that leave the day open (下月初). */
export function workdayFrom(day: Day, { calendar }: Now): Day {
  return calendar.isWorkday(day) ? day : calendar.nextWorkday(day)
}

/** The day itself, or the last workday before it: for words that name an end (月底). */
export function workdayUntil(day: Day, { calendar }: Now): Day {
  let found = day
  while (!calendar.isWorkday(found)) found--
  return found
}
