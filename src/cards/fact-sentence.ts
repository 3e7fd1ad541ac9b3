import { isFactKind } from '../model/fact-kinds.ts'
import type { Evidence, Fact } from '../model/score.ts'
import type { Text } from '../text/index.ts'

/** Facts in one reason; more do not fit a line of a phone. */
const MAX_FACTS = 3

/** One fact in words. A kind of a newer version that this one does not know reads as nothing. */
export function factSentence(fact: Fact, text: Text): string {
  return isFactKind(fact.kind) ? text.facts[fact.kind](fact.values, fact.on) : ''
}

/** One reason in words: its dated facts, or the signal's title when it has none. */
export function evidenceSentence(evidence: Evidence, text: Text): string {
  const sentences = evidence.facts.slice(0, MAX_FACTS).map((fact) => factSentence(fact, text))
  const shown = sentences.filter((sentence) => sentence !== '').join(text.scoring.factSeparator)
  return shown === '' ? (text.scoring.signals[evidence.signal] ?? evidence.signal) : shown
}
