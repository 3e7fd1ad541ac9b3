import { z } from 'zod'
import { TIERS } from '../../model/churn.ts'
import { DRAFT_SLOTS } from '../../model/play.ts'
import { STAGES } from '../../model/stage.ts'
import { REASONS } from '../understand/lexicon.ts'

/** Everything that is not said in a row of the matrix. */
export const REST = '*'
export const ALL_STAGES = [...new Set(Object.values(STAGES).flat())]

/** Longest texts, so that a play fits one card. */
const MAX_ZH = 32
const MAX_EN = 80

const Line = z.strictObject({
  zh: z.string().trim().min(1).max(MAX_ZH),
  en: z.string().trim().min(1).max(MAX_EN),
})
const Step = Line.extend({ day: z.int().min(0).max(120) })

/** A draft never states a figure of its own: digits come from slots only. */
const Sentence = z
  .string()
  .trim()
  .min(1)
  .max(150)
  .refine((text) => !/[\d０-９%％¥￥$]/.test(text), 'a draft holds no figure of its own: use a slot')
  .refine(
    (text) => slotsIn(text).every(isSlot),
    `slots are ${DRAFT_SLOTS.map((slot) => `{${slot}}`).join(' ')}`,
  )
const Sentences = z
  .array(Sentence)
  .min(1)
  .max(4)
  .refine(
    (all) => all.some((text) => slotsIn(text).every(isAlwaysKnown)),
    'one sentence must need no slot but {rep}',
  )
const BothSentences = z.strictObject({ zh: Sentences, en: Sentences })

/** One of two scripts: what it says in place of the play. */
const Script = z.strictObject({
  /** In place of the first step; the digest shows it too. */
  action: Line.optional(),
  question: Line.optional(),
  draft: BothSentences.optional(),
})
const Scripts = z
  .strictObject({ a: Script, b: Script })
  .refine(
    ({ a, b }) => fieldsOf(a).join() === fieldsOf(b).join() && fieldsOf(a).length > 0,
    'both say the same fields: action, question or draft',
  )
  .refine(({ a, b }) => JSON.stringify(a) !== JSON.stringify(b), 'both say the same words')

function fieldsOf(script: object): string[] {
  return Object.keys(script).sort()
}

const Play = z.strictObject({
  title: Line,
  steps: z
    .array(Step)
    .min(1)
    .max(4)
    .refine(
      (steps) => steps.every((step, at) => step.day >= (steps[at - 1]?.day ?? 0)),
      'steps stand in order of days',
    ),
  stop: Line,
  question: Line,
  draft: BothSentences,
  variants: Scripts.optional(),
})

const Cause = z.strictObject({
  name: Line,
  signals: z.array(z.string().min(1)).default([]),
  reasons: z.array(z.enum(REASONS)).default([]),
})

const keysOf = (known: readonly string[]) =>
  z.string().refine((keys) => splitKeys(keys).every((key) => key === REST || known.includes(key)), {
    error: `known are ${known.join(', ')} and ${REST}`,
  })
const PlayId = z.string().min(1)
const ByStage = z.record(keysOf(ALL_STAGES), PlayId)

export const PlayFile = z.strictObject({
  causes: z.record(z.string().min(1), Cause),
  matrix: z.record(z.string().min(1), z.record(keysOf(TIERS), z.union([PlayId, ByStage]))),
  greeting: BothSentences,
  plays: z.record(z.string().min(1), Play),
})
export type PlayFile = z.infer<typeof PlayFile>

/** `A, B` → A and B. */
export function splitKeys(keys: string): string[] {
  return keys.split(',').map((key) => key.trim())
}

/** Names in braces, known or not. */
export function slotsIn(sentence: string): string[] {
  return [...sentence.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name)
}

function isSlot(name: string): boolean {
  return DRAFT_SLOTS.some((slot) => slot === name)
}

/** The rep who asks has a name. */
function isAlwaysKnown(slot: string): boolean {
  return slot === 'rep'
}
