import type { Day } from '../../model/day.ts'
import type { EventKind } from '../../model/event.ts'
import { contactsOf, type DemoContact } from './contacts.ts'
import { contractsOf } from './contracts.ts'
import { ordersOf } from './orders.ts'
import type { CustomerPlan } from './plan.ts'
import { randomFor } from './random.ts'
import { LAST_DAY } from './season.ts'
import { surveysOf } from './surveys.ts'
import { touchesOf } from './touches.ts'
import { troublesOf } from './troubles.ts'

/** One dated thing in a customer's life; `minute` after local midnight. Money in yuan. */
export interface DemoEvent {
  readonly day: Day
  readonly minute: number
  readonly kind: EventKind
  readonly amount?: number
  readonly quantity?: number
  readonly channel?: string
  readonly text?: string
  readonly note?: string
}

export interface DemoSurvey {
  readonly day: Day
  readonly minute: number
  readonly score: number
  readonly contact: string
  readonly text?: string
}

/** Everything that ever happens to one customer, in order, from the first day to the last of the log. */
export interface Life {
  readonly events: readonly DemoEvent[]
  readonly surveys: readonly DemoSurvey[]
  readonly contacts: readonly DemoContact[]
  /** End of the contract as the books show it, and the day from which they show it. */
  readonly contractEnds: readonly { readonly shownFrom: Day; readonly end: Day }[]
}

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
