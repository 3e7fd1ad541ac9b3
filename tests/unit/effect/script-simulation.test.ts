import { describe, expect, it } from 'vitest'
import { TIERS } from '../../../src/model/churn.ts'
import type { Assignment } from '../../../src/model/experiment.ts'
import { seededRandom } from '../../../src/model/seeded-random.ts'
import { compareKept } from '../../../src/retention/effect/kept-rates.ts'
import { neededPerArm } from '../../../src/retention/effect/needed.ts'
import { strataOf, type Unit } from '../../../src/retention/effect/strata.ts'
import { effectOf } from '../../../src/retention/effect.ts'
import { assignArms } from '../../../src/retention/holdout.ts'

const SEEDS = 1000
const HALVES = { share: 0.5, excludeTop: false }

/** Customers come one by one, as cases do, with the chance to stay of their tier; script A (treated) adds a gain. */
function trial(n: number, stay: readonly number[], gain: number, seed: number): Unit[] {
  const random = seededRandom(seed)
  const taken = new Map<string, number>()
  return Array.from({ length: n }, (_, customerId): Unit => {
    const at = Math.floor(random() * TIERS.length)
    const alert = { customerId, day: Math.floor(customerId / 3), tier: TIERS[at] ?? 'unknown', teamId: null }
    const [drawn] = assignArms([alert], { ...HALVES, seed }, taken)
    if (!drawn) throw new Error('no lot')
    taken.set(drawn.stratum, drawn.place + 1)
    const kept = random() < (stay[at] ?? 0) + (drawn.arm === 'treated' ? gain : 0)
    return { ...armOf(drawn), kept, revenue: null }
  })
}

function armOf({ stratum, arm }: Assignment): Pick<Unit, 'stratum' | 'arm'> {
  return { stratum, arm }
}

describe('two scripts, drawn one by one', () => {
  it(`A/A: the interval holds 0 in at least 94 % of ${SEEDS} seeds, in every size`, () => {
    for (const n of [30, 90, 240]) {
      let held = 0
      for (let seed = 1; seed <= SEEDS; seed++) {
        const found = compareKept(strataOf(trial(n, [0.7, 0.5, 0.3, 0.1], 0, seed)))
        if (!found || (found.difference.low <= 0 && found.difference.high >= 0)) held++
      }
      expect(held / SEEDS, `${n} customers`).toBeGreaterThanOrEqual(0.94)
    }
  })

  it.each([
    { baseline: 0.4, minEffect: 0.15, power: 0.8 },
    { baseline: 0.2, minEffect: 0.2, power: 0.9 },
  ])('a planted difference of $minEffect is found with power $power', (plan) => {
    const need = neededPerArm({ ...HALVES, ...plan })
    const stay = TIERS.map(() => plan.baseline)
    const seeds = 400
    let found = 0
    for (let seed = 1; seed <= seeds; seed++) {
      const units = trial(need.treated + need.control + 30, stay, plan.minEffect, seed)
      const effect = effectOf(units, { ...HALVES, ...plan, seed })
      if (effect.state !== 'known') throw new Error(effect.state)
      if (effect.verdict === 'better') found++
    }
    // Two standard errors of so many seeds.
    const error = 2 * Math.sqrt((plan.power * (1 - plan.power)) / seeds)
    expect(found / seeds).toBeGreaterThan(plan.power - error)
    expect(found / seeds).toBeLessThan(plan.power + 0.12)
  })

  it('keeps both scripts within five of each other in every tier, and the lots of a seed are the same again', () => {
    const units = trial(400, [0.5, 0.5, 0.5, 0.5], 0, 7)
    for (const [stratum, own] of Map.groupBy(units, (one) => one.stratum)) {
      const a = own.filter(({ arm }) => arm === 'treated').length
      expect(Math.abs(2 * a - own.length), stratum).toBeLessThanOrEqual(5)
    }
    expect(trial(400, [0.5, 0.5, 0.5, 0.5], 0, 7)).toEqual(units)
  })
})
