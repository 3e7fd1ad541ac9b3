import type { Arm } from '../../model/experiment.ts'
import { seededRandom } from '../../model/seeded-random.ts'
import type { Estimate } from './kept-rates.ts'
import { type Stratum, strataOf, type Unit } from './strata.ts'

export interface RevenueDifference {
  /** Mean 分 per customer, treated minus control, after capping. */
  readonly difference: Estimate
  /** Single customers count up to this, 分. */
  readonly cap: number
  /** Customers above the cap. */
  readonly capped: number
}

/** The cap lies at this share of the customers who bought. */
const CAP_SHARE = 0.95
/** Random re-assignments; with 1,999 the limits are the 50th value from either end. */
const ROUNDS = 1999
const EDGE = 50
/** Above this share of kept customers without an amount there is no figure at all. */
const MAX_MISSING = 0.05

/**
 * Difference of mean revenue with a 95 % interval for amounts with a long tail and many zeros.
 *
 * 1. Revenue of one customer counts up to a cap: the 95th percentile of all customers who bought, of both arms
 *    together, so that the cap knows no arm and one huge order decides nothing. Below 20 buyers it is the maximum.
 * 2. The statistic is the difference of means, weighted by stratum, over its standard error.
 * 3. Its distribution comes from assigning the same customers anew within their strata 1,999 times, and the interval
 *    from the 2.5 % tails of it. Without an effect it holds 0 in at least 95 % of the cases whatever the
 *    distribution and however unequal the arms; with one it is right for larger numbers (Chung and Romano 2013).
 *
 * Null when nobody bought, when amounts are missing, or when too few customers bought to say how far chance goes.
 */
export function compareRevenue(units: readonly Unit[], seed: number): RevenueDifference | null {
  const kept = units.filter((one) => one.kept)
  const known = units.filter((one) => one.revenue !== null)
  if (units.length - known.length > MAX_MISSING * kept.length) return null
  const strata = strataOf(known)
  const bought = strata
    .flatMap(({ of }) => [...of.treated, ...of.control])
    .flatMap(({ revenue }) => (revenue !== null && revenue > 0 ? [revenue] : []))
    .sort((a, b) => a - b)
  const cap = bought[Math.ceil(CAP_SHARE * bought.length) - 1]
  if (cap === undefined) return null
  const pools = strata.map((stratum) => poolOf(stratum, cap))
  const difference = intervalOf(pools, seededRandom(seed))
  return difference && { difference, cap, capped: bought.filter((amount) => amount > cap).length }
}

/** Amounts of one stratum around their mean, the control arm first; centred so that squares stay exact. */
interface Pool {
  readonly weight: number
  readonly controls: number
  readonly amounts: Float64Array
  readonly sum: number
  readonly squares: number
}

function poolOf({ weight, of }: Stratum<Unit>, cap: number): Pool {
  const capped = (arm: Arm): number[] => of[arm].map(({ revenue }) => Math.min(revenue ?? 0, cap))
  const all = [...capped('control'), ...capped('treated')]
  const mean = all.reduce((sum, amount) => sum + amount, 0) / all.length
  const amounts = Float64Array.from(all, (amount) => amount - mean)
  return {
    weight,
    controls: of.control.length,
    amounts,
    sum: amounts.reduce((sum, amount) => sum + amount, 0),
    squares: amounts.reduce((sum, amount) => sum + amount ** 2, 0),
  }
}

function intervalOf(pools: readonly Pool[], random: () => number): Estimate | null {
  const { difference, error } = compare(pools)
  if (!(error > 0)) return null
  const draws = new Float64Array(ROUNDS)
  for (let round = 0; round < ROUNDS; round++) {
    for (const pool of pools) drawControls(pool, random)
    draws[round] = studentised(compare(pools))
  }
  draws.sort()
  const [low, high] = [draws[ROUNDS - EDGE], draws[EDGE - 1]]
  if (low === undefined || high === undefined || !Number.isFinite(low) || !Number.isFinite(high)) return null
  return { estimate: difference, low: difference - low * error, high: difference - high * error }
}

/** Puts a random choice of the amounts in the places of the control arm. */
function drawControls({ amounts, controls }: Pool, random: () => number): void {
  for (let place = 0; place < controls; place++) {
    const other = place + Math.floor(random() * (amounts.length - place))
    const amount = amounts[place] ?? 0
    amounts[place] = amounts[other] ?? 0
    amounts[other] = amount
  }
}

interface Comparison {
  readonly difference: number
  /** NaN when an arm has one customer per stratum at most. */
  readonly error: number
}

/** The error takes one variance per arm, around the means of its strata. */
function compare(pools: readonly Pool[]): Comparison {
  let difference = 0
  const spread = { treated: 0, control: 0 }
  const freedom = { treated: 0, control: 0 }
  const size = { treated: 0, control: 0 }
  for (const { weight, controls, amounts, sum, squares } of pools) {
    let [controlSum, controlSquares] = [0, 0]
    for (let place = 0; place < controls; place++) {
      const amount = amounts[place] ?? 0
      controlSum += amount
      controlSquares += amount ** 2
    }
    const treated = amounts.length - controls
    const treatedSum = sum - controlSum
    difference += weight * (treatedSum / treated - controlSum / controls)
    spread.control += Math.max(0, controlSquares - controlSum ** 2 / controls)
    spread.treated += Math.max(0, squares - controlSquares - treatedSum ** 2 / treated)
    freedom.control += controls - 1
    freedom.treated += treated - 1
    size.control += weight ** 2 / controls
    size.treated += weight ** 2 / treated
  }
  const variance =
    (spread.treated / freedom.treated) * size.treated + (spread.control / freedom.control) * size.control
  return { difference, error: Math.sqrt(variance) }
}

function studentised({ difference, error }: Comparison): number {
  return difference === 0 ? 0 : difference / error
}
