import type { Day } from '../../model/day.ts'
import { declined } from './orders.ts'
import type { CustomerPlan } from './plan.ts'
import type { Random } from './random.ts'
import type { DemoEvent } from './records.ts'
import { DEMO_START, isSpringLull, isWorkday, LAST_DAY, workday } from './season.ts'
import { CONSULTS, fill, REVIEWS_BAD, REVIEWS_GOOD, VISITS, WORRIED_VISITS } from './words.ts'

const WORKDAYS_PER_MONTH = 21.7
/** Share of a workday's traffic on days off, and in the weeks around 春节. */
const DAY_OFF = 0.12
const SPRING_LULL = 0.06
const CONSULTS_PER_MONTH = 0.3
/** What is left of the traffic in the month after the last order; later nothing. */
const AFTERGLOW = 0.15
const AFTERGLOW_DAYS = 30
/** Customers with orders above this are visited (yuan). */
const VISITED_FROM = 9_000

/** Logins, page views, questions, reviews and visits: the small signs of life between orders. */
export function touchesOf(plan: CustomerPlan, orders: readonly DemoEvent[], random: Random): DemoEvent[] {
  return [...traffic(plan, random), ...reviews(plan, orders, random), ...visits(plan, random)]
}

function traffic(plan: CustomerPlan, random: Random): DemoEvent[] {
  const events: DemoEvent[] = []
  for (let day = plan.from; day <= LAST_DAY; day++) {
    const share = liveliness(plan, day) * (isSpringLull(day) ? SPRING_LULL : isWorkday(day) ? 1 : DAY_OFF)
    if (share === 0) continue
    if (random.chance((share * plan.loginsPerMonth) / WORKDAYS_PER_MONTH)) {
      const minute = random.int(500, 1_090)
      events.push({ day, minute, kind: 'login', channel: '商城' })
      if (random.chance(0.35)) {
        events.push({
          day,
          minute: minute + random.int(1, 20),
          kind: 'browse',
          note: random.pick(plan.segment.products),
        })
      }
    }
    if (random.chance((share * CONSULTS_PER_MONTH) / WORKDAYS_PER_MONTH)) {
      const text = fill(random.pick(CONSULTS), random.pick(plan.segment.products), random.int(2, 20) * 100)
      events.push({ day, minute: random.int(540, 1_060), kind: 'consult', channel: '微信', text })
    }
  }
  return events
}

/** How lively a customer's traffic is on a day: 1 as usual, 0 gone. */
function liveliness({ course, winterPause }: CustomerPlan, day: Day): number {
  const { decline, fate, pause } = course
  if (decline && day > decline.to) return day - decline.to > AFTERGLOW_DAYS ? 0 : AFTERGLOW
  if (decline) return 1 - 0.65 * declined(course, day)
  if (fate === 'returned' && pause && day > pause.from && day < pause.to) return 0.03
  if (winterPause && isWinter(day)) return 0.15
  return fate === 'growing' ? 1.25 : 1
}

function isWinter(day: Day): boolean {
  const sinceNovember = (((day - (DEMO_START - 22)) % 365) + 365) % 365
  return sinceNovember < 75
}

function reviews(plan: CustomerPlan, orders: readonly DemoEvent[], random: Random): DemoEvent[] {
  const written = orders.filter(() => random.chance(0.11))
  return written.map((order) => {
    const bad = random.chance(declined(plan.course, order.day) > 0 ? 0.6 : 0.05)
    const line = random.pick(bad ? REVIEWS_BAD : REVIEWS_GOOD)
    const text = fill(line, order.note ?? '', 0)
    return { day: order.day + random.int(3, 9), minute: random.int(560, 1_200), kind: 'review', text }
  })
}

/** Visits end with the story's beginning: from then on the rep in the chat logs them. */
function visits(plan: CustomerPlan, random: Random): DemoEvent[] {
  const events: DemoEvent[] = []
  if (plan.order < VISITED_FROM) return events
  for (let meant = plan.from + random.int(5, 60); ; meant += random.int(35, 80)) {
    const day = workday(meant)
    if (day >= DEMO_START || liveliness(plan, day) === 0) return events
    const worried = declined(plan.course, day) > 0 && random.chance(0.75)
    const note = fill(random.pick(worried ? WORRIED_VISITS : VISITS), random.pick(plan.segment.products), 0)
    events.push({ day, minute: random.int(570, 1_020), kind: 'visit', channel: '上门', note })
  }
}
