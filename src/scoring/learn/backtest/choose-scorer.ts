import { DEFAULT_GATE, type GateRule, type GateVerdict, judge } from './gate.ts'

/** One scorer's probabilities on the fold that decides. */
export interface Candidate {
  readonly name: string
  readonly risk: Float64Array
}

/** Which scorer is used, and why each other one is not. */
export interface Choice {
  readonly chosen: string
  readonly verdicts: readonly (GateVerdict & { readonly name: string })[]
}

/**
 * Goes through the candidates in the given order of preference. Each must pass the gate against the rules, and then
 * against the one that holds the place by now: a later candidate is not taken for a gain that may be chance.
 */
export function chooseScorer(
  y: Float64Array,
  rules: Candidate,
  candidates: readonly Candidate[],
  rule: GateRule = DEFAULT_GATE,
): Choice {
  const verdicts = candidates.map(({ name, risk }) => ({ name, ...judge(y, risk, rules.risk, rule) }))
  const chosen = candidates.reduce((holder, candidate, i) => {
    if (!verdicts[i]?.passed) return holder
    return holder === rules || judge(y, candidate.risk, holder.risk, rule).passed ? candidate : holder
  }, rules)
  return { chosen: chosen.name, verdicts }
}
