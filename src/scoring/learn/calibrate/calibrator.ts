import { z } from 'zod'
import { logit, sigmoid } from '../logit.ts'

/** Probabilities stay this far from 0 and 1: nobody is certain. */
const FLOOR = 1e-4

/** Added to the calibrated log-odds of everybody: the level of a season. */
const shift = z.number().optional()

/** A map from a learner's logit to a probability. Plain JSON. */
export const Calibrator = z.discriminatedUnion('kind', [
  /** Too few labels to correct anything. */
  z.object({ kind: z.literal('none'), shift }),
  /** σ(slope·logit + intercept). */
  z.object({
    kind: z.literal('platt'),
    slope: z.number(),
    intercept: z.number(),
    rows: z.number().int(),
    shift,
  }),
  /** Straight lines between the corners of a rising step function. */
  z.object({
    kind: z.literal('isotonic'),
    at: z.array(z.number()).min(1),
    p: z.array(z.number()).min(1),
    rows: z.number().int(),
    shift,
  }),
])
export type Calibrator = z.infer<typeof Calibrator>

/** The calibrated probability of a logit, within [1e-4, 1 − 1e-4]. */
export function calibrate(calibrator: Calibrator, score: number): number {
  const p = clampProbability(uncut(calibrator, score))
  return calibrator.shift === undefined ? p : clampProbability(sigmoid(logit(p) + calibrator.shift))
}

/** The probability kept off certainty. */
export function clampProbability(p: number): number {
  return Math.min(Math.max(p, FLOOR), 1 - FLOOR)
}

function uncut(calibrator: Calibrator, score: number): number {
  if (calibrator.kind === 'none') return sigmoid(score)
  if (calibrator.kind === 'platt') return sigmoid(calibrator.slope * score + calibrator.intercept)
  return between(calibrator.at, calibrator.p, score)
}

/** Linear interpolation on rising corners; flat outside. */
function between(at: readonly number[], p: readonly number[], x: number): number {
  let [low, high] = [0, at.length - 1]
  if (!(x > (at[low] ?? 0))) return p[low] ?? 0
  if (x >= (at[high] ?? 0)) return p[high] ?? 0
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((at[middle] ?? 0) <= x) low = middle
    else high = middle
  }
  const width = (at[high] ?? 0) - (at[low] ?? 0)
  const share = width > 0 ? (x - (at[low] ?? 0)) / width : 1
  return (p[low] ?? 0) + share * ((p[high] ?? 0) - (p[low] ?? 0))
}
