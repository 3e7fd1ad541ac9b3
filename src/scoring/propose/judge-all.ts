import type { Ctx } from '../../context.ts'
import type { ScoredCustomer } from '../../model/customer-facts.ts'
import type { Day } from '../../model/day.ts'
import type { Population } from '../../model/population.ts'
import { asKnownThen } from '../as-known-then.ts'
import { factPages } from '../fact-pages.ts'
import type { Features } from '../features.ts'
import { featuresOf } from '../features-of.ts'
import { type ScoredState, scoreOne, type Yardstick } from '../score-one.ts'
import { gapsFor } from '../segment-gap.ts'

export interface JudgeOptions {
  readonly signal: AbortSignal | undefined
  /** What was known of a customer on that day; by default nothing of what only today tells. */
  readonly known?: (customer: ScoredCustomer) => ScoredCustomer
}

/** Everybody's features as of a day, a page at a time and by rising id. */
export async function* featurePages(
  ctx: Ctx,
  asOf: Day,
  population: Population,
  { signal, known = (customer) => asKnownThen(customer, asOf) }: JudgeOptions,
): AsyncGenerator<readonly Features[]> {
  const settings = ctx.settings.scoring
  for await (const { customers } of factPages(ctx, asOf, signal)) {
    yield customers.map(({ customer, facts }) => {
      const gaps = gapsFor(settings, population, customer.segment)
      return featuresOf(known(customer), facts, asOf, population, gaps)
    })
  }
}

/** One customer as each yardstick judges it, in the order of the yardsticks. */
export interface Judged {
  readonly features: Features
  readonly states: readonly ScoredState[]
}

/**
 * Everybody as of a day by several yardsticks; nothing is written. Bands start afresh: hysteresis would let the scorer
 * in use have its say about the other one.
 */
export async function* judgeAll(
  ctx: Ctx,
  asOf: Day,
  yardsticks: readonly [Yardstick, ...Yardstick[]],
  options: JudgeOptions,
): AsyncGenerator<readonly Judged[]> {
  for await (const page of featurePages(ctx, asOf, yardsticks[0].population, options)) {
    yield page.map((features) => ({
      features,
      states: yardsticks.map((one) => scoreOne(features, one, null)),
    }))
  }
}
