import { AppError } from '../errors.ts'
import type { Text } from '../text/index.ts'

/** A customer that no scoring run has met yet. */
export function noScoreYet(text: Text): AppError {
  return new AppError('not-found', 'the customer has no score yet', { say: text.cards.customer.noScore })
}
