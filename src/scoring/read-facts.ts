import type { Ctx } from '../context.ts'
import type { CustomerFacts, ScoredCustomer } from '../model/customer-facts.ts'
import type { Day } from '../model/day.ts'
import { EVENT_KINDS, type EventKind } from '../model/event.ts'
import type { Population } from '../model/population.ts'
import { factsOf } from '../store/feature-rows.ts'
import { asKnownThen } from './as-known-then.ts'
import type { Features } from './features.ts'
import { featuresOf } from './features-of.ts'
import { breathe, type TrainControl } from './learn/train.ts'
import { measureSamples } from './measure-population.ts'
import { gapsFor } from './segment-gap.ts'

/** Customers read at once. */
const PAGE = 500

/** Whose features are wanted as of one day. */
export interface WantedDay {
  readonly asOf: Day
  /** Rising numbers of customers in the list of ids. */
  readonly members: Uint32Array
  /** Called once for each member, by rising row. */
  take(row: number, features: Features, population: Population): void
}

export interface FactSource {
  /** Ids of the customers, rising. */
  readonly ids: readonly number[]
  /** First day of each kind of event in the whole company. */
  readonly firstDays: ReadonlyMap<EventKind, Day>
}

/**
 * The features of customers as of several days of the past, from one pass over their facts: each customer is read once,
 * and for every day only what was dated up to it is looked at. Memory holds one page.
 */
export async function readFacts(
  ctx: Ctx,
  { ids, firstDays }: FactSource,
  wanted: readonly WantedDay[],
  control: TrainControl,
): Promise<void> {
  const upTo = Math.max(...wanted.map(({ asOf }) => asOf))
  const days = wanted.map(({ asOf }) => ({ asOf, kinds: kindsAt(firstDays, asOf) }))
  const populations = await measureSamples(ctx, ids, days, control.signal)
  const walks = wanted.map((day, i) => ({ ...day, population: populations[i], row: 0 }))
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = await factsOf(ctx, ids.slice(from, from + PAGE), upTo)
    let customerNumber = from
    for (const { customer, facts } of page) {
      while (ids[customerNumber] !== customer.id) customerNumber++
      for (const walk of walks) {
        if (walk.members[walk.row] !== customerNumber || !walk.population) continue
        walk.take(walk.row, featuresThen(ctx, customer, facts, walk.population), walk.population)
        walk.row++
      }
    }
    await breathe(control, Math.min(1, (from + PAGE) / ids.length))
  }
}

function kindsAt(firstDays: ReadonlyMap<EventKind, Day>, asOf: Day): EventKind[] {
  return EVENT_KINDS.filter((kind) => (firstDays.get(kind) ?? Number.POSITIVE_INFINITY) <= asOf)
}

function featuresThen(
  { settings }: Ctx,
  customer: ScoredCustomer,
  facts: CustomerFacts,
  population: Population,
): Features {
  const { asOf } = population
  const then = {
    events: upToDay(facts.events, asOf),
    surveys: upToDay(facts.surveys, asOf),
    notes: upToDay(facts.notes, asOf),
  }
  const gaps = gapsFor(settings.scoring, population, customer.segment)
  return featuresOf(asKnownThen(customer, asOf), then, asOf, population, gaps)
}

/** The beginning of rows sorted by day. */
function upToDay<T extends { readonly day: Day }>(rows: readonly T[], asOf: Day): readonly T[] {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.day ?? asOf) <= asOf) low = middle + 1
    else high = middle
  }
  return low === rows.length ? rows : rows.slice(0, low)
}
