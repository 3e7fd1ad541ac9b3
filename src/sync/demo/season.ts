import { createCalendar } from '../../calendar.ts'
import { Settings } from '../../config.ts'
import { type Day, dayFromIso } from '../../model/day.ts'
import type { Random } from './random.ts'

/** The demo company works by the public Chinese calendar, whatever the settings of the installation say. */
const calendar = createCalendar(Settings.parse({}).business)

/** The story begins on this Monday morning. */
export const DEMO_START: Day = day('2026-11-23')
/** The first day of the log: 24 months before. */
export const FIRST_DAY: Day = day('2024-11-23')
/** The last day that is written: the story can be lived on for five months. */
export const LAST_DAY: Day = DEMO_START + 150

/** First day of 春节 (lunar new year) of the years the log touches. */
const SPRING_FESTIVALS: readonly Day[] = ['2025-01-29', '2026-02-17', '2027-02-06'].map(day)
/** Factories close this many days before and after the first day of 春节. */
const CLOSED_BEFORE = 6
const CLOSED_AFTER = 9

/** A rival, 顺达包材, undercuts prices in these weeks: last autumn's 双11 and this September and October. */
export const PROMOTIONS: readonly { from: Day; to: Day }[] = [
  { from: day('2025-10-20'), to: day('2025-11-15') },
  { from: day('2026-09-07'), to: day('2026-10-18') },
  { from: day('2027-01-04'), to: day('2027-01-29') },
]

/** True in the weeks around 春节 in which almost nothing is bought. */
export function isSpringLull(on: Day): boolean {
  return SPRING_FESTIVALS.some((first) => on >= first - CLOSED_BEFORE && on <= first + CLOSED_AFTER)
}

/**
 * The day an order meant for `on` is placed: a workday near it, and after the closed weeks of 春节 for all but
 * the few customers that work through.
 */
export function buyingDay(on: Day, random: Random): Day {
  const festival = SPRING_FESTIVALS.find((first) => on >= first - CLOSED_BEFORE && on <= first + CLOSED_AFTER)
  if (festival !== undefined && random.chance(0.93))
    return workday(festival + CLOSED_AFTER + random.int(1, 8))
  if (calendar.isWorkday(on)) return on
  return random.chance(0.45) ? workdayBefore(on) : workday(workday(on) + random.int(0, 2))
}

export function isWorkday(on: Day): boolean {
  return calendar.isWorkday(on)
}

/** `on` itself when it is a workday, else the next one. */
export function workday(on: Day): Day {
  return calendar.isWorkday(on) ? on : calendar.nextWorkday(on)
}

/** `on` itself when it is a workday, else the one before it. */
export function workdayBefore(on: Day): Day {
  let day = on
  while (!calendar.isWorkday(day)) day--
  return day
}

function day(iso: string): Day {
  const value = dayFromIso(iso)
  if (value === null) throw new RangeError(`no such date: ${iso}`)
  return value
}
