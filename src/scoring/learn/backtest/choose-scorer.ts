import { compareAuc } from '../compare/delong.ts'
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
 * The first of the candidates, in the given order of preference, among those that pass the gate and whose AUC is not
 * certainly (one standard error) below the best; the rules when none passes.
 */
export function chooseScorer(
  y: Float64Array,
  rules: Candidate,
  candidates: readonly Candidate[],
  rule: GateRule = DEFAULT_GATE,
): Choice {
  const judged = candidates.map((candidate) => ({
    candidate,
    verdict: judge(y, candidate.risk, rules.risk, rule),
  }))
  const passed = judged.filter(({ verdict }) => verdict.passed).map(({ candidate }) => candidate)
  const best = passed.reduce<Candidate | null>(
    (top, one) => (top && (compareAuc(y, one.risk, top.risk)?.difference ?? 0) <= 0 ? top : one),
    null,
  )
  const chosen = passed.find((one) => best && isAsGood(y, one, best)) ?? rules
  return {
    chosen: chosen.name,
    verdicts: judged.map(({ candidate, verdict }) => ({ name: candidate.name, ...verdict })),
  }
}

function isAsGood(y: Float64Array, one: Candidate, best: Candidate): boolean {
  const compared = compareAuc(y, one.risk, best.risk)
  return compared === null || compared.difference >= -compared.se
}
