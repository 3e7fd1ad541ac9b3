import type { Calibrator } from './calibrator.ts'
import { fitIsotonic } from './isotonic.ts'
import { fitPlatt } from './platt.ts'

/** Isotonic steps need this many of each class, or they learn noise. */
const ENOUGH_FOR_STEPS = 1000
/** Below this many of either class not even two numbers can be fitted. */
const ENOUGH_FOR_A_CURVE = 20

/** The calibration that so many labels can carry. Labels must be younger than those the learner was trained on. */
export async function fitCalibrator(scores: Float64Array, y: Float64Array): Promise<Calibrator> {
  const positives = y.reduce((sum, value) => sum + value, 0)
  const rarer = Math.min(positives, y.length - positives)
  if (rarer < ENOUGH_FOR_A_CURVE) return { kind: 'none' }
  return rarer < ENOUGH_FOR_STEPS ? await fitPlatt(scores, y) : fitIsotonic(scores, y)
}
