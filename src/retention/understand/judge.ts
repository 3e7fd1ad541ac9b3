import type { RuleReading } from './by-rules.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import type { Outcome, Reason } from './lexicon.ts'
import { DIGITS, type Weights, ZERO } from './weights.ts'

/** What the rules saw weighs as much as two runs of signs before anything is learned. */
export const SEEN_WEIGHT = 2

const VALUE_OF = new Map([...DIGITS].map((digit, at) => [digit.charCodeAt(0), at - ZERO]))

export interface Judgement {
  readonly outcome: Outcome | null
  readonly reason: Reason | null
  readonly effective: boolean
}

/** How likely each label of a field is, in the order of its labels; they add to 1. */
export interface Likelihoods {
  readonly outcome: readonly number[]
  readonly reason: readonly number[]
  readonly effective: readonly number[]
}

/** The likelihoods of every answer: softmax over the summed weights of the evidence. */
export function likelihoods(evidence: Evidence, weights: Weights): Likelihoods {
  const fields = [weights.outcome, weights.reason, weights.effective] as const
  const width = fields.reduce((sum, { labels }) => sum + labels.length, 0)
  const sums = new Float64Array(width)
  const unit = unitOf(evidence)
  const add = (names: readonly string[], value: number): void => {
    for (const name of names) {
      const digits = weights.evidence.get(name)
      if (digits === undefined) continue
      for (let at = 0; at < width; at++)
        sums[at] = (sums[at] ?? 0) + value * (VALUE_OF.get(digits.charCodeAt(at)) ?? 0)
    }
  }
  add(evidence.runs, unit)
  add(evidence.seen, unit * SEEN_WEIGHT)
  const [outcome = [], reason = [], effective = []] = fields.map(({ labels, bias, scale }, index) => {
    const from = fields.slice(0, index).reduce((sum, one) => sum + one.labels.length, 0)
    return softmax(labels.map((_, at) => (sums[from + at] ?? 0) * scale + (bias[at] ?? 0)))
  })
  return { outcome, reason, effective }
}

/** The value of one run: long notes have more of them. */
export function unitOf({ runs }: Evidence): number {
  return 1 / Math.sqrt(runs.length + 1)
}

/** The likeliest cause, and of outcome and 有效 the likeliest pair that goes together; of no words, the rules'. */
export function judge(rules: RuleReading, weights: Weights): Judgement {
  const evidence = evidenceOf(rules)
  if (!hasWords(evidence, weights)) return rules
  const likely = likelihoods(evidence, weights)
  let best = { likelihood: -1, outcome: rules.outcome, effective: rules.effective }
  for (const [at, outcome] of weights.outcome.labels.entries()) {
    for (const [side, effective] of weights.effective.labels.entries()) {
      const likelihood = (likely.outcome[at] ?? 0) * (likely.effective[side] ?? 0)
      if (goTogether(outcome, effective) && likelihood > best.likelihood)
        best = { likelihood, outcome, effective }
    }
  }
  const reason = weights.reason.labels[likely.reason.indexOf(Math.max(...likely.reason))] ?? null
  return { outcome: best.outcome, effective: best.effective, reason }
}

/** Two Chinese signs side by side, or a Latin word, that were learned: anything less is no language to judge. */
function hasWords({ runs }: Evidence, { evidence }: Weights): boolean {
  return runs.some((run) => evidence.has(run) && (run.startsWith('word:') || TWO_SIGNS.test(run)))
}

const TWO_SIGNS = /^(\p{Script=Han})(?!\1)\p{Script=Han}$/u

/** No contact is never 有效, and a result always is; only what was left open (neutral) may be either. */
function goTogether(outcome: Outcome | null, effective: boolean): boolean {
  if (outcome === 'neutral') return true
  return effective !== (outcome === null || outcome === 'no-answer')
}

function softmax(sums: readonly number[]): number[] {
  const highest = Math.max(...sums)
  const shares = sums.map((one) => Math.exp(one - highest))
  const total = shares.reduce((sum, one) => sum + one, 0)
  return shares.map((one) => one / total)
}
