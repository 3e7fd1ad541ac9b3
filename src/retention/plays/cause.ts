import type { Evidence } from '../../model/score.ts'
import type { Reason } from '../understand/lexicon.ts'
import { OPEN_COMPLAINT, type PlayBook, shippedPlays, UNKNOWN_CAUSE } from './book.ts'

/** Why a customer is at risk, and what says so. */
export interface Cause {
  readonly id: string
  readonly from: 'complaint' | 'told' | 'score' | 'none'
  /** The reason of the score that says so. */
  readonly evidence?: Evidence
}

/**
 * The cause a play answers. An open complaint goes before everything (nothing is sold into it), then what the customer
 * told us, then the strongest reason of the score that has a cause.
 * @param told the reason the rep logged last, see `toldReason`
 */
export function causeOf(
  given: { openComplaint: boolean; told: Reason | null; evidence: readonly Evidence[] },
  book: PlayBook = shippedPlays(),
): Cause {
  if (given.openComplaint) return { id: OPEN_COMPLAINT, from: 'complaint' }
  const told = given.told === null ? undefined : book.causeOfReason.get(given.told)
  if (told !== undefined) return { id: told, from: 'told' }
  const raising = given.evidence.filter(({ points }) => points > 0).toSorted((a, b) => b.points - a.points)
  for (const one of raising) {
    const id = book.causeOfSignal.get(one.signal)
    if (id !== undefined && id !== UNKNOWN_CAUSE) return { id, from: 'score', evidence: one }
  }
  return { id: UNKNOWN_CAUSE, from: 'none' }
}
