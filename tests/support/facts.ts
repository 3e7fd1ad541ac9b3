import type { CustomerFacts, EventFact, ScoredCustomer, SurveyFact } from '../../src/model/customer-facts.ts'
import { type Day, dayFromIso } from '../../src/model/day.ts'
import { EVENT_KINDS, type EventKind } from '../../src/model/event.ts'
import type { Population } from '../../src/model/population.ts'
import type { Features } from '../../src/scoring/features.ts'
import { featuresOf } from '../../src/scoring/features-of.ts'
import { gapsFor } from '../../src/scoring/segment-gap.ts'
import { Settings } from '../../src/settings.ts'

/** Wednesday 2026-06-10: no long holiday within a month before it. */
export const AS_OF = day('2026-06-10')

export function day(iso: string): Day {
  const found = dayFromIso(iso)
  if (found === null) throw new Error(`no such day: ${iso}`)
  return found
}

export const CUSTOMER: ScoredCustomer = { id: 1, segment: 'default', since: null, renewalOn: null }

export const SCORING = Settings.parse({ scoring: { negativeWords: ['太贵', '不满', '换供应商'] } }).scoring

/** Everybody else: every kind of event exists, the typical gap is 30 days, no holidays unless given. */
export function population(more: Partial<Population> = {}): Population {
  return {
    asOf: AS_OF,
    kinds: EVENT_KINDS,
    buyers: 100,
    segmentGaps: {},
    gap: 30,
    orderGap: 30,
    rfm: null,
    valueCuts: [100_000, 10_000],
    quiet: [],
    ...more,
  }
}

let nextId = 1

/** An event `ago` days before as-of. */
export function event(kind: EventKind, ago: number, more: Partial<EventFact> = {}): EventFact {
  const on = (more.day ?? AS_OF) - ago
  return { id: nextId++, kind, amount: null, text: null, at: on * 86_400_000, ...more, day: on }
}

/** Orders at these ages, 1,000 yuan each unless amounts (分) are given. */
export function orders(ages: readonly number[], amounts?: readonly number[]): EventFact[] {
  return ages.map((ago, i) => event('order', ago, { amount: amounts?.[i] ?? 100_000 }))
}

export function nps(ago: number, score: number, contact: string | null = null): SurveyFact {
  const on = AS_OF - ago
  return { id: nextId++, at: on * 86_400_000, day: on, kind: 'nps', score, contact, text: null }
}

export function features(
  events: readonly EventFact[],
  more: Partial<CustomerFacts> & {
    customer?: Partial<ScoredCustomer>
    population?: Partial<Population>
  } = {},
): Features {
  const facts = { events, surveys: more.surveys ?? [], notes: more.notes ?? [] }
  const customer = { ...CUSTOMER, ...more.customer }
  const others = population(more.population)
  return featuresOf(customer, facts, AS_OF, others, gapsFor(SCORING, others, customer.segment))
}
