import type { Calendar } from '../calendar.ts'
import type { Day } from '../model/day.ts'
import type { NewlyAtRisk } from '../model/group-dip.ts'

/** The as-of days whose scores a morning tells for the first time: those since the morning before. */
export interface Slot {
  readonly from: Day
  readonly to: Day
}

/** The slots of the `n` mornings up to `day`, newest first. Each holds one workday and the days off after it. */
export function slotsBefore(calendar: Calendar, day: Day, n: number): Slot[] {
  const slots: Slot[] = []
  let to = day - 1
  while (slots.length < n) {
    let from = to
    while (!calendar.isWorkday(from)) from--
    slots.push({ from, to })
    to = from - 1
  }
  return slots
}

/** Who rose in a slot: each customer once, however often its band went up and down. */
export function within(rises: readonly NewlyAtRisk[], { from, to }: Slot): number[] {
  return [...new Set(rises.filter((one) => one.asOf >= from && one.asOf <= to).map((one) => one.customerId))]
}
