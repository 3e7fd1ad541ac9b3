import type { Outcome } from './lexicon.ts'
import type { Sign } from './signs.ts'

const FINAL: ReadonlySet<Outcome> = new Set(['ordered', 'renewed', 'lost', 'refused', 'resolved', 'promised'])
/** Of two that say the same weight, the one that matters more for the business. */
const WEIGHT: readonly Outcome[] = [
  'ordered',
  'renewed',
  'lost',
  'refused',
  'resolved',
  'promised',
  'dissatisfied',
  'interested',
  'neutral',
  'no-answer',
]

/**
 * The outcome of a whole text from its signs. What the customer did counts more than how they felt, and later
 * words more than earlier ones; not reaching somebody counts only when nothing else is said.
 */
export function outcomeOf(signs: readonly Sign[]): Outcome | null {
  const finals = signs.filter(({ outcome, soft }) => FINAL.has(outcome) && !soft)
  const last = finals.at(-1)
  if (last) return overridden(finalOf(finals), signs)
  const moods = signs.filter(({ outcome }) => !FINAL.has(outcome) && outcome !== 'no-answer')
  const turned = moods.findLast(({ turns, outcome }) => turns && outcome !== 'neutral')
  if (turned) return turned.outcome
  const named = strongest(moods.filter(({ soft }) => !soft))
  if (named && named !== 'neutral') return named
  const silent = moods.length < signs.length
  const soft = strongest(moods.filter((one) => one.soft))
  if (soft && soft !== 'neutral' && !silent) return soft
  return named ?? (silent ? 'no-answer' : soft)
}

function strongest(signs: readonly Sign[]): Outcome | null {
  return WEIGHT.find((outcome) => signs.some((one) => one.outcome === outcome)) ?? null
}

/** The last final word counts; a thing done is not undone by a later refusal of something else, only by a loss. */
function finalOf(finals: readonly Sign[]): Outcome {
  const outcomes = finals.map(({ outcome }) => outcome)
  const last = outcomes.at(-1) ?? 'neutral'
  const done = outcomes.findLast((one) => one === 'ordered' || one === 'renewed')
  const lostAt = outcomes.indexOf('lost')
  // 用上了竞品，合同也签了: a deal told after a loss is the rival's, unless the sentence turns.
  const theirs = lostAt >= 0 && !finals.slice(lostAt + 1).some(({ turns }) => turns)
  if (done && !theirs) return outcomes.includes('renewed') && done === 'ordered' ? 'renewed' : done
  if (outcomes.includes('lost') && last !== 'promised' && last !== 'resolved') return 'lost'
  return last
}

/** A problem that was solved while the customer is still unhappy is not resolved. */
function overridden(outcome: Outcome, signs: readonly Sign[]): Outcome {
  if (outcome !== 'resolved') return outcome
  const solvedAt = signs.findLast((one) => one.outcome === 'resolved')?.at ?? 0
  const after = signs.some((one) => one.outcome === 'dissatisfied' && one.at > solvedAt && one.turns)
  return after ? 'dissatisfied' : outcome
}
