import { z } from 'zod'
import { ownValue } from '../../../model/own-value.ts'
import { sigmoid } from '../logit.ts'

/** What is added to the calibrated log-odds of the customers of a segment. Plain JSON. */
export const SegmentEffects = z.record(z.string(), z.number())
export type SegmentEffects = z.infer<typeof SegmentEffects>

/** The effect of a segment; 0 for one that training did not know. */
export function segmentEffect(effects: SegmentEffects, segment: string | undefined): number {
  return segment === undefined ? 0 : (ownValue(effects, segment) ?? 0)
}

/** Rounds of Newton's method: the objective is concave in one number and falls almost at once. */
const ROUNDS = 25

interface Rows {
  readonly offsets: number[]
  readonly y: number[]
}

/**
 * A random intercept a segment, over log-odds that the labels were not used for. How much segments truly differ is
 * estimated first (DerSimonian & Laird 1986); each effect is then the ridge estimate with that variance, so a segment of
 * few customers stays near 0, and all are left out when chance alone explains the differences.
 */
export function fitSegmentEffects(
  logits: Float64Array,
  y: Float64Array,
  segments: readonly string[],
): SegmentEffects {
  const groups = new Map<string, Rows>()
  for (const [row, segment] of segments.entries()) {
    const rows = groups.get(segment) ?? { offsets: [], y: [] }
    groups.set(segment, rows)
    rows.offsets.push(logits[row] ?? 0)
    rows.y.push(y[row] ?? 0)
  }
  const variance = varianceBetween([...groups.values()])
  if (variance === 0) return {}
  const names = [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(names.map(([name, rows]) => [name, ridge(rows, 1 / variance)]))
}

/** How far segments lie apart beyond chance, from one Newton step of each; 0 with fewer than two segments. */
function varianceBetween(groups: readonly Rows[]): number {
  const steps = groups.map((rows) => derivatives(rows, 0)).filter(({ curvature }) => curvature > 0)
  const total = steps.reduce((sum, { curvature }) => sum + curvature, 0)
  if (steps.length < 2 || total === 0) return 0
  const mean = steps.reduce((sum, { slope }) => sum + slope, 0) / total
  const spread = steps.reduce((sum, one) => sum + one.curvature * (one.slope / one.curvature - mean) ** 2, 0)
  const squares = steps.reduce((sum, { curvature }) => sum + curvature ** 2, 0)
  return Math.max(0, (spread - (steps.length - 1)) / (total - squares / total))
}

/** The effect that maximises the likelihood of the segment's labels less penalty/2 · effect². */
function ridge(rows: Rows, penalty: number): number {
  let effect = 0
  for (let round = 0; round < ROUNDS; round++) {
    const { slope, curvature } = derivatives(rows, effect)
    effect += (slope - penalty * effect) / (curvature + penalty)
  }
  return effect
}

function derivatives({ offsets, y }: Rows, effect: number): { slope: number; curvature: number } {
  let [slope, curvature] = [0, 0]
  offsets.forEach((offset, i) => {
    const p = sigmoid(offset + effect)
    slope += (y[i] ?? 0) - p
    curvature += p * (1 - p)
  })
  return { slope, curvature }
}
