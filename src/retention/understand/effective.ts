import type { Lexicon, Outcome } from './lexicon.ts'
import type { Sign } from './signs.ts'

/** Patterns of the lexicon are global: `search` starts anew each time, `test` would not. */
function has(text: string, pattern: RegExp): boolean {
  return text.search(pattern) >= 0
}

/** A greeting or a gift, and no word of business. */
export function isGreeting(text: string, lexicon: Lexicon): boolean {
  return has(text, lexicon.courtesy) && !talksBusiness(text, lexicon)
}

/** In a greeting, friendly words are manners and no interest: 群发祝福，客户很开心. */
export function withoutCourtesy(signs: readonly Sign[], text: string, lexicon: Lexicon): readonly Sign[] {
  if (!isGreeting(text, lexicon)) return signs
  return signs.filter(({ soft }) => !soft)
}

/** The customer was spoken to or answered. */
export function isReached(text: string, lexicon: Lexicon, outcome: Outcome | null): boolean {
  if (outcome === 'no-answer') return false
  return outcome !== null || has(text, lexicon.contact)
}

/** Somebody picked up but had no time. */
export function isBrushOff(text: string, lexicon: Lexicon): boolean {
  return has(text, lexicon.busy)
}

/** A contact with a result: no greeting only, no unanswered call, nobody who only had no time. */
export function isEffective(text: string, lexicon: Lexicon, outcome: Outcome | null): boolean {
  if (outcome === null || outcome === 'no-answer') return false
  if (outcome !== 'neutral') return true
  return !isBrushOff(text, lexicon) && !isGreeting(text, lexicon)
}

const NO_BUSINESS = /(?:没|不|未|没有)(?:聊|谈|提|说|涉及|问)[^,。;!?]{0,4}/g

function talksBusiness(text: string, lexicon: Lexicon): boolean {
  return has(text, lexicon.contact) && has(text.replace(NO_BUSINESS, ''), lexicon.business)
}
