import type { ChurnDefinition } from './churn.ts'
import type { Day } from './day.ts'
import { gapsOf, typicalGap } from './own-cycle.ts'
import { ownValue } from './own-value.ts'

/** What a churn definition looks at, cut at the day of the question: nothing later may be in here. */
export interface ChurnFacts {
  /** Distinct days with an order, ascending. */
  readonly orderDays: readonly Day[]
  /** Days of `renewal` events, ascending. */
  readonly renewalDays: readonly Day[]
  /** Days of `cancel` events (an explicit notice), ascending. */
  readonly cancelDays: readonly Day[]
  readonly renewalOn: Day | null
  /** Typical gap of the customer's segment in days, for own-cycle. */
  readonly segmentGap: number
  /** The last day whose facts are known. */
  readonly asOf: Day
}

/** A renewal up to this many days before the renewal date counts for that date. */
export const EARLY_RENEWAL_DAYS = 180

/** Contract length assumed when only the last renewal or order is known. */
const TERM_DAYS = 365

/**
 * The day a customer became lost by a definition, or null while it is not (or when nothing tells). Days are
 * calendar days, so that a person can check the figure by hand: 180 days without an order are over on
 * last order + 180. An explicit cancel loses the customer at once; an order or renewal after it takes that back.
 */
export function lostOn(definition: ChurnDefinition, facts: ChurnFacts): Day | null {
  const cancelled = cancelledOn(facts)
  if (cancelled !== null) return cancelled
  const day = definition.basis === 'renewal' ? lapsedOn(definition, facts) : silentOn(definition, facts)
  return day !== null && day <= facts.asOf ? day : null
}

/**
 * The definition a segment uses.
 * @param scoring the `scoring` section of the settings
 */
export function definitionFor(
  scoring: {
    readonly segments: Readonly<Record<string, { readonly definition: string }>>
    readonly definitions: readonly ChurnDefinition[]
  },
  segment: string,
): ChurnDefinition {
  const chosen = (ownValue(scoring.segments, segment) ?? scoring.segments.default)?.definition ?? 'own-cycle'
  return scoring.definitions.find((one) => one.name === chosen) ?? OWN_CYCLE
}

const OWN_CYCLE: ChurnDefinition = { name: 'own-cycle', basis: 'own-cycle', days: 90, cycles: 3 }

function silentOn(definition: ChurnDefinition, facts: ChurnFacts): Day | null {
  const last = facts.orderDays.at(-1)
  if (last === undefined) return null
  if (definition.basis === 'order') return last + definition.days
  const gap = typicalGap(gapsOf(facts.orderDays), facts.segmentGap)
  return last + Math.max(definition.days, Math.ceil(definition.cycles * gap))
}

function lapsedOn(definition: ChurnDefinition, facts: ChurnFacts): Day | null {
  const renewed = facts.renewalDays.at(-1)
  const due = facts.renewalOn ?? termEnd(renewed ?? facts.orderDays.at(-1))
  if (due === null) return null
  // A due date far in the past beside a later renewal is a stale field: the renewal starts a new term.
  if (renewed !== undefined && renewed >= due - EARLY_RENEWAL_DAYS) {
    return Math.max(due, renewed) + TERM_DAYS + definition.days
  }
  return due + definition.days
}

function termEnd(start: Day | undefined): Day | null {
  return start === undefined ? null : start + TERM_DAYS
}

function cancelledOn(facts: ChurnFacts): Day | null {
  const cancelled = facts.cancelDays.at(-1)
  if (cancelled === undefined) return null
  const after = Math.max(facts.orderDays.at(-1) ?? 0, facts.renewalDays.at(-1) ?? 0)
  if (after > cancelled) return null
  // The first notice that nothing has taken back.
  return facts.cancelDays.find((day) => day >= after) ?? cancelled
}
