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
  const name = `${zone} ${cron}`
  const last = spans.get(name)
  if (last && last.from <= upTo && upTo < last.until) return last.from
  const options = { tz: zone, currentDate: new Date(upTo + 1) }
  const from = CronExpressionParser.parse(cron, options).prev().getTime()
  const until = CronExpressionParser.parse(cron, { ...options, currentDate: new Date(from) })
    .next()
    .getTime()
  spans.set(name, { from, until })
  return from
}

/** From the slot that was found last to the next one: every tick asks for every job, and most answers are the same. */
const spans = new Map<string, { readonly from: number; readonly until: number }>()
