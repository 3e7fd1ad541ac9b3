import type { Clause } from './clauses.ts'
import { hitsOf, isDenied } from './hits.ts'
import type { Lexicon, Outcome } from './lexicon.ts'

export const SENTIMENTS = ['positive', 'neutral', 'negative'] as const
export type Sentiment = (typeof SENTIMENTS)[number]

const OF_OUTCOME: Readonly<Record<Outcome, Sentiment>> = {
  ordered: 'positive',
  renewed: 'positive',
  promised: 'positive',
  interested: 'positive',
  resolved: 'positive',
  neutral: 'neutral',
  'no-answer': 'neutral',
  dissatisfied: 'negative',
  refused: 'negative',
  lost: 'negative',
}

/** The customer's mood: that of the outcome; where it has none, that of the words. */
export function sentimentOf(
  text: string,
  clauses: readonly Clause[],
  lexicon: Lexicon,
  outcome: Outcome | null,
): Sentiment {
  const given = outcome === null ? 'neutral' : OF_OUTCOME[outcome]
  if (given !== 'neutral') return given
  const count = (pattern: RegExp): number =>
    hitsOf(pattern, text, clauses).filter((hit) => !isDenied(hit)).length
  const mood = count(lexicon.tone.positive) - count(lexicon.tone.negative)
  if (mood === 0) return 'neutral'
  return mood > 0 ? 'positive' : 'negative'
}
