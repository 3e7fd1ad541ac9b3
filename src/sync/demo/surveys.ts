import { type Day, partsOfDay, startOfMonth } from '../../model/day.ts'
import type { DemoContact } from './contacts.ts'
import type { Cause } from './course.ts'
import { declined } from './orders.ts'
import type { CustomerPlan } from './plan.ts'
import type { Random } from './random.ts'
import type { DemoSurvey } from './records.ts'
import { LAST_DAY, workday } from './season.ts'
import { SURVEY_BAD, SURVEY_GOOD } from './words.ts'

const ANSWER_RATE = 0.55
/** Points the score falls when a customer is on the way out. */
const FALL: Record<Cause, number> = {
  service: 5,
  competitor: 2.5,
  'buyer-left': 2.5,
  'not-renewing': 3,
  shrinking: 1.2,
  silent: 0,
}

/** The NPS question (0–10), asked in the middle of each quarter's last month; about half answer. */
export function surveysOf(
  plan: CustomerPlan,
  contacts: readonly DemoContact[],
  random: Random,
): DemoSurvey[] {
  const usual = 8.7 + 0.9 * random.normal()
  const surveys: DemoSurvey[] = []
  for (let month = startOfMonth(plan.from); month <= LAST_DAY; month = startOfMonth(month, 1)) {
    const day = workday(month + random.int(9, 17))
    const answered = partsOfDay(month).month % 3 === 0 && day > plan.from + 30 && random.chance(ANSWER_RATE)
    if (!answered || isGone(plan, day) || day > LAST_DAY) continue
    const fall = plan.course.cause === null ? 0 : FALL[plan.course.cause] * declined(plan.course, day)
    const score = Math.min(10, Math.max(0, Math.round(usual - fall + 0.6 * random.normal())))
    surveys.push({
      day,
      minute: random.int(560, 1_080),
      score,
      contact: answering(contacts, day),
      ...(random.chance(0.4) && { text: random.pick(score >= 7 ? SURVEY_GOOD : SURVEY_BAD) }),
    })
  }
  return surveys
}

function isGone({ course }: CustomerPlan, day: Day): boolean {
  return course.decline !== null && day > course.decline.to + 20
}

/** The buyer of the day answers. */
function answering(contacts: readonly DemoContact[], day: Day): string {
  const buyers = contacts.filter(({ role, from, left }) => {
    return role === 'buyer' && (from === null || from <= day) && (left === null || left > day)
  })
  return (buyers[0] ?? contacts[0])?.name ?? ''
}
