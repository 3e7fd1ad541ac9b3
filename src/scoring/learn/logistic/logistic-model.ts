import { z } from 'zod'

const Part = z.object({
  weight: z.number(),
  se: z.number(),
  centre: z.number(),
  scale: z.number().positive(),
})

/** One column's share in a logistic model. */
export const LogisticTerm = z.object({
  name: z.string(),
  log1p: z.boolean(),
  /** The value, after log1p where asked for, centred and scaled; a missing value stands at the centre. */
  value: Part,
  /** The indicator "value is missing"; null when training never or always missed it. */
  missing: Part.nullable(),
})
export type LogisticTerm = z.infer<typeof LogisticTerm>

/** Everything that is needed to score again what was scored once. Plain JSON. */
export const LogisticModel = z.object({
  kind: z.literal('logistic'),
  lambda: z.number().nonnegative(),
  intercept: z.number(),
  interceptSe: z.number(),
  terms: z.array(LogisticTerm),
  /** Columns that were constant or empty in training and say nothing. */
  dropped: z.array(z.string()),
  rows: z.number().int(),
  positives: z.number(),
  logLikelihood: z.number(),
  iterations: z.number().int(),
})
export type LogisticModel = z.infer<typeof LogisticModel>

/** sign(v)·ln(1+|v|): tames long tails and keeps the sign of refunds. */
export function signedLog1p(value: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value))
}

/** A term's exact share of the log-odds, against the average training row. */
export function termContribution(term: LogisticTerm, value: number): number {
  const { missing } = term
  const absent = Number.isNaN(value)
  const indicator = missing ? (missing.weight * ((absent ? 1 : 0) - missing.centre)) / missing.scale : 0
  if (absent) return indicator
  const raw = term.log1p ? signedLog1p(value) : value
  return indicator + (term.value.weight * (raw - term.value.centre)) / term.value.scale
}
