import { AppError } from '../../errors.ts'
import type { ExperimentPlan, PerArm } from '../../model/experiment.ts'
import { normalQuantile } from './normal-quantile.ts'

/** What the number of customers follows from; see `ExperimentPlan`. */
export type Sizing = Pick<ExperimentPlan, 'share' | 'baseline' | 'minEffect' | 'power'>

/** Two-sided, 95 %. */
const Z = normalQuantile(0.975)

/**
 * Customers needed in each arm to find the smallest gain worth finding with the stated power: the normal
 * approximation for two proportions, for arms in the ratio of the share. Half and half it is the usual
 * n = [z_α/2 √(2 p̄q̄) + z_β √(p₁q₁ + p₂q₂)]² / Δ² per arm.
 */
export function neededPerArm({ share, baseline, minEffect, power }: Sizing): PerArm<number> {
  if (!(share > 0 && share <= 0.5)) throw new AppError('bad-input', 'no control share in (0, 0.5]')
  if (!(baseline >= 0 && minEffect > 0 && baseline + minEffect <= 1)) {
    throw new AppError('bad-input', 'no baseline and gain that are shares')
  }
  const ratio = (1 - share) / share
  const helped = baseline + minEffect
  const pooled = share * baseline + (1 - share) * helped
  const ifNone = (1 + 1 / ratio) * pooled * (1 - pooled)
  const ifReal = baseline * (1 - baseline) + (helped * (1 - helped)) / ratio
  const root = Z * Math.sqrt(ifNone) + normalQuantile(power) * Math.sqrt(ifReal)
  const control = (root / minEffect) ** 2
  return { treated: Math.ceil(control * ratio), control: Math.ceil(control) }
}

/** Halvings of the range of gains: finer than anybody reads. */
const STEPS = 40

/**
 * The smallest gain these numbers of customers would find with the stated power (`cannot detect less than x
 * points`); null when not even the largest possible one.
 */
export function detectableGain(
  n: PerArm<number>,
  { baseline, power }: Pick<Sizing, 'baseline' | 'power'>,
): number | null {
  const smaller = Math.min(n.treated, n.control)
  if (smaller === 0 || baseline >= 1) return null
  // The ratio of the arms as they stand; the larger one is the treated one by definition of a share.
  const share = smaller / (n.treated + n.control)
  const enough = (minEffect: number): boolean =>
    neededPerArm({ share, baseline, minEffect, power }).control <= smaller
  let [low, high] = [0, 1 - baseline]
  if (!enough(high)) return null
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}
