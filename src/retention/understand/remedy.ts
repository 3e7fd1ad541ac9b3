import type { Clause } from './clauses.ts'
import { hitsOf, isAsked, isConditional, isDenied } from './hits.ts'
import type { Lexicon } from './lexicon.ts'
import type { Sign } from './signs.ts'

/** 等我们换, 还没修: the remedy is still to come. */
const TO_COME =
  /(?:没|未|要求?|等|会|答应|承诺|希望|需要|催|尽快|怎么|如何|必须|想|待|不|让|请|准备|安排|打算|今天|明天|后天)[^,。;!?]{0,3}$/

/**
 * A remedy (换了主板) and, after it, the customer's acceptance (说可以) make a trouble that was told resolved,
 * whatever its words. Null without both.
 */
export function remedied(text: string, clauses: readonly Clause[], lexicon: Lexicon): Sign | null {
  const remedy = hitsOf(lexicon.remedy, text, clauses).find(
    (hit) => !isConditional(hit, text) && (!TO_COME.test(hit.before) || /了|已|完|好|后/.test(hit.words)),
  )
  if (!remedy) return null
  const accepted = hitsOf(lexicon.accepted, text, clauses).findLast(
    (hit) => hit.at >= remedy.end && !isDenied(hit) && !isAsked(hit) && !isConditional(hit, text),
  )
  if (!accepted) return null
  const { clause, at, end } = accepted
  return { outcome: 'resolved', at, end, soft: false, act: false, turns: clause.turns }
}
