import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { OUTCOMES, REASONS } from './lexicon.ts'

const FILE = fileURLToPath(new URL('../../../config/understand-weights.json', import.meta.url))

/** One digit a weight: its place here, less 32, times the field's scale. */
export const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
export const ZERO = 32

const fieldOf = <T extends z.ZodType>(label: T) =>
  z.strictObject({ labels: z.array(label), bias: z.array(z.number()), scale: z.number().positive() })

const WeightsFile = z.strictObject({
  about: z.string(),
  /** SHA-256 of the notes and the lexicon the weights were learned from. */
  learnedFrom: z.string(),
  outcome: fieldOf(z.enum(OUTCOMES).nullable()),
  reason: fieldOf(z.enum(REASONS).nullable()),
  effective: fieldOf(z.boolean()),
  /** For each piece of evidence one digit for each label of outcome, reason and effective, in this order. */
  evidence: z.record(z.string(), z.string()),
})

/** Learned weights: a linear model for each field over the evidence of a note. */
export type Weights = Readonly<Omit<z.infer<typeof WeightsFile>, 'evidence'>> & {
  readonly evidence: ReadonlyMap<string, string>
}

/**
 * Reads the weights.
 * @throws AppError `config` where the file is damaged.
 */
export function readWeights(json: string, file = FILE): Weights {
  const damaged = (cause?: unknown): AppError =>
    new AppError('config', 'the weights are not valid', {
      cause,
      say: `${file}: damaged; npm run train-reader`,
    })
  let content: unknown
  try {
    content = JSON.parse(json)
  } catch (cause) {
    throw damaged(cause)
  }
  const { success, data, error } = WeightsFile.safeParse(content)
  if (!success) throw damaged(error)
  const { evidence, ...rest } = data
  const fields = [rest.outcome, rest.reason, rest.effective]
  const width = fields.reduce((sum, { labels }) => sum + labels.length, 0)
  if (fields.some(({ labels, bias }) => labels.length !== bias.length)) throw damaged()
  if (Object.values(evidence).some((digits) => digits.length !== width)) throw damaged()
  return { ...rest, evidence: new Map(Object.entries(evidence)) }
}

let shipped: Weights | undefined

/** The weights of config/understand-weights.json, read once. */
export function shippedWeights(): Weights {
  shipped ??= readWeights(readFileSync(FILE, 'utf8'))
  return shipped
}
