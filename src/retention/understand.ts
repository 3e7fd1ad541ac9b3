import type { Day } from '../model/day.ts'
import { amountOf } from './understand/amount.ts'
import { channelOf } from './understand/channel.ts'
import { clausesOf } from './understand/clauses.ts'
import type { Now } from './understand/dates/form.ts'
import { isBrushOff, isEffective, isReached, withoutCourtesy } from './understand/effective.ts'
import { type Channel, type Outcome, type Reason, shippedLexicon } from './understand/lexicon.ts'
import { type NextDate, nextDate } from './understand/next-date.ts'
import { normalise } from './understand/normalise.ts'
import { outcomeOf } from './understand/outcome.ts'
import { type Cause, causesOf, isComplaint, isFault, reasonOf } from './understand/reason.ts'
import { remedied } from './understand/remedy.ts'
import { type Sentiment, sentimentOf } from './understand/sentiment.ts'
import { type Sign, signsOf } from './understand/signs.ts'
import { talkedAbout } from './understand/talk.ts'

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
}

/** Longer notes are read up to here. */
const MAX_CHARS = 2_000

/**
 * Reads a rep's free text by rules and the lexicon of config/understand.yaml. Pure; any string is fine.
 * @param now the day the text was written and its calendar
 * @param maxNextDays a next date further away is refused
 */
export function understand(
  text: string,
  now: Now,
  maxNextDays: number,
  lexicon = shippedLexicon(),
): Understood {
  const plain = normalise(text.slice(0, MAX_CHARS))
  const clauses = clausesOf(plain)
  const next = nextDate(plain, now, maxNextDays)
  const causes = causesOf(plain, clauses, lexicon)
  const reason = reasonOf(causes)
  const toCome = next.mentions.filter(({ day, kind }) => kind !== 'never' && day !== null && day > now.today)
  const told = [...signsOf(plain, clauses, lexicon, toCome), ...complaints(causes)]
  const inTrouble =
    causes.some(({ reason: one }) => isFault(one)) || told.some(isUnhappy) || TROUBLE.test(plain)
  const resolved = inTrouble ? remedied(plain, clauses, lexicon) : null
  const signs = [...told, ...(resolved ? [resolved] : [])].sort((a, b) => a.at - b.at)
  const said = renewalOf(outcomeOf(withoutCourtesy(signs, plain, lexicon)), plain)
  const outcome =
    judged(said, reason, plain) ??
    (isBrushOff(plain, lexicon) || talkedAbout(plain, lexicon, next.mentions) ? 'neutral' : null)
  return {
    channel: channelOf(plain, clauses, lexicon, next.mentions),
    reached: isReached(plain, lexicon, outcome),
    effective: isEffective(plain, lexicon, outcome),
    outcome,
    reason,
    sentiment: sentimentOf(plain, clauses, lexicon, outcome),
    nextOn: next.day,
    refused: next.refused,
    saidDate: next.words,
    amount: outcome === 'ordered' || outcome === 'renewed' ? amountOf(plain) : null,
  }
}

/** A trouble that is told without saying which. */
const TROUBLE = /退的货|退货|问题|投诉|故障|客诉|报修|反映|坏了|差错|差评/
const isUnhappy = ({ outcome }: Sign): boolean => outcome === 'dissatisfied'

/** 续签谈了三轮，今天签下来了: a contract signed where its renewal was the matter. */
const RENEWAL =
  /(?:续[签约费保租订期报班]|顺延|延期|到期|延长|延至)(?![^。;!?]{0,4}[没不未])[^。;!?没不未]{0,24}(?:签|盖章|用印|章|付|交|打款|到账|办好)|签[^,。;!?没不未]{0,3}续[签约费保租订期]/

function renewalOf(said: Outcome | null, text: string): Outcome | null {
  return said === 'ordered' && RENEWAL.test(text) ? 'renewed' : said
}

function complaints(causes: readonly Cause[]): Sign[] {
  return causes
    .filter(isComplaint)
    .map(({ at, end, turns }) => ({ outcome: 'dissatisfied', at, end, soft: false, turns }))
}

/** What the cause changes about the outcome that was said. */
/** 关掉两家门店: the customer goes on. */
const SOME_OF_THEM = /关[掉闭停]?了?(?:一|两|三|四|五|几|部分|\d+)[家个]/

function judged(said: Outcome | null, reason: Reason | null, text: string): Outcome | null {
  const bought = said === 'ordered' || said === 'renewed'
  if (
    reason === 'closed-down' &&
    !SOME_OF_THEM.test(text) &&
    !bought &&
    said !== 'promised' &&
    said !== 'resolved'
  )
    return 'lost'
  // Bought elsewhere, though perhaps from us: the customer is not lost, and this is no order either (A3).
  if (reason === 'channel-switch' && (bought || said === 'lost' || said === 'refused')) return 'neutral'
  return said ?? (reason === null ? null : 'neutral')
}
