import { readByRules } from '../../../src/retention/understand/by-rules.ts'
import { type Evidence, evidenceOf } from '../../../src/retention/understand/evidence.ts'
import { SEEN_WEIGHT, unitOf } from '../../../src/retention/understand/judge.ts'
import { OUTCOMES, REASONS, shippedLexicon } from '../../../src/retention/understand/lexicon.ts'
import { DIGITS, type Weights, ZERO } from '../../../src/retention/understand/weights.ts'
import { MAX_NEXT_DAYS, type Note, WRITTEN } from './notes.ts'
import { type Fitted, fitSoftmax, type Row } from './softmax.ts'

/** Evidence that is kept: the strongest, so that the file stays below 400 KB. */
const MAX_EVIDENCE = 9_000
/** Evidence seen in one note only is chance. */
const MIN_NOTES = 2
const LARGEST = DIGITS.length - 1 - ZERO
/** The few weights beyond this share of them are cut, so that the others keep more of their digits. */
const CUT = 0.999

export interface Lesson {
  readonly note: Note
  readonly evidence: Evidence
}

/** A note with the evidence that the bot would see in it. */
export function lessonOf(note: Note): Lesson {
  const rules = readByRules(note.text, WRITTEN, MAX_NEXT_DAYS, shippedLexicon())
  return { note, evidence: evidenceOf(rules) }
}

interface Field<T> {
  readonly labels: T[]
  readonly bias: number[]
  readonly scale: number
  readonly digits: (name: string) => string
  readonly strength: (name: string) => number
}

/** Learns the weights of config/understand-weights.json, rounded as they are kept there. Takes seconds. */
export function learn(lessons: readonly Lesson[], learnedFrom: string): Weights {
  const names = namesIn(lessons)
  const outcome = fieldOf(lessons, names, [...OUTCOMES, null], (note) => note.outcome)
  const reason = fieldOf(lessons, names, [...REASONS, null], (note) => note.reason)
  const effective = fieldOf(lessons, names, [true, false], (note) => note.effective)
  const fields = [outcome, reason, effective]
  const strength = (name: string): number => Math.max(...fields.map((field) => field.strength(name)))
  const kept = [...names.keys()].sort((a, b) => strength(b) - strength(a)).slice(0, MAX_EVIDENCE)
  const digits = (name: string): string => fields.map((field) => field.digits(name)).join('')
  return {
    about: 'Learned by `npm run train-reader` from the labelled notes; see docs/understanding.md.',
    learnedFrom,
    outcome: shown(outcome),
    reason: shown(reason),
    effective: shown(effective),
    evidence: new Map(kept.sort().map((name) => [name, digits(name)])),
  }
}

function shown<T>({ labels, bias, scale }: Field<T>): { labels: T[]; bias: number[]; scale: number } {
  return { labels, bias, scale }
}

/** The evidence that more than one note has, numbered. */
function namesIn(lessons: readonly Lesson[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { evidence } of lessons)
    for (const name of [...evidence.runs, ...evidence.seen]) counts.set(name, (counts.get(name) ?? 0) + 1)
  const frequent = [...counts].filter(([, count]) => count >= MIN_NOTES)
  return new Map(frequent.map(([name], index) => [name, index]))
}

function fieldOf<T>(
  lessons: readonly Lesson[],
  names: ReadonlyMap<string, number>,
  labels: T[],
  truthOf: (note: Note) => T | undefined,
): Field<T> {
  const labelled = lessons.flatMap(({ note, evidence }) => {
    const truth = truthOf(note)
    return truth === undefined ? [] : [{ row: rowOf(evidence, names), truth: labels.indexOf(truth) }]
  })
  const rows = labelled.map(({ row }) => row)
  const truths = labelled.map(({ truth }) => truth)
  return rounded(fitSoftmax(rows, truths, labels.length, names.size), labels, names)
}

function rowOf(evidence: Evidence, names: ReadonlyMap<string, number>): Row {
  const unit = unitOf(evidence)
  const pieces = [
    ...evidence.runs.map((name) => [name, unit] as const),
    ...evidence.seen.map((name) => [name, unit * SEEN_WEIGHT] as const),
  ].flatMap(([name, value]) => {
    const at = names.get(name)
    return at === undefined ? [] : [[at, value] as const]
  })
  return { at: pieces.map(([at]) => at), values: pieces.map(([, value]) => value) }
}

/** The weights in one digit each. */
function rounded<T>({ weights, bias }: Fitted, labels: T[], names: ReadonlyMap<string, number>): Field<T> {
  const sizes = weights.map(Math.abs).sort()
  const scale = Number(((sizes[Math.floor(sizes.length * CUT)] ?? 1) / LARGEST).toPrecision(6))
  const weightsOf = (name: string): Float64Array => {
    const at = (names.get(name) ?? 0) * labels.length
    return weights.subarray(at, at + labels.length)
  }
  const digit = (weight: number): string =>
    DIGITS.charAt(ZERO + Math.max(-LARGEST, Math.min(LARGEST, Math.round(weight / scale))))
  return {
    labels,
    bias: bias.map((one) => Number(one.toFixed(4))),
    scale,
    digits: (name) => Array.from(weightsOf(name), digit).join(''),
    strength: (name) => Math.max(...weightsOf(name).map(Math.abs)) / scale,
  }
}
