import { ARMS, type Arm, type ExperimentPlan, type PerArm } from '../model/experiment.ts'
import { compareKept, type Estimate, type KeptRates } from './effect/kept-rates.ts'
import { detectableGain, neededPerArm } from './effect/needed.ts'
import { compareRevenue, type RevenueDifference } from './effect/revenue.ts'
import { strataOf, type Unit } from './effect/strata.ts'

/** What an effect is judged by; see `ExperimentPlan`. */
export type EffectPlan = Pick<ExperimentPlan, 'seed' | 'share' | 'baseline' | 'minEffect' | 'power'>

interface Counted {
  /** Alerts with a known outcome. */
  readonly have: PerArm<number>
  readonly kept: PerArm<number>
  /** Alerts the verdict needs. */
  readonly need: PerArm<number>
}

/** The arms are too unequal for chance: alerts were lost or assigned by something else, and nothing follows. */
export interface Broken extends Counted {
  readonly state: 'broken'
}

/** 样本不足: no conclusion, and what a conclusion still needs. */
export interface TooFew extends Counted {
  readonly state: 'too-few'
  /** None missing in both arms: no stratum has customers of both. */
  readonly missing: PerArm<number>
  /** The smallest gain the present numbers could have found, in shares; null: none at all. */
  readonly detectable: number | null
}

export interface KnownEffect extends Counted {
  readonly state: 'known'
  /** By the interval of the difference: it lies above 0, below 0, or holds it. */
  readonly verdict: 'better' | 'worse' | 'not-shown'
  /** Alerts judged: the first ones that made up the needed number, of strata with both arms. */
  readonly judged: PerArm<number>
  readonly rates: KeptRates
  /** Customers kept by treating the judged treated ones. */
  readonly extraKept: Estimate
  /** Null: see `compareRevenue`. */
  readonly revenue: RevenueDifference | null
  /** 分 over the judged treated customers. */
  readonly extraRevenue: Estimate | null
}

export type Effect = TooFew | KnownEffect | Broken

/**
 * The effect of treating, by the arm assigned and not by what was done. It speaks once, of the first alerts that make
 * up the planned number: who looks every month until something shows would find an effect of nothing in a quarter of
 * the cases. Alerts beyond are counted and not judged; they belong to a new experiment.
 * @param units alerts whose outcome is known, in the order of assignment
 */
export function effectOf(units: readonly Unit[], plan: EffectPlan): Effect {
  const have = countArms(units)
  const need = neededPerArm(plan)
  const counted: Counted = {
    have,
    kept: countArms(units.filter(({ kept }) => kept)),
    need,
  }
  if (!isBalanced(have, plan.share)) return { ...counted, state: 'broken' }
  const judged = firstThatReach(units, need)
  const strata = judged && strataOf(judged)
  const rates = strata && compareKept(strata)
  if (!judged || !rates) {
    const missing = { treated: left(need.treated, have.treated), control: left(need.control, have.control) }
    return { ...counted, state: 'too-few', missing, detectable: detectableGain(have, plan) }
  }
  const used = countArms(strata.flatMap(({ of }) => [...of.treated, ...of.control]))
  const revenue = compareRevenue(judged, plan.seed)
  return {
    ...counted,
    state: 'known',
    verdict: verdictOf(rates.difference),
    judged: used,
    rates,
    extraKept: times(rates.difference, used.treated),
    revenue,
    extraRevenue: revenue && times(revenue.difference, used.treated),
  }
}

/** The shortest beginning that holds the needed number of both arms, or null. */
function firstThatReach(units: readonly Unit[], need: PerArm<number>): readonly Unit[] | null {
  const seen: Record<Arm, number> = { treated: 0, control: 0 }
  for (const [at, { arm }] of units.entries()) {
    seen[arm]++
    if (ARMS.every((one) => seen[one] >= need[one])) return units.slice(0, at + 1)
  }
  return null
}

/** χ² with one degree of freedom at p = 0.001: blocks keep far below it as long as nothing is lost. */
const BROKEN = 10.828
/** Below so many expected in the control arm χ² says nothing. */
const MIN_EXPECTED = 5

function isBalanced({ treated, control }: PerArm<number>, share: number): boolean {
  const n = treated + control
  if (n * share < MIN_EXPECTED) return true
  return (control - share * n) ** 2 / (n * share * (1 - share)) <= BROKEN
}

function verdictOf({ low, high }: Estimate): KnownEffect['verdict'] {
  if (low > 0) return 'better'
  return high < 0 ? 'worse' : 'not-shown'
}

function countArms(units: readonly Pick<Unit, 'arm'>[]): PerArm<number> {
  const treated = units.filter(({ arm }) => arm === 'treated').length
  return { treated, control: units.length - treated }
}

function left(need: number, have: number): number {
  return Math.max(0, need - have)
}

function times({ estimate, low, high }: Estimate, n: number): Estimate {
  return { estimate: estimate * n, low: low * n, high: high * n }
}
