import { bandRank } from '../model/churn.ts'
import type { CustomerFacts, EventFact, ScoredCustomer } from '../model/customer-facts.ts'
import type { Day } from '../model/day.ts'
import type { EventKind } from '../model/event.ts'
import { quantile } from '../model/own-cycle.ts'
import { WHAT_IFS, type WhatIf } from '../model/what-if.ts'
import type { Features } from './features.ts'
import { featuresOf } from './features-of.ts'
import { type LastState, type ScoredState, scoreOne, type Yardstick } from './score-one.ts'
import { gapsFor } from './segment-gap.ts'

/** A warning for later than this is nothing to act on today. */
const MOST_DAYS = 60
const GOOD_NPS = 10
/** Stands for the fact that is not there yet. */
const NO_ROW = 0

export interface WhatIfInput {
  readonly customer: ScoredCustomer
  readonly facts: CustomerFacts
  readonly features: Features
  readonly yardstick: Yardstick
  /** The score as it stands. */
  readonly score: ScoredState
}

/**
 * The one fact that would change the band, found by scoring the changed facts with the same scorer: in a band the
 * thing that would lower it most, the smallest of several; without one, the days of silence that would raise it. Null
 * when nothing within reason does. Pure.
 */
export function whatIf(input: WhatIfInput): WhatIf | null {
  const { risk, band, churned } = input.score
  if (risk === null) return null
  if (band !== 'none') return lowering(input)
  return churned ? null : waiting(input)
}

function lowering(input: WhatIfInput): WhatIf | null {
  const { score, features } = input
  let best: WhatIf | null = null
  for (const kind of WHAT_IFS) {
    const facts = CHANGES[kind](input)
    if (facts === null) continue
    const { band } = judge(input, facts, features.asOf).score
    if (bandRank(band) < bandRank(best?.band ?? score.band)) best = { kind, days: null, band }
  }
  return best
}

function waiting(input: WhatIfInput): WhatIf | null {
  for (let days = 1; days <= MOST_DAYS; days++) {
    const { features, score } = judge(input, input.facts, input.features.asOf + days)
    if (bandRank(score.band) === 0) continue
    return { kind: missing(features, score), days, band: score.band }
  }
  return null
}

/** What did not come, by the strongest reason of the warning. */
function missing(features: Features, { evidence }: ScoredState): WhatIf['kind'] {
  if (evidence[0]?.signal === 'renewal') return 'no-renewal'
  return features.orderDays > 0 ? 'no-order' : 'no-activity'
}

function judge(
  { customer, yardstick, score, features: now }: WhatIfInput,
  facts: CustomerFacts,
  asOf: Day,
): { features: Features; score: ScoredState } {
  const { population, settings } = yardstick
  const gaps = gapsFor(settings, population, customer.segment)
  const features = featuresOf(customer, facts, asOf, population, gaps)
  const { band, bandSince, stage, stageSince } = score
  const last: LastState = { asOf: now.asOf, band, bandSince, stage, stageSince }
  return { features, score: scoreOne(features, yardstick, last) }
}

/** The facts with one more, dated as-of; null where it would change nothing or its source is absent. */
const CHANGES: Readonly<Record<(typeof WHAT_IFS)[number], (input: WhatIfInput) => CustomerFacts | null>> = {
  'complaint-closed': (input) =>
    input.features.complaints.some((one) => one.open) ? withEvent(input, 'resolved') : null,
  consult: (input) =>
    input.yardstick.population.kinds.includes('consult') ? withEvent(input, 'consult') : null,
  'good-nps': (input) => (input.features.nps === null ? null : withNps(input)),
  renewal: (input) => (input.features.renewal?.renewed === false ? withEvent(input, 'renewal') : null),
  order: (input) => withEvent(input, 'order', usualAmount(input.features)),
}

function withEvent(
  { facts, features }: WhatIfInput,
  kind: EventKind,
  amount: number | null = null,
): CustomerFacts {
  const { asOf } = features
  // Not before anything of the day: a complaint is closed by what is no younger.
  const at = facts.events.reduce((latest, one) => Math.max(latest, one.at), 0)
  const event: EventFact = { id: NO_ROW, kind, at, day: asOf, amount, text: null }
  return { ...facts, events: [...facts.events, event] }
}

/** A good answer of the same contact. */
function withNps({ facts, features }: WhatIfInput): CustomerFacts {
  const { nps, asOf } = features
  const before = facts.surveys.find((one) => one.id === nps?.id)
  const at = facts.surveys.reduce((latest, one) => Math.max(latest, one.at), 0)
  const contact = before?.contact ?? null
  const answer = {
    id: NO_ROW,
    kind: 'nps',
    at: at + 1,
    day: asOf,
    score: GOOD_NPS,
    contact,
    text: null,
  } as const
  return { ...facts, surveys: [...facts.surveys, answer] }
}

function usualAmount({ purchases }: Features): number | null {
  const amounts = purchases.flatMap((one) => (one.amount === null ? [] : [one.amount]))
  return amounts.length === 0 ? null : Math.round(quantile(amounts, 0.5))
}
