import type { Lexicon, Outcome } from './lexicon.ts'
import type { Sign } from './signs.ts'

/** Patterns of the lexicon are global: `search` starts anew each time, `test` would not. */
function has(text: string, pattern: RegExp): boolean {
  return text.search(pattern) >= 0
}

/** In a greeting, friendly words are manners and no interest: 群发祝福，客户很开心. */
export function withoutCourtesy(signs: readonly Sign[], text: string, lexicon: Lexicon): readonly Sign[] {
  if (!has(text, lexicon.courtesy)) return signs
  return signs.filter(({ soft, outcome }) => !soft && outcome !== 'no-answer')
}

/** The customer was spoken to or answered. */
export function isReached(text: string, lexicon: Lexicon, outcome: Outcome | null): boolean {
  if (outcome === 'no-answer') return false
  return outcome !== null || has(text, lexicon.contact)
}

/** A contact with a result: no greeting only, no unanswered call, nobody who only had no time. */
export function isEffective(text: string, lexicon: Lexicon, outcome: Outcome | null): boolean {
  if (outcome === null || outcome === 'no-answer') return false
  return outcome !== 'neutral' || !(has(text, lexicon.busy) || has(text, lexicon.courtesy))
}
