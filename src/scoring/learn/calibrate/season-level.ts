import { z } from 'zod'
import type { Day } from '../../../model/day.ts'

/** What the season ahead adds to everybody's log-odds of churn, as a model of a year ago showed it. Plain JSON. */
export const SeasonLevel = z.object({
  /** As-of days, rising; none where no such season was seen. */
  days: z.array(z.number().int()),
  /** Added on each of them; straight lines between, and down to nothing after the last. */
  shifts: z.array(z.number()),
  /** Share of last year's error that is believed to come back, 0..1. */
  belief: z.number(),
  /** Usual size of what remains unforeseen, in log-odds; null where no earlier error is known. */
  spread: z.number().nullable(),
})
export type SeasonLevel = z.infer<typeof SeasonLevel>

/** Days after the last one seen over which its shift fades: a version may be in use for years, a season is over. */
const FADE_DAYS = 30

/** What is added to the log-odds of everybody scored as of the day. */
export function levelAt({ days, shifts }: SeasonLevel, asOf: Day): number {
  const next = days.findIndex((day) => day >= asOf)
  if (next < 0) return (shifts.at(-1) ?? 0) * Math.max(0, 1 - (asOf - (days.at(-1) ?? asOf)) / FADE_DAYS)
  const [to, from] = [days[next] ?? asOf, days[next - 1]]
  if (from === undefined) return shifts[next] ?? 0
  const share = (asOf - from) / (to - from)
  return (shifts[next - 1] ?? 0) * (1 - share) + (shifts[next] ?? 0) * share
}

/** By how much the probabilities of a past day were off, in log-odds. */
export interface LevelError {
  readonly asOf: Day
  readonly shift: number
  /** Variance of the shift by the number of customers alone. */
  readonly noise: number
}

/** The error of the latest rehearsal beside that of the same days a year before. */
export interface ErrorPair {
  readonly recent: number
  readonly yearBefore: number
}

/** Believed of last year's error while nothing shows whether such errors come back. */
const PRIOR_BELIEF = 0.75
/** Variance (log-odds²) of errors that are no season: a pair of errors below its root shows nothing. */
const PLAIN_VARIANCE = 0.05

/** How much of last year's error is believed: one pair of errors against the prior. */
export function believe(pair: ErrorPair | null): number {
  const [both, size] = pair ? [pair.recent * pair.yearBefore, pair.yearBefore ** 2] : [0, 0]
  const slope = (both + PLAIN_VARIANCE * PRIOR_BELIEF) / (size + PLAIN_VARIANCE)
  return Math.min(1, Math.max(0, slope))
}

/** A season may double or halve the odds; a larger error of a year ago was that of a model which knew too little. */
const MOST = Math.LN2

/** The shift that is expected from last year's error, shrunk where few customers showed it. */
export function expectedShift({ shift, noise }: LevelError, belief: number): number {
  const size = shift ** 2 + noise
  const expected = size === 0 ? 0 : belief * shift * (shift ** 2 / size)
  return Math.min(MOST, Math.max(-MOST, expected))
}

/** Errors of a plain size that count beside those seen: one or two that happened to be small promise little. */
const PLAIN_ERRORS = 2

/** Root mean square of errors that stayed unforeseen, with those of a plain size among them; null without any. */
export function unforeseen(errors: readonly number[]): number | null {
  if (errors.length === 0) return null
  const sum = errors.reduce((total, error) => total + error ** 2, PLAIN_ERRORS * PLAIN_VARIANCE)
  return Math.sqrt(sum / (errors.length + PLAIN_ERRORS))
}
