import { compareAuc } from '../compare/delong.ts'
import { pairedBootstrap } from '../compare/paired-bootstrap.ts'

/** What a model must show on a fold that it was not trained on before it may replace the rules. */
export interface GateRule {
  /** Churns and stays needed before anything is said. */
  readonly fewest: number
  /** AUC that the model must gain over the rules. */
  readonly margin: number
  /** Standard errors that the gain must be away from zero. */
  readonly certainty: number
}

export const DEFAULT_GATE: GateRule = { fewest: 50, margin: 0.005, certainty: 2 }

/** The verdict as data; words are made of it elsewhere. */
export interface GateVerdict {
  readonly passed: boolean
  readonly reason:
    | 'passed'
    | 'too-few-churns'
    | 'too-few-stays'
    | 'no-gain'
    | 'not-certain'
    | 'worse-probabilities'
  /** AUC of the model minus that of the rules, with its standard error; null without both classes. */
  readonly gain: number | null
  readonly gainSe: number | null
  /** Of the fold that it was judged on. */
  readonly churned: number
  readonly stayed: number
}

/** Judges a model's probabilities against the rules' on the same customers. */
export function judge(
  y: Float64Array,
  model: Float64Array,
  rules: Float64Array,
  rule: GateRule = DEFAULT_GATE,
): GateVerdict {
  const churned = y.reduce((sum, value) => sum + value, 0)
  const compared = compareAuc(y, model, rules)
  const verdict = (reason: GateVerdict['reason']): GateVerdict => ({
    passed: reason === 'passed',
    reason,
    gain: compared?.difference ?? null,
    gainSe: compared?.se ?? null,
    churned,
    stayed: y.length - churned,
  })
  if (churned < rule.fewest) return verdict('too-few-churns')
  if (y.length - churned < rule.fewest) return verdict('too-few-stays')
  if (!compared || compared.difference < rule.margin) return verdict('no-gain')
  if (compared.difference < rule.certainty * compared.se) return verdict('not-certain')
  const errors = pairedBootstrap(squaredErrors(y, model), squaredErrors(y, rules), { rounds: 400 })
  return verdict(errors.low > 0 ? 'worse-probabilities' : 'passed')
}

function squaredErrors(y: Float64Array, p: Float64Array): Float64Array {
  return y.map((value, i) => (value - (p[i] ?? 0)) ** 2)
}
