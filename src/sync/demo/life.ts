import { contactsOf } from './contacts.ts'
import { contractsOf } from './contracts.ts'
import { ordersOf } from './orders.ts'
import type { CustomerPlan } from './plan.ts'
import { randomFor } from './random.ts'
import type { Life } from './records.ts'
import { LAST_DAY } from './season.ts'
import { surveysOf } from './surveys.ts'
import { touchesOf } from './touches.ts'
import { troublesOf } from './troubles.ts'

/** Lives one customer's life. It depends on the seed and the plan alone. */
export function lifeOf(seed: number, plan: CustomerPlan): Life {
  const stream = (name: string) => randomFor(seed, `${name}/${plan.index}`)
  const orders = ordersOf(plan, stream('orders'))
  const contacts = contactsOf(plan, stream('contacts'))
  const contracts = contractsOf(plan, stream('contracts'))
  const events = [
    ...orders,
    ...contracts.renewals,
    ...touchesOf(plan, orders, stream('touches')),
    ...troublesOf(plan, stream('troubles')),
  ]
    .filter((event) => event.day >= plan.from && event.day <= LAST_DAY)
    .sort((a, b) => a.day - b.day || a.minute - b.minute)
  return {
    events,
    surveys: surveysOf(plan, contacts, stream('surveys')),
    contacts,
    contractEnds: contracts.ends,
  }
}
