import { z } from 'zod'

/** Why the rules stay, or that the proposal passed. */
export const GO_LIVE_REASONS = [
  'passed',
  'no-orders',
  'no-customers',
  'short-history',
  'too-few-churns',
  'too-few-stays',
  'no-gain',
  'not-certain',
  'worse-probabilities',
  'no-model',
] as const
export type GoLiveReason = (typeof GO_LIVE_REASONS)[number]

const Figure = z.number().nullable()

const Scorer = z.object({
  name: z.string(),
  auc: Figure,
  /** Standard error of the AUC. */
  aucSe: Figure,
  prAuc: Figure,
  liftTop10: Figure,
  brier: z.number(),
  ece: z.number(),
  /** Share of churn among the five riskiest customers of each rep. */
  precisionAt5: Figure,
})
export type GoLiveScorer = z.infer<typeof Scorer>

/** What reps would have seen in the weeks after the test day. */
const Replay = z.object({
  alerts: z.number(),
  lost: z.number(),
  caught: z.number(),
  leadDaysMedian: Figure,
  pushesPerRepDay: z.number(),
  reps: z.number(),
})

/** How the scorer in use did on the last horizon that has passed. */
const Look = z.object({
  asOf: z.number().int(),
  /** Null: the rules. */
  version: z.number().int().nullable(),
  customers: z.number(),
  churned: z.number(),
  /** Customers who left although their band was calmer than what is pushed; the most valuable first. */
  missed: z.object({ count: z.number(), worst: z.array(z.number()) }),
  /** Customers in a band that is pushed who ordered again; the riskiest first. */
  falseAlarms: z.object({ count: z.number(), worst: z.array(z.number()) }),
})
export type Look = z.infer<typeof Look>

/** What the bands of today would be with the proposal, against the scorer in use. */
const Change = z.object({ customers: z.number(), raised: z.number(), lowered: z.number() })
export type BandChange = z.infer<typeof Change>

/** What an administrator decides on. Stored with the version; ids instead of names. */
export const GoLiveReport = z.object({
  version: z.literal(1),
  /** Everything it was made of is dated up to and including this day. */
  asOf: z.number().int(),
  /** The day of the past on which the scorers were judged; null where none could be. */
  testAsOf: z.number().int().nullable(),
  horizonDays: z.number().int(),
  customers: z.number(),
  churned: z.number(),
  /** A larger company is judged by a sample of its buyers; null: by all of them. */
  sample: z.object({ customers: z.number(), of: z.number() }).nullable(),
  /** The scorer that is proposed; that of the rules where they stay. */
  chosen: z.string(),
  rules: z.string(),
  reason: z.enum(GO_LIVE_REASONS),
  /** What stands behind the reason, on the earlier fold on which the choice was made. */
  why: z.object({
    churned: Figure,
    stayed: Figure,
    /** Churns and stays that are needed. */
    needed: z.number(),
    /** AUC gained over the rules, with its standard error. */
    gain: Figure,
    gainSe: Figure,
    /** Days ahead on which the choice was made, where the history was too short for the whole horizon. */
    onlyDays: Figure,
  }),
  scorers: z.array(Scorer),
  replay: Replay.nullable(),
  look: Look.nullable(),
  change: Change.nullable(),
})
export type GoLiveReport = z.infer<typeof GoLiveReport>

/** A stored report; null when another version of the program wrote it in another shape. */
export function readReport(json: string): GoLiveReport | null {
  const result = GoLiveReport.safeParse(JSON.parse(json))
  return result.success ? result.data : null
}
