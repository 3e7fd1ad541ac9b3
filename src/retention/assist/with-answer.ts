import { amountOf } from '../understand/amount.ts'
import { isReached } from '../understand/effective.ts'
import { shippedLexicon } from '../understand/lexicon.ts'
import { normalise } from '../understand/normalise.ts'
import type { Understood } from '../understand.ts'
import type { Answer } from './question.ts'

/**
 * The own reading with a model's answer where it is unsure; mood and 有效 follow the outcome. What is sure stands, and
 * so do channel and date.
 * @param fields what the answer changed; empty where it agrees
 */
export function withAnswer(
  words: string,
  own: Understood,
  answer: Answer,
): { readonly said: Understood; readonly fields: readonly (keyof Answer)[] } {
  const said: Understood = {
    ...own,
    ...(own.unsure.includes('outcome') && outcomeOf(words, answer)),
    ...(own.unsure.includes('reason') && { reason: answer.reason }),
  }
  const all = ['outcome', 'reason', 'effective', 'sentiment'] as const
  return { said, fields: all.filter((field) => said[field] !== own[field]) }
}

function outcomeOf(words: string, { outcome, effective, sentiment }: Answer): Partial<Understood> {
  const plain = normalise(words)
  const bought = outcome === 'ordered' || outcome === 'renewed'
  return {
    outcome,
    effective,
    sentiment,
    reached: isReached(plain, shippedLexicon(), outcome),
    amount: bought ? amountOf(plain) : null,
  }
}
