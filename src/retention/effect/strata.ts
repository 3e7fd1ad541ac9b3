import type { Arm, PerArm } from '../../model/experiment.ts'

/** One alert with a known outcome, in the order of assignment. */
export interface Unit {
  readonly stratum: string
  readonly arm: Arm
  readonly kept: boolean
  /** 分; null when an amount is missing. */
  readonly revenue: number | null
}

/** A stratum with customers of both arms, and its weight in every comparison; the weights sum to 1. */
export interface Stratum<T> {
  readonly weight: number
  readonly of: PerArm<readonly T[]>
}

/**
 * Groups by stratum. The weight is n₁n₀/(n₁+n₀), which is best when the effect is the same everywhere
 * (Cochran, Mantel and Haenszel). A stratum with one arm alone compares nothing and is left out.
 */
export function strataOf<T extends Pick<Unit, 'stratum' | 'arm'>>(units: readonly T[]): Stratum<T>[] {
  const groups = new Map<string, Record<Arm, T[]>>()
  for (const unit of units) {
    const group = groups.get(unit.stratum) ?? { treated: [], control: [] }
    groups.set(unit.stratum, group)
    group[unit.arm].push(unit)
  }
  const both = [...groups.values()]
    .filter(({ treated, control }) => treated.length > 0 && control.length > 0)
    .map((of) => ({
      of,
      weight: (of.treated.length * of.control.length) / (of.treated.length + of.control.length),
    }))
  const total = both.reduce((sum, { weight }) => sum + weight, 0)
  return both.map(({ of, weight }) => ({ of, weight: weight / total }))
}
