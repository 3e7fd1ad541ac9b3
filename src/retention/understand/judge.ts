import type { RuleReading } from './by-rules.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import type { Outcome, Reason } from './lexicon.ts'
import { DIGITS, type Weights, ZERO } from './weights.ts'

/** What the rules saw weighs half as much as a run of signs before anything is learned. */
export const SEEN_WEIGHT = 0.5

const VALUE_OF = new Map([...DIGITS].map((digit, at) => [digit.charCodeAt(0), at - ZERO]))

/** 有效 is decided together with the outcome. */
export type Doubtful = 'outcome' | 'reason'

export interface Judgement {
  readonly outcome: Outcome | null
  readonly reason: Reason | null
  readonly effective: boolean
  /** Answers that the weights hold for less likely than `SURE`. */
  readonly unsure: readonly Doubtful[]
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

/** The rules' answer stands until another one is this many times as likely. */
const AGAINST_RULES = 1.4
/** As many times must it be as likely that a note tells no result at all, where the rules saw one. */
const AGAINST_RESULT = 10
/**
 * Likelihood from which an answer is sure. On notes never learned from, answers below it are wrong four to nine times
 * as often as the others (docs/understanding.md).
 */
const SURE = 0.6

/** The likeliest cause, and of outcome and 有效 the likeliest pair that goes together; of no words, the rules'. */
export function judge(rules: RuleReading, weights: Weights): Judgement {
  const evidence = evidenceOf(rules)
  if (!hasWords(evidence, weights)) return { ...answersOf(rules), unsure: ['outcome', 'reason'] }
  const likely = likelihoods(evidence, weights)
  const pairs = weights.outcome.labels.flatMap((outcome, at) =>
    weights.effective.labels
      .filter((effective) => goTogether(outcome, effective))
      .map((effective) => ({
        answer: { outcome, effective },
        likelihood:
          (likely.outcome[at] ?? 0) * (likely.effective[weights.effective.labels.indexOf(effective)] ?? 0),
      })),
  )
  const reasons = weights.reason.labels.map((reason, at) => ({
    answer: { reason },
    likelihood: likely.reason[at] ?? 0,
  }))
  const ruled = ({ outcome, effective }: Pick<Judgement, 'outcome' | 'effective'>): boolean =>
    outcome === rules.outcome && effective === rules.effective
  const hasResult = rules.outcome !== null && rules.outcome !== 'neutral'
  const against = ({ outcome }: Pick<Judgement, 'outcome'>): number =>
    outcome === null && hasResult ? AGAINST_RESULT : AGAINST_RULES
  const pair = decided(pairs, ruled, against) ?? rules
  const { reason } =
    decided(
      reasons,
      (one) => one.reason === rules.reason,
      () => AGAINST_RULES,
    ) ?? rules
  const answers = { outcome: pair.outcome, effective: pair.effective, reason }
  return { ...answers, unsure: doubts(answers, likely, weights) }
}

function answersOf({ outcome, reason, effective }: RuleReading): Omit<Judgement, 'unsure'> {
  return { outcome, reason, effective }
}

function doubts(
  { outcome, reason }: Omit<Judgement, 'unsure'>,
  likely: Likelihoods,
  weights: Weights,
): Doubtful[] {
  const ofOutcome = likely.outcome[weights.outcome.labels.indexOf(outcome)] ?? 0
  const ofReason = likely.reason[weights.reason.labels.indexOf(reason)] ?? 0
  return [
    ...(ofOutcome < SURE ? (['outcome'] as const) : []),
    ...(ofReason < SURE ? (['reason'] as const) : []),
  ]
}

interface Answer<T> {
  readonly answer: T
  readonly likelihood: number
}

/** The likeliest answer, if it is likely enough to stand against the rules'; undefined where theirs stands. */
function decided<T>(
  answers: readonly Answer<T>[],
  isRules: (answer: T) => boolean,
  against: (answer: T) => number,
): T | undefined {
  const best = answers.reduce((a, b) => (b.likelihood > a.likelihood ? b : a))
  const theirs = answers.find(({ answer }) => isRules(answer))?.likelihood ?? 0
  return best.likelihood < theirs * against(best.answer) ? undefined : best.answer
}

/** Two Chinese signs side by side, or a Latin word, that were learned: anything less is no language to judge. */
function hasWords({ runs }: Evidence, { evidence }: Weights): boolean {
  return runs.some((run) => evidence.has(run) && (run.startsWith('word:') || TWO_SIGNS.test(run)))
}

const TWO_SIGNS = /^(\p{Script=Han})(?!\1)\p{Script=Han}$/u

/** No contact is never 有效, and a result always is; only what was left open (neutral) may be either. */
export function goTogether(outcome: Outcome | null, effective: boolean): boolean {
  if (outcome === 'neutral') return true
  return effective !== (outcome === null || outcome === 'no-answer')
}

function softmax(sums: readonly number[]): number[] {
  const highest = Math.max(...sums)
  const shares = sums.map((one) => Math.exp(one - highest))
  const total = shares.reduce((sum, one) => sum + one, 0)
  return shares.map((one) => one / total)
}
