import type { Day } from '../../model/day.ts'
import type { Course } from './course.ts'
import type { CustomerPlan } from './plan.ts'
import type { Random } from './random.ts'
import type { DemoEvent } from './records.ts'
import { buyingDay, DEMO_START, FIRST_DAY, LAST_DAY, workdayBefore } from './season.ts'

const CHANNELS = ['商城', '商城', '微信', '电话', '销售代下单']
/** Growing customers end the two years at this share of their first gap and at this multiple of the amount. */
const GROWTH = { gap: 0.62, amount: 1.7 }
/** Those that go buy once more at the end, unless they did within this share of their cycle. */
const FAREWELL = 0.4
/** From November to mid-January: the pause of makers of cold drinks. */
const WINTER_PAUSES = [0, 1, 2].map((year) => ({
  from: FIRST_DAY - 22 + 365 * year,
  to: FIRST_DAY + 53 + 365 * year,
}))

/** The orders of a customer: own rhythm, trend, decline, pauses, and the calendar of the country. */
export function ordersOf(plan: CustomerPlan, random: Random): DemoEvent[] {
  const orders: DemoEvent[] = []
  let meant = plan.from + (plan.since < FIRST_DAY ? random.between(0, plan.cycle) : 0)
  while (meant <= LAST_DAY) {
    const day = buyingDay(afterPauses(plan, Math.round(meant), random), random)
    if (day > lastDay(plan.course)) break
    orders.push(orderOn(plan, day, random))
    if (random.chance(0.04)) orders.push(orderOn(plan, day, random, 0.35))
    meant =
      Math.max(meant, day) + Math.max(1, random.gamma(plan.regularity, plan.cycle * gapFactor(plan, day)))
  }
  const { fate, scareOn, decline } = plan.course
  if (decline && (orders.at(-1)?.day ?? 0) < decline.to - plan.cycle * FAREWELL) {
    orders.push(orderOn(plan, workdayBefore(decline.to), random))
  }
  if (fate === 'top-up' && scareOn !== null)
    orders.push(orderOn(plan, buyingDay(scareOn, random), random, 0.06))
  return orders
}

function lastDay({ decline }: Course): Day {
  return decline?.to ?? LAST_DAY
}

function afterPauses({ course, winterPause }: CustomerPlan, day: Day, random: Random): Day {
  const { pause } = course
  if (pause && day >= pause.from && day < pause.to) return pause.to
  if (!winterPause) return day
  const winter = WINTER_PAUSES.find((one) => day >= one.from && day <= one.to)
  return winter ? winter.to + random.int(1, 9) : day
}

function gapFactor({ course }: CustomerPlan, day: Day): number {
  if (course.fate === 'growing') return 1 + (GROWTH.gap - 1) * progress(day)
  return 1 + declined(course, day) * (course.cause === 'silent' ? 0 : 0.9)
}

function amountFactor({ course }: CustomerPlan, day: Day): number {
  if (course.fate === 'growing') return 1 + (GROWTH.amount - 1) * progress(day)
  const depth = course.cause === 'shrinking' ? 0.72 : course.cause === 'competitor' ? 0.55 : 0.3
  return 1 - depth * declined(course, day)
}

/** Share of the two years that has passed. */
function progress(day: Day): number {
  return Math.min(1, Math.max(0, (day - FIRST_DAY) / (DEMO_START - FIRST_DAY)))
}

/** How far a decline has come: 0 before it, half at once when it begins, 1 at the last order. */
export function declined({ decline, cause }: Course, day: Day): number {
  if (!decline || cause === 'silent' || day < decline.from) return 0
  return Math.min(1, 0.5 + (0.5 * (day - decline.from)) / Math.max(1, decline.to - decline.from))
}

function orderOn(plan: CustomerPlan, day: Day, random: Random, share = 1): DemoEvent {
  const amount = Math.max(80, plan.order * share * amountFactor(plan, day) * Math.exp(0.22 * random.normal()))
  return {
    day,
    minute: random.int(8 * 60 + 40, 17 * 60 + 50),
    kind: 'order',
    amount: Math.round(amount * 10) / 10,
    quantity: Math.max(1, Math.round(amount / plan.segment.piece)),
    channel: random.pick(CHANNELS),
    note: random.pick(plan.segment.products),
  }
}
