import type { Day } from '../../model/day.ts'
import type { CustomerPlan } from './plan.ts'
import type { Random } from './random.ts'
import type { DemoEvent } from './records.ts'
import { DEMO_START, LAST_DAY, PROMOTIONS, workday } from './season.ts'
import { COMPLAINTS, fill, HARD_COMPLAINTS, LEAVING_CONSULTS, PRICE_CONSULTS, RESOLUTIONS } from './words.ts'

/** Mean days between two ordinary complaints of a customer that stays. */
const ORDINARY_COMPLAINT_GAP = 1_100

/** Complaints and what became of them, repairs, price talk and hints of leaving. */
export function troublesOf(plan: CustomerPlan, random: Random): DemoEvent[] {
  return [...ordinary(plan, random), ...ofTheCourse(plan, random), ...priceTalk(plan, random)]
}

/** Everybody has a complaint now and then, and it is solved within days. */
function ordinary(plan: CustomerPlan, random: Random): DemoEvent[] {
  const events: DemoEvent[] = []
  const until = plan.course.decline ? plan.course.decline.from - 20 : LAST_DAY
  let meant = plan.from + random.gamma(1, ORDINARY_COMPLAINT_GAP)
  for (; meant < until; meant += random.gamma(1, ORDINARY_COMPLAINT_GAP)) {
    const day = workday(Math.round(meant))
    const kind = plan.segment.name === '设备备件' && random.chance(0.5) ? 'ticket' : 'complaint'
    events.push(complaint(plan, day, random, COMPLAINTS, kind), solved(day + random.int(1, 6), random))
    if (random.chance(0.25)) events.push(refund(plan, day + 3, random))
  }
  return events
}

function ofTheCourse(plan: CustomerPlan, random: Random): DemoEvent[] {
  const { cause, decline, fate, scareOn } = plan.course
  if (cause === 'service' && decline) {
    const first = workday(decline.from)
    const second = workday(first + random.int(9, 22))
    return [
      complaint(plan, first, random, COMPLAINTS),
      refund(plan, first + 5, random),
      complaint(plan, second, random, HARD_COMPLAINTS),
    ]
  }
  if (cause === 'not-renewing' && decline) {
    const day = workday(Math.round((decline.from + decline.to) / 2))
    return [consult(plan, day, random, LEAVING_CONSULTS)]
  }
  if (scareOn === null) return []
  if (fate === 'calmed') {
    const day = workday(scareOn)
    return [complaint(plan, day, random, COMPLAINTS), solved(day + random.int(1, 3), random)]
  }
  if (fate === 'upset') {
    return [complaint(plan, scareOn, random, HARD_COMPLAINTS), solved(DEMO_START + random.int(3, 6), random)]
  }
  return []
}

/** In a promotion of the rival some ask for a better price; those it will win ask for certain. */
function priceTalk(plan: CustomerPlan, random: Random): DemoEvent[] {
  const { cause, decline } = plan.course
  if (cause === 'competitor' && decline) {
    const day = workday(decline.from + random.int(0, 4))
    return [consult(plan, day, random, PRICE_CONSULTS)]
  }
  return PROMOTIONS.filter(({ from }) => from > plan.from && (!decline || from < decline.from))
    .filter(() => random.chance(0.05))
    .map(({ from, to }) => consult(plan, workday(random.int(from, to)), random, PRICE_CONSULTS))
}

function complaint(
  plan: CustomerPlan,
  day: Day,
  random: Random,
  lines: readonly string[],
  kind: 'complaint' | 'ticket' = 'complaint',
): DemoEvent {
  const text = fill(random.pick(lines), random.pick(plan.segment.products), random.int(2, 9))
  return { day, minute: random.int(545, 1_050), kind, channel: random.pick(['电话', '微信', '400']), text }
}

function solved(day: Day, random: Random): DemoEvent {
  return {
    day: workday(day),
    minute: random.int(560, 1_060),
    kind: 'resolved',
    text: random.pick(RESOLUTIONS),
  }
}

function refund(plan: CustomerPlan, day: Day, random: Random): DemoEvent {
  const amount = Math.round(plan.order * random.between(0.05, 0.3))
  return { day: workday(day), minute: random.int(560, 1_060), kind: 'refund', amount }
}

function consult(plan: CustomerPlan, day: Day, random: Random, lines: readonly string[]): DemoEvent {
  const text = fill(random.pick(lines), random.pick(plan.segment.products), random.int(4, 12))
  return { day, minute: random.int(545, 1_050), kind: 'consult', channel: '微信', text }
}
