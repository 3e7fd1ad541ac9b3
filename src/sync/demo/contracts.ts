import type { CustomerPlan } from './plan.ts'
import type { Random } from './random.ts'
import type { DemoEvent, Life } from './records.ts'
import { LAST_DAY, workday } from './season.ts'

const YEAR = 365
/** No contract ends sooner after the first day in the log. */
const FIRST_MONTHS = 60

/** Yearly service contracts: renewed a few weeks before they end, unless the customer is leaving by then. */
export function contractsOf(
  plan: CustomerPlan,
  random: Random,
): { renewals: DemoEvent[]; ends: Life['contractEnds'] } {
  const { contractEnd, decline } = plan.course
  const renewals: DemoEvent[] = []
  if (contractEnd === null) return { renewals, ends: [] }
  const fee = plan.order * random.between(2.2, 3.4)
  let end = contractEnd
  while (end < plan.from + FIRST_MONTHS) end += YEAR
  while (end - YEAR >= plan.from + FIRST_MONTHS) end -= YEAR
  const ends = [{ shownFrom: plan.from, end }]
  for (;;) {
    const day = workday(end - random.int(4, 34))
    if (day > LAST_DAY || (decline && day >= decline.from)) return { renewals, ends }
    renewals.push({
      day,
      minute: random.int(560, 1060),
      kind: 'renewal',
      amount: Math.round(fee),
      note: '年度服务续约',
    })
    end += YEAR
    ends.push({ shownFrom: day, end })
  }
}
