import { newtonLogistic } from '../logistic/newton.ts'
import type { Labelled } from '../matrix.ts'
import type { Calibrator } from './calibrator.ts'

/** Platt 1999: a logistic curve over the scores, with targets held off 0 and 1 by the class sizes. */
export async function fitPlatt(
  scores: Float64Array,
  y: Labelled['y'],
): Promise<Extract<Calibrator, { kind: 'platt' }>> {
  const rows = scores.length
  const positives = y.reduce((sum, value) => sum + value, 0)
  const high = (positives + 1) / (positives + 2)
  const low = 1 / (rows - positives + 2)
  const targets = y.map((value) => value * high + (1 - value) * low)
  const centre = scores.reduce((sum, value) => sum + value, 0) / rows
  // In their own spread: Newton's method stops by the size of the gradient, which is that of the scores.
  const spread = Math.sqrt(scores.reduce((sum, value) => sum + (value - centre) ** 2, 0) / rows) || 1
  const cells = new Float64Array(rows * 2)
  for (let i = 0; i < rows; i++) cells.set([1, ((scores[i] ?? 0) - centre) / spread], i * 2)
  const { weights } = await newtonLogistic({ rows, width: 2, cells }, targets, 0)
  const slope = (weights[1] ?? 0) / spread
  return { kind: 'platt', slope, intercept: (weights[0] ?? 0) - slope * centre, rows }
}
