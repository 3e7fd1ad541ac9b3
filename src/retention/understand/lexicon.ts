import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { compilePhrases } from './phrases.ts'

const FILE = fileURLToPath(new URL('../../../config/understand.yaml', import.meta.url))

/** What a follow-up came to. */
export const OUTCOMES = [
  'ordered',
  'renewed',
  'promised',
  'interested',
  'neutral',
  'dissatisfied',
  'refused',
  'no-answer',
  'resolved',
  'lost',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** The ten causes of churn (A26). */
export const REASONS = [
  'price',
  'service',
  'quality',
  'delivery',
  'competitor',
  'contact-change',
  'no-need',
  'closed-down',
  'channel-switch',
  'other',
] as const
export type Reason = (typeof REASONS)[number]

export const CHANNELS = ['phone', 'visit', 'wechat', 'email', 'meeting', 'other'] as const
export type Channel = (typeof CHANNELS)[number]

const Words = z.array(z.string().min(1))
const LexiconFile = z.strictObject({
  words: z.record(z.string(), Words),
  acts: z.strictObject({ order: Words, renew: Words }),
  outcomes: z.record(z.enum([...OUTCOMES, 'praise']), Words),
  reasons: z.record(z.enum(REASONS), Words),
  channels: z.record(z.enum(CHANNELS), Words),
  courtesy: Words,
  remedy: Words,
  accepted: Words,
  busy: Words,
  business: Words,
  contact: Words,
  tone: z.strictObject({ positive: Words, negative: Words }),
})

/** The words of config/understand.yaml, each list as one pattern. */
export interface Lexicon {
  readonly acts: ReadonlyMap<'order' | 'renew', RegExp>
  readonly outcomes: ReadonlyMap<Outcome | 'praise', RegExp>
  readonly reasons: ReadonlyMap<Reason, RegExp>
  readonly channels: ReadonlyMap<Channel, RegExp>
  readonly courtesy: RegExp
  readonly remedy: RegExp
  readonly accepted: RegExp
  readonly busy: RegExp
  readonly business: RegExp
  readonly contact: RegExp
  readonly tone: { readonly positive: RegExp; readonly negative: RegExp }
}

/**
 * Reads a lexicon.
 * @throws AppError `config` naming what is wrong with the file.
 */
export function readLexicon(yaml: string, file = FILE): Lexicon {
  const result = LexiconFile.safeParse(parse(yaml))
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new AppError('config', 'the lexicon is not valid', { say: `${file}: ${problems.join('; ')}` })
  }
  const { words, acts, outcomes, reasons, channels, courtesy, busy, business, contact, tone } = result.data
  const { remedy, accepted } = result.data
  const compile = (phrases: readonly string[]): RegExp => compilePhrases(phrases, words)
  return {
    acts: new Map([
      ['order', compile(acts.order)],
      ['renew', compile(acts.renew)],
    ]),
    outcomes: new Map([
      ...OUTCOMES.map((name) => [name, compile(outcomes[name])] as const),
      ['praise', compile(outcomes.praise)] as const,
    ]),
    reasons: new Map(REASONS.map((name) => [name, compile(reasons[name])])),
    channels: new Map(CHANNELS.map((name) => [name, compile(channels[name])])),
    courtesy: compile(courtesy),
    remedy: compile(remedy),
    accepted: compile(accepted),
    busy: compile(busy),
    business: compile(business),
    contact: compile(contact),
    tone: { positive: compile(tone.positive), negative: compile(tone.negative) },
  }
}

let shipped: Lexicon | undefined

/** The lexicon of config/understand.yaml, read once. */
export function shippedLexicon(): Lexicon {
  shipped ??= readLexicon(readFileSync(FILE, 'utf8'))
  return shipped
}
