import publicDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { IANAZone } from 'luxon'
import { type Day, dayFromIso, isoFromDay, partsOfDay } from './model/day.ts'
import type { Settings } from './settings.ts'

const MS_PER_MINUTE = 60_000
const MS_PER_QUARTER = 900_000
const MS_PER_DAY = 86_400_000

/** Business days and work hours of the configured zone, with the Chinese holidays, 调休 and local overrides. */
export interface Calendar {
  /** The business day an instant falls on. */
  dayOf(at: number): Day
  /** The instant of `minutes` after local midnight of a day (wall clock). */
  instant(day: Day, minutes?: number): number
  isWorkday(day: Day): boolean
  /** Name of the public holiday on that day, or null. */
  holidayName(day: Day): string | null
  /** The first workday after `day`. */
  nextWorkday(day: Day): Day
  /** `day` plus `n` workdays (n ≥ 0). */
  addWorkdays(day: Day, n: number): Day
  /** Workdays in (from, to]. */
  workdaysBetween(from: Day, to: Day): number
  /** Minutes after midnight when work starts. */
  readonly workStart: number
  isWorkTime(at: number): boolean
  /** `at` itself inside work hours, else the next moment work starts. */
  nextWorkTime(at: number): number
  /** The instant after `minutes` of work time from `at`; lunch, nights and days off do not count. */
  addWorkMinutes(at: number, minutes: number): number
  /** Minutes of work time in [from, to]; 0 when `to` is earlier. */
  workMinutesBetween(from: number, to: number): number
}

const calendars = new WeakMap<Settings, Calendar>()

/** The calendar of these settings (made once per settings object). */
export function calendarFor(settings: Settings): Calendar {
  const known = calendars.get(settings)
  if (known) return known
  const made = createCalendar(settings.business)
  calendars.set(settings, made)
  return made
}

export function createCalendar(business: Settings['business']): Calendar {
  const zone = IANAZone.create(business.zone)
  const off = new Set(business.holidays.map(dayFromIso))
  const on = new Set(business.workdays.map(dayFromIso))
  const spans = business.workHours
    .map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
    .sort((a, b) => a.from - b.from)
  const workStart = spans[0]?.from ?? 0
  const workdayCache = new Map<Day, boolean>()

  /** Of the last quarter of an hour that was asked about; no zone changes its offset within one. */
  let last = { quarter: Number.NaN, offset: 0 }

  /** Milliseconds ahead of UTC. Asking the zone takes longer than most of what asks for a day. */
  function offsetAt(at: number): number {
    const quarter = Math.floor(at / MS_PER_QUARTER)
    if (quarter !== last.quarter) last = { quarter, offset: zone.offset(at) * MS_PER_MINUTE }
    return last.offset
  }

  function dayOf(at: number): Day {
    return Math.floor((at + offsetAt(at)) / MS_PER_DAY)
  }

  function instant(day: Day, minutes = 0): number {
    const wall = day * MS_PER_DAY + minutes * MS_PER_MINUTE
    const guess = wall - zone.offset(wall) * MS_PER_MINUTE
    return wall - zone.offset(guess) * MS_PER_MINUTE
  }

  function isWorkday(day: Day): boolean {
    const known = workdayCache.get(day)
    if (known !== undefined) return known
    const value = on.has(day) || (!off.has(day) && isPublicWorkday(day))
    workdayCache.set(day, value)
    return value
  }

  function nextWorkday(day: Day): Day {
    let next = day + 1
    while (!isWorkday(next)) next++
    return next
  }

  function addWorkdays(day: Day, n: number): Day {
    let result = day
    for (let i = 0; i < n; i++) result = nextWorkday(result)
    return result
  }

  function workdaysBetween(from: Day, to: Day): number {
    let count = 0
    for (let day = from + 1; day <= to; day++) if (isWorkday(day)) count++
    return count
  }

  /** The work span that holds `at` or the next one after it, as instants. */
  function spanFrom(at: number): { from: number; to: number } {
    for (let day = dayOf(at); ; day++) {
      if (!isWorkday(day)) continue
      for (const span of spans) {
        const to = instant(day, span.to)
        if (to > at) return { from: Math.max(at, instant(day, span.from)), to }
      }
    }
  }

  function addWorkMinutes(at: number, minutes: number): number {
    let left = minutes * MS_PER_MINUTE
    let cursor = at
    for (;;) {
      const span = spanFrom(cursor)
      if (left <= span.to - span.from) return span.from + left
      left -= span.to - span.from
      cursor = span.to
    }
  }

  function workMinutesBetween(from: number, to: number): number {
    let sum = 0
    for (let span = spanFrom(from); span.from < to; span = spanFrom(span.to)) {
      sum += Math.min(span.to, to) - span.from
    }
    return sum / MS_PER_MINUTE
  }

  return {
    dayOf,
    instant,
    isWorkday,
    holidayName: (day) => holidayName(day),
    nextWorkday,
    addWorkdays,
    workdaysBetween,
    workStart,
    isWorkTime: (at) => spanFrom(at).from === at,
    nextWorkTime: (at) => spanFrom(at).from,
    addWorkMinutes,
    workMinutesBetween,
  }
}

// The tables of chinese-days, not its functions: those read and answer in the machine's own zone, which is one day
// off west of Greenwich. An entry reads `Spring Festival,春节,4`.
const HOLIDAYS = new Map<string, string>(Object.entries(publicDays.holidays))
const MAKE_UP_DAYS = new Set<string>(Object.keys(publicDays.workdays))

function isPublicWorkday(day: Day): boolean {
  const iso = isoFromDay(day)
  return MAKE_UP_DAYS.has(iso) || (partsOfDay(day).weekday <= 5 && !HOLIDAYS.has(iso))
}

function holidayName(day: Day): string | null {
  return HOLIDAYS.get(isoFromDay(day))?.split(',')[1] ?? null
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
