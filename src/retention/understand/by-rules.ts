import { type Clause, clausesOf } from './clauses.ts'
import type { Now } from './dates/form.ts'
import { isBrushOff, isEffective, withoutCourtesy } from './effective.ts'
import type { Lexicon, Outcome, Reason } from './lexicon.ts'
import { type NextDate, nextDate } from './next-date.ts'
import { normalise } from './normalise.ts'
import { outcomeOf } from './outcome.ts'
import { type Cause, causesOf, isComplaint, isFault, reasonOf } from './reason.ts'
import { remedied } from './remedy.ts'
import { type Sign, signsOf } from './signs.ts'
import { talkedAbout } from './talk.ts'

/** What the rules make of a note, with what they saw. */
export interface RuleReading {
  /** The text as the rules read it. */
  readonly plain: string
  readonly clauses: readonly Clause[]
  readonly next: NextDate
  readonly signs: readonly Sign[]
  readonly causes: readonly Cause[]
  readonly outcome: Outcome | null
  readonly reason: Reason | null
  readonly effective: boolean
  readonly brushOff: boolean
}

/**
 * Reads a note by the rules and the lexicon alone. Pure.
 * @param now the day the text was written and its calendar
 * @param maxNextDays a next date further away is refused
 */
export function readByRules(text: string, now: Now, maxNextDays: number, lexicon: Lexicon): RuleReading {
  const plain = normalise(text)
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
  const brushOff = isBrushOff(plain, lexicon)
  const outcome =
    judged(said, reason, plain) ?? (brushOff || talkedAbout(plain, lexicon, next.mentions) ? 'neutral' : null)
  const effective = isEffective(plain, lexicon, outcome)
  return { plain, clauses, next, signs, causes, outcome, reason, effective, brushOff }
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
    .map(({ at, end, turns }) => ({ outcome: 'dissatisfied', at, end, soft: false, act: false, turns }))
}

/** 关掉两家门店: the customer goes on. */
const SOME_OF_THEM = /关[掉闭停]?了?(?:一|两|三|四|五|几|部分|\d+)[家个]/

/** What the cause changes about the outcome that was said. */
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
