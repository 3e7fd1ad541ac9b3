import { readByRules } from '../../../src/retention/understand/by-rules.ts'
import { type Evidence, evidenceOf } from '../../../src/retention/understand/evidence.ts'
import { SEEN_WEIGHT, unitOf } from '../../../src/retention/understand/judge.ts'
import {
  OUTCOMES,
  type Outcome,
  REASONS,
  type Reason,
  shippedLexicon,
} from '../../../src/retention/understand/lexicon.ts'
import { DIGITS, type Weights, ZERO } from '../../../src/retention/understand/weights.ts'
import { MAX_NEXT_DAYS, type Note, WRITTEN } from './notes.ts'
import { type Fitted, fitSoftmax, type Row } from './softmax.ts'

/** Evidence that is kept: the strongest, so that the file stays below 1 MB. */
const MAX_EVIDENCE = 24_000
/** Evidence seen in one note only is chance. */
const MIN_NOTES = 2
const LARGEST = DIGITS.length - 1 - ZERO
/** The few weights beyond this share of them are cut, so that the others keep more of their digits. */
const CUT = 0.999
/** Notes of the first hand count less: they are more alike, and many were made from one another. */
const FIRST_HAND = 0.3
/** Rare labels count more, by this power of how rare they are, up to `MOST`: otherwise doubt would always read null. */
const BALANCE = 0.75
const MOST = 3

export interface Lesson {
  readonly note: Note
  readonly evidence: Evidence
}

/**
 * A note with the evidence that the bot would see in it. Rules were written after the development part and are
 * right there: learning from that would trust them too much.
 */
export function lessonOf(note: Note): Lesson {
  const rules = readByRules(note.text, WRITTEN, MAX_NEXT_DAYS, shippedLexicon())
  const evidence = evidenceOf(rules)
  return {
    note,
    evidence: note.set === 'development' ? { ...evidence, seen: [] } : evidence,
  }
}

interface Field<T> {
  readonly labels: T[]
  readonly bias: number[]
  readonly scale: number
  readonly digits: (name: string) => string
  readonly strength: (name: string) => number
}

/** Learns the weights of config/understand-weights.json, rounded as they are kept there. Takes a minute or so. */
export function learn(lessons: readonly Lesson[], learnedFrom: string): Weights {
  const counts = countsIn(lessons)
  const strongest = strongestOf(fieldsOf(lessons, numbered([...counts.keys()])), counts)
  // Learned once more from the strongest alone, so that these take over what the others knew.
  const [outcome, reason, effective] = fieldsOf(lessons, numbered(strongest))
  const digits = (name: string): string => outcome.digits(name) + reason.digits(name) + effective.digits(name)
  return {
    about: 'Learned by `npm run train-reader` from the labelled notes; see docs/understanding.md.',
    learnedFrom,
    outcome: shown(outcome),
    reason: shown(reason),
    effective: shown(effective),
    evidence: new Map([...strongest].sort().map((name) => [name, digits(name)])),
  }
}

type Fields = readonly [Field<Outcome | null>, Field<Reason | null>, Field<boolean>]

function fieldsOf(lessons: readonly Lesson[], names: ReadonlyMap<string, number>): Fields {
  return [
    fieldOf(lessons, names, [...OUTCOMES, null], (note) => note.outcome),
    fieldOf(lessons, names, [...REASONS, null], (note) => note.reason),
    fieldOf(lessons, names, [true, false], (note) => note.effective),
  ]
}

/** What says most in any field, and is met often enough to. */
function strongestOf(fields: Fields, counts: ReadonlyMap<string, number>): string[] {
  const strength = new Map(
    [...counts].map(([name, count]) => [
      name,
      Math.max(...fields.map((field) => field.strength(name))) * Math.sqrt(count),
    ]),
  )
  const by = (name: string): number => strength.get(name) ?? 0
  return [...counts.keys()].sort((a, b) => by(b) - by(a)).slice(0, MAX_EVIDENCE)
}

function shown<T>({ labels, bias, scale }: Field<T>): {
  labels: T[]
  bias: number[]
  scale: number
} {
  return { labels, bias, scale }
}

/** The evidence that more than one note has, and how many have it. */
function countsIn(lessons: readonly Lesson[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { evidence } of lessons)
    for (const name of [...evidence.runs, ...evidence.seen]) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map([...counts].filter(([, count]) => count >= MIN_NOTES))
}

function numbered(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, index) => [name, index]))
}

function fieldOf<T>(
  lessons: readonly Lesson[],
  names: ReadonlyMap<string, number>,
  labels: T[],
  truthOf: (note: Note) => T | undefined,
): Field<T> {
  const labelled = lessons.flatMap((lesson) => {
    const truth = truthOf(lesson.note)
    return truth === undefined ? [] : [{ lesson, truth: labels.indexOf(truth) }]
  })
  const weightOf = weights(
    labelled.map(({ lesson, truth }) => ({
      truth,
      weight: worth(lesson.note),
    })),
  )
  const rows = labelled.map(({ lesson, truth }) => ({
    ...evidenceIn(lesson.evidence, names),
    truth,
    weight: worth(lesson.note) * weightOf(truth),
  }))
  return rounded(fitSoftmax(rows, labels.length, names.size), labels, names)
}

function worth({ set }: Note): number {
  return set === 'writers' || set === 'phrases' ? 1 : FIRST_HAND
}

/** How much a label counts: more where it is rare. */
function weights(given: readonly { truth: number; weight: number }[]): (truth: number) => number {
  const totals = new Map<number, number>()
  for (const { truth, weight } of given) totals.set(truth, (totals.get(truth) ?? 0) + weight)
  const mean = [...totals.values()].reduce((sum, one) => sum + one, 0) / totals.size
  return (truth) => Math.min(MOST, (mean / (totals.get(truth) ?? mean)) ** BALANCE)
}

function evidenceIn(evidence: Evidence, names: ReadonlyMap<string, number>): Pick<Row, 'at' | 'values'> {
  const unit = unitOf(evidence)
  const pieces = [
    ...evidence.runs.map((name) => [name, unit] as const),
    ...evidence.seen.map((name) => [name, unit * SEEN_WEIGHT] as const),
  ].flatMap(([name, value]) => {
    const at = names.get(name)
    return at === undefined ? [] : [[at, value] as const]
  })
  return {
    at: pieces.map(([at]) => at),
    values: pieces.map(([, value]) => value),
  }
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
