import { CronExpressionParser } from 'cron-parser'

/** Most slots of one job looked at after a long standstill; older ones are dropped. */
const MOST = 1_000

/** Due times of a cron expression in (after, upTo], in the zone's wall clock, oldest first. */
export function slotsBetween(cron: string, zone: string, after: number, upTo: number): number[] {
  if (upTo <= after) return []
  // From the end backwards: after years of standstill only the newest slots matter. The parser's `prev` is
  // exclusive, hence the extra millisecond.
  const expression = CronExpressionParser.parse(cron, { tz: zone, currentDate: new Date(upTo + 1) })
  const slots: number[] = []
  while (slots.length < MOST) {
    const slot = expression.prev().getTime()
    if (slot <= after) break
    slots.push(slot)
  }
  return slots.reverse()
}

/** The latest due time at or before `upTo`. */
export function latestSlotBefore(cron: string, zone: string, upTo: number): number {
  return CronExpressionParser.parse(cron, { tz: zone, currentDate: new Date(upTo + 1) })
    .prev()
    .getTime()
}
