import { wilson } from '../../model/cohort.ts'
import type { Arm } from '../../model/experiment.ts'
import type { Stratum, Unit } from './strata.ts'

/** An estimate with its 95 % interval. */
export interface Estimate {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** A share with its Wilson 95 % interval. */
interface Rate {
  readonly share: number
  readonly low: number
  readonly high: number
}

export interface KeptRates {
  readonly treated: Estimate
  readonly control: Estimate
  /** Treated minus control, in shares. */
  readonly difference: Estimate
  /** Treated over control minus 1; null without anybody kept in the control arm. `high` null: no upper limit. */
  readonly relative: { readonly estimate: number; readonly low: number; readonly high: number | null } | null
}

/**
 * Kept rates of both arms, weighted by stratum, and their difference by Newcombe's method of Wilson limits: right
 * for small numbers and for shares near 0 or 1, and never a gain that is impossible. Several strata count as one
 * sample of 1/Σ(w²/n) customers, which makes the interval a little wider than it could be, never narrower.
 */
export function compareKept(strata: readonly Stratum<Pick<Unit, 'kept'>>[]): KeptRates | null {
  if (strata.length === 0) return null
  const [treated, control] = [rateOf(strata, 'treated'), rateOf(strata, 'control')]
  return {
    treated: asEstimate(treated),
    control: asEstimate(control),
    difference: differenceOf(treated, control),
    relative: relativeOf(treated, control),
  }
}

function rateOf(strata: readonly Stratum<Pick<Unit, 'kept'>>[], arm: Arm): Rate {
  let share = 0
  let variance = 0
  for (const { weight, of } of strata) {
    const n = of[arm].length
    share += (weight * of[arm].filter(({ kept }) => kept).length) / n
    variance += weight ** 2 / n
  }
  // Rounding may leave a share of all a hair above one.
  const clamped = Math.min(1, share)
  const n = 1 / variance
  const [low, high] = wilson(clamped * n, n)
  return { share: clamped, low: Math.min(low, clamped), high: Math.max(high, clamped) }
}

function asEstimate({ share, low, high }: Rate): Estimate {
  return { estimate: share, low, high }
}

function differenceOf(a: Rate, b: Rate): Estimate {
  const estimate = a.share - b.share
  return {
    estimate,
    low: estimate - Math.hypot(a.share - a.low, b.high - b.share),
    high: estimate + Math.hypot(a.high - a.share, b.share - b.low),
  }
}

/** A lower limit this close to nobody bounds no ratio. */
const ALMOST_NONE = 1e-6

/**
 * The same Wilson limits carried to the ratio (Donner and Zou's method of variance estimates recovery): it holds 1
 * exactly when the interval of the difference holds 0.
 */
function relativeOf(a: Rate, b: Rate): KeptRates['relative'] {
  if (b.share === 0) return null
  const product = a.share * b.share
  const limit = (own: number, other: number, sign: 1 | -1): number => {
    const denominator = other * (2 * b.share - other)
    const root = Math.sqrt(Math.max(0, product ** 2 - own * (2 * a.share - own) * denominator))
    // Where 2b = other the quotient of the two is 0/0; this is its limit.
    if (Math.abs(denominator) < ALMOST_NONE ** 2) return (own * (2 * a.share - own)) / (2 * product)
    return (product + sign * root) / denominator
  }
  const estimate = a.share / b.share - 1
  const low = a.share === 0 ? -1 : Math.max(-1, limit(a.low, b.high, -1) - 1)
  return { estimate, low, high: b.low > ALMOST_NONE ? limit(a.high, b.low, 1) - 1 : null }
}
