import type { Day } from './day.ts'
import type { EventKind } from './event.ts'

/** What scoring knows of a customer besides dated facts. */
export interface ScoredCustomer {
  readonly id: number
  readonly segment: string
  readonly since: Day | null
  /** The one input without a history: the renewal date as it stands today. */
  readonly renewalOn: Day | null
}

export interface EventFact {
  readonly id: number
  readonly kind: EventKind
  readonly at: number
  readonly day: Day
  readonly amount: number | null
  /** Only for kinds in which people speak (`SPOKEN_KINDS`). */
  readonly text: string | null
}

export interface SurveyFact {
  readonly id: number
  readonly at: number
  readonly day: Day
  readonly kind: 'nps' | 'csat'
  readonly score: number
  readonly contact: string | null
  readonly text: string | null
}

/** A rep's note about a talk with the customer. */
export interface NoteFact {
  readonly id: number
  readonly at: number
  readonly day: Day
  readonly text: string
}

/** The dated facts of one customer up to and including the as-of day, in any order. */
export interface CustomerFacts {
  readonly events: readonly EventFact[]
  readonly surveys: readonly SurveyFact[]
  readonly notes: readonly NoteFact[]
}

/** What the customer does with us. Touches by us, notices and data changes are no activity. */
export const ACTIVITY_KINDS: ReadonlySet<EventKind> = new Set<EventKind>([
  'order',
  'payment',
  'renewal',
  'refund',
  'consult',
  'login',
  'browse',
  'review',
  'complaint',
  'ticket',
  'visit',
])

/** Kinds whose text and note hold what people said. */
export const SPOKEN_KINDS: readonly EventKind[] = [
  'consult',
  'review',
  'complaint',
  'ticket',
  'visit',
  'contact-change',
  'touch',
  'cancel',
]
