import type { Day } from '../model/day.ts'
import { amountOf } from './understand/amount.ts'
import { readByRules } from './understand/by-rules.ts'
import { channelOf } from './understand/channel.ts'
import type { Now } from './understand/dates/form.ts'
import { isReached } from './understand/effective.ts'
import { type Doubtful, judge } from './understand/judge.ts'
import { type Channel, type Outcome, type Reason, shippedLexicon } from './understand/lexicon.ts'
import type { NextDate } from './understand/next-date.ts'
import { type Sentiment, sentimentOf } from './understand/sentiment.ts'
import { shippedWeights } from './understand/weights.ts'

/** What a rep's words say about one contact. The customer is found apart (understand/customer.ts). */
export interface Understood {
  readonly channel: Channel | null
  readonly reached: boolean
  /** 有效跟进: contact with a result; a greeting or an unanswered call is 仅触达 (K7). */
  readonly effective: boolean
  readonly outcome: Outcome | null
  readonly reason: Reason | null
  readonly sentiment: Sentiment
  readonly nextOn: Day | null
  /** Why the date that was said cannot be taken. */
  readonly refused: NextDate['refused']
  /** The words the date was read from. */
  readonly saidDate: string | null
  /** 分, when an order is told. */
  readonly amount: number | null
  /** Answers that may well be wrong: see `judge`. */
  readonly unsure: readonly Doubtful[]
}

/** Longer notes are read up to here. */
const MAX_CHARS = 2_000

/**
 * Reads a rep's free text: dates, channel and amount by rules and the lexicon of config/understand.yaml; outcome,
 * cause and 有效 by the learned weights of config/understand-weights.json over the words and what the rules saw
 * (docs/understanding.md). Pure; any string is fine.
 * @param now the day the text was written and its calendar
 * @param maxNextDays a next date further away is refused
 */
export function understand(
  text: string,
  now: Now,
  maxNextDays: number,
  lexicon = shippedLexicon(),
  weights = shippedWeights(),
): Understood {
  const rules = readByRules(text.slice(0, MAX_CHARS), now, maxNextDays, lexicon)
  const { plain, clauses, next } = rules
  const { outcome, reason, effective, unsure } = judge(rules, weights)
  return {
    channel: channelOf(plain, clauses, lexicon, next.mentions),
    reached: isReached(plain, lexicon, outcome),
    effective,
    outcome,
    reason,
    sentiment: sentimentOf(plain, clauses, lexicon, outcome),
    nextOn: next.day,
    refused: next.refused,
    saidDate: next.words,
    amount: outcome === 'ordered' || outcome === 'renewed' ? amountOf(plain) : null,
    unsure,
  }
}
