import { BANDS } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import type { Evidence } from '../model/score.ts'
import type { NewChange, NewScore, PreviousScore } from '../store/score-writes.ts'
import type { LastState, ScoredState } from './score-one.ts'

/** Facts of one reason kept with a stored score; `why` shows all of them from the facts themselves. */
const MAX_FACTS = 3
const MAX_REASONS = 6

/** The last state a score may start from: one of a later day knows the future and is ignored. */
export function lastState(previous: PreviousScore | undefined, asOf: Day): LastState | null {
  if (previous === undefined || previous.asOf > asOf) return null
  const { band } = previous
  return { ...previous, band: BANDS.find((one) => one === band) ?? 'none' }
}

/** The row of `scores`. Reasons are kept only where a card may show them: in a band. */
export function scoreRow(one: ScoredState): NewScore {
  return {
    customer_id: one.customerId,
    risk: one.risk,
    band: one.band,
    band_since: one.bandSince,
    tier: one.tier,
    stage: one.stage,
    stage_since: one.stageSince,
    rfm_segment: one.rfmSegment,
    r: one.rfm?.r ?? null,
    f: one.rfm?.f ?? null,
    m: one.rfm?.m ?? null,
    points: one.points,
    value_12m: one.value12m,
    priority: one.priority,
    churned: one.churned ? 1 : 0,
    evidence_json: one.band === 'none' ? '[]' : JSON.stringify(compact(one.evidence)),
    next_order_after: one.nextOrder?.after ?? null,
    next_order_from: one.nextOrder?.from ?? null,
    next_order_due: one.nextOrder?.due ?? null,
    next_order_until: one.nextOrder?.until ?? null,
    next_order_every: one.nextOrder?.every ?? null,
  }
}

function compact(evidence: readonly Evidence[]): Evidence[] {
  return evidence.slice(0, MAX_REASONS).map((one) => ({ ...one, facts: one.facts.slice(0, MAX_FACTS) }))
}

/**
 * What is new against the last score. The first score of a customer enters the history only where it is not
 * the calm default, so that movements add up and a first run does not write a row for everybody.
 */
export function changesOf(one: ScoredState, before: PreviousScore | undefined): NewChange[] {
  const { customerId } = one
  if (before === undefined) {
    const first: NewChange[] = []
    if (one.band !== 'none') first.push({ customerId, field: 'band', before: null, after: one.band })
    if (one.churned) first.push({ customerId, field: 'churned', before: null, after: '1' })
    return first
  }
  const pairs: readonly [NewChange['field'], string, string][] = [
    ['band', before.band, one.band],
    ['tier', before.tier, one.tier],
    ['stage', before.stage, one.stage],
    ['churned', before.churned ? '1' : '0', one.churned ? '1' : '0'],
  ]
  return pairs
    .filter(([, was, is]) => was !== is)
    .map(([field, was, is]) => ({ customerId, field, before: was, after: is }))
}
