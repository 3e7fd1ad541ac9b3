import type { Day } from '../model/day.ts'
import type { OrderDue } from '../model/push.ts'
import type { Settings } from '../settings.ts'

/** Beyond every window. */
const PASSED = 10_000

/**
 * The expected orders a rep is reminded of today, those to come before those of the last days, the nearest first: inside
 * the window and not after it, and never of a customer that stands on today's card already, was spoken with lately or has
 * a date of its own.
 */
export function chooseOrders(
  orders: readonly OrderDue[],
  { day, push, shown }: { day: Day; push: Settings['push']; shown: ReadonlySet<number> },
): OrderDue[] {
  return orders
    .filter((one) => !shown.has(one.customerId) && isDue(one, day, push) && !isInTalks(one, day, push))
    .sort((a, b) => wait(a, day) - wait(b, day) || b.value12m - a.value12m || a.customerId - b.customerId)
    .slice(0, push.ordersPerDay)
}

/** Days until the order is expected; one whose day has passed stands behind all to come. */
function wait({ next }: OrderDue, day: Day): number {
  return next.due >= day ? next.due - day : PASSED + day - next.due
}

function isDue({ next }: OrderDue, day: Day, push: Settings['push']): boolean {
  return next.every >= push.orderMinGapDays && day >= next.from && day <= next.until
}

/** A promised date is kept before anything else; who was spoken with lately knows of us. */
function isInTalks({ followUp }: OrderDue, day: Day, push: Settings['push']): boolean {
  if (followUp === null) return false
  if (followUp.nextOn !== null && followUp.nextOn >= day) return true
  return followUp.effective && day < followUp.on + push.repeatAfterDays
}
