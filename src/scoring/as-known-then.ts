import type { ScoredCustomer } from '../model/customer-facts.ts'
import type { Day } from '../model/day.ts'

/** Today's renewal date tells who renewed since; a date of entry in the future was not known either. */
export function asKnownThen(customer: ScoredCustomer, asOf: Day): ScoredCustomer {
  const { since } = customer
  return { ...customer, renewalOn: null, since: since !== null && since <= asOf ? since : null }
}
