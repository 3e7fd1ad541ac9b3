import type { Ctx } from '../../context.ts'
import type { CustomerFacts, ScoredCustomer } from '../../model/customer-facts.ts'
import type { Day } from '../../model/day.ts'
import { factPages } from '../fact-pages.ts'
import type { Features } from '../features.ts'
import { featuresOf } from '../features-of.ts'
import { type LastState, type ScoredState, scoreOne, type Yardstick } from '../score-one.ts'
import { gapsFor } from '../segment-gap.ts'
import type { BothYardsticks } from './draft-yardsticks.ts'

export interface JudgedBoth {
  readonly customerId: number
  readonly now: ScoredState
  readonly draft: ScoredState
}

/** The states of the customers of a page that the next ones start from. */
export type LastStates = (
  after: number,
  last: number,
) => Promise<{
  now(customerId: number): LastState | null
  draft(customerId: number): LastState | null
}>

/** Everybody as of a day by both yardsticks, a page at a time and by rising id. Writes nothing. */
export async function* judgeBoth(
  ctx: Ctx,
  asOf: Day,
  { now, draft }: BothYardsticks,
  options: {
    readonly lastStates: LastStates
    readonly known?: (customer: ScoredCustomer) => ScoredCustomer
    readonly signal: AbortSignal | undefined
  },
): AsyncGenerator<readonly JudgedBoth[]> {
  const { lastStates, known = (customer) => customer, signal } = options
  // Of the settings only the gaps of the segments go into the features.
  const sameFeatures = JSON.stringify(now.settings.segments) === JSON.stringify(draft.settings.segments)
  for await (const { after, last, customers } of factPages(ctx, asOf, signal)) {
    const states = await lastStates(after, last)
    yield customers.map(({ customer, facts }) => {
      const features = featuresBy(now, known(customer), facts, asOf)
      const others = sameFeatures ? features : featuresBy(draft, known(customer), facts, asOf)
      return {
        customerId: customer.id,
        now: scoreOne(features, now, states.now(customer.id)),
        draft: scoreOne(others, draft, states.draft(customer.id)),
      }
    })
  }
}

function featuresBy(
  { population, settings }: Yardstick,
  customer: ScoredCustomer,
  facts: CustomerFacts,
  asOf: Day,
): Features {
  const gaps = gapsFor(settings, population, customer.segment)
  return featuresOf(customer, facts, asOf, population, gaps)
}
