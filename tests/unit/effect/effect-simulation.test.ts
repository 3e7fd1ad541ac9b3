import { describe, expect, it } from 'vitest'
import type { Tier } from '../../../src/model/churn.ts'
import type { Alert, Arm } from '../../../src/model/experiment.ts'
import { seededRandom } from '../../../src/model/seeded-random.ts'
import { compareKept, type Estimate } from '../../../src/retention/effect/kept-rates.ts'
import { neededPerArm } from '../../../src/retention/effect/needed.ts'
import { compareRevenue } from '../../../src/retention/effect/revenue.ts'
import { strataOf, type Unit } from '../../../src/retention/effect/strata.ts'
import { type EffectPlan, effectOf } from '../../../src/retention/effect.ts'
import { assignArms } from '../../../src/retention/holdout.ts'

const SEEDS = 1000
/** For the power, which is no narrow limit. */
const PLANTED = 400

interface World {
  readonly share: number
  readonly alerts: number
  /** Probability to stay without help, by tier. */
  readonly stay: Readonly<Record<'B' | 'C', number>>
  /** Added to it in the treated arm. */
  readonly gain: number
}

/** Alerts of two tiers and three teams, assigned as in real life; who stays orders for a long-tailed amount. */
function simulate({ share, alerts, stay, gain }: World, seed: number): Unit[] {
  const random = seededRandom(seed)
  const all = Array.from({ length: alerts }, (_, id): Alert => {
    const tier: Tier = id % 3 === 0 ? 'B' : 'C'
    return { customerId: id, day: Math.floor(id / 10), tier, teamId: Math.floor(random() * 3) }
  })
  const assigned = assignArms(all, { seed, share, excludeTop: true }, new Map())
  return assigned.map(({ stratum, arm }) => {
    const kept = random() < stay[stratum.startsWith('B') ? 'B' : 'C'] + (arm === 'treated' ? gain : 0)
    return { stratum, arm, kept, revenue: kept ? pareto(random) : 0 }
  })
}

/** A tail so long that the variance is infinite: a few orders make up most of the money. */
function pareto(random: () => number): number {
  return Math.round(10_000 * (1 - random()) ** (-1 / 1.5))
}

function holdsZero({ low, high }: Estimate): boolean {
  return low <= 0 && high >= 0
}

type Interval = (units: readonly Unit[], seed: number) => Estimate | null

/** Per kind of interval the share of the seeds where it holds 0; no interval is no claim. */
function sharesThatHold(world: World, kinds: readonly Interval[]): number[] {
  const held = kinds.map(() => 0)
  for (let seed = 1; seed <= SEEDS; seed++) {
    const units = simulate(world, seed)
    for (const [at, kind] of kinds.entries()) {
      const interval = kind(units, seed)
      if (interval === null || holdsZero(interval)) held[at] = (held[at] ?? 0) + 1
    }
  }
  return held.map((count) => count / SEEDS)
}

const KEPT: Interval = (units) => compareKept(strataOf(units))?.difference ?? null
const REVENUE: Interval = (units, seed) => compareRevenue(units, seed)?.difference ?? null

const WORLDS: readonly (World & { readonly name: string })[] = [
  { name: 'one in ten held back', share: 0.1, alerts: 400, stay: { B: 0.6, C: 0.3 }, gain: 0 },
  { name: 'few alerts', share: 0.1, alerts: 90, stay: { B: 0.6, C: 0.3 }, gain: 0 },
  { name: 'rare outcomes', share: 0.2, alerts: 200, stay: { B: 0.06, C: 0.02 }, gain: 0 },
  { name: 'nearly all stay', share: 0.2, alerts: 150, stay: { B: 0.98, C: 0.95 }, gain: 0 },
  { name: 'half and half', share: 0.5, alerts: 120, stay: { B: 0.7, C: 0.2 }, gain: 0 },
]

describe(`A/A: without an effect the interval holds 0 in at least 94 % of ${SEEDS} seeds`, () => {
  for (const world of WORLDS) {
    it(`${world.name}: kept rates, and revenue with a long tail`, () => {
      const [kept, revenue] = sharesThatHold(world, [KEPT, REVENUE])
      expect(kept).toBeGreaterThanOrEqual(0.94)
      expect(revenue).toBeGreaterThanOrEqual(0.94)
    })
  }

  it('also when somebody looks after every tenth alert', () => {
    const plan = { seed: 0, share: 0.5, baseline: 0.4, minEffect: 0.3, power: 0.8 }
    const world: World = { share: 0.5, alerts: 200, stay: { B: 0.4, C: 0.4 }, gain: 0 }
    let fooled = 0
    for (let seed = 1; seed <= SEEDS; seed++) {
      const units = simulate(world, seed).map((one) => ({ ...one, revenue: null }))
      const verdicts = Array.from({ length: 20 }, (_, look) => {
        const effect = effectOf(units.slice(0, 10 * (look + 1)), plan)
        return effect.state === 'known' ? effect.verdict : effect.state
      })
      expect(verdicts.at(0)).toBe('too-few')
      expect(verdicts.at(-1)).not.toBe('too-few')
      if (verdicts.includes('better') || verdicts.includes('worse')) fooled++
    }
    expect(fooled / SEEDS).toBeLessThanOrEqual(0.06)
  })

  it('the textbook interval of raw means does not: the test can fail', () => {
    const world: World = { share: 0.1, alerts: 200, stay: { B: 0.2, C: 0.2 }, gain: 0 }
    const [held] = sharesThatHold(world, [naive])
    expect(held).toBeLessThan(0.94)
  })
})

describe('a planted effect', () => {
  const plans: readonly EffectPlan[] = [
    { seed: 0, share: 0.1, baseline: 0.4, minEffect: 0.2, power: 0.8 },
    { seed: 0, share: 0.2, baseline: 0.3, minEffect: 0.2, power: 0.9 },
    { seed: 0, share: 0.5, baseline: 0.6, minEffect: 0.15, power: 0.8 },
    { seed: 0, share: 0.2, baseline: 0.05, minEffect: 0.1, power: 0.8 },
  ]
  for (const plan of plans) {
    const { share, baseline, minEffect, power } = plan
    it(`from ${baseline} by ${minEffect} is found with power ${power}, share ${share}`, () => {
      const need = neededPerArm(plan)
      // A few more than needed, so that both arms reach their number whatever the last block brings.
      const alerts = need.treated + need.control + 60
      const world: World = { share, alerts, stay: { B: baseline, C: baseline }, gain: minEffect }
      let found = 0
      for (let seed = 1; seed <= PLANTED; seed++) {
        const units = simulate(world, seed).map((one) => ({ ...one, revenue: null }))
        const effect = effectOf(units, { ...plan, seed })
        if (effect.state !== 'known') throw new Error(JSON.stringify(effect))
        if (effect.verdict === 'better') found++
      }
      // Two standard errors of so many seeds.
      expect(found / PLANTED).toBeGreaterThan(power - 2 * Math.sqrt((power * (1 - power)) / PLANTED))
      expect(found / PLANTED).toBeLessThan(power + 0.12)
    })
  }

  it('shows in the money too: the middle of the intervals lies where it was planted', () => {
    const world: World = { share: 0.3, alerts: 600, stay: { B: 0.3, C: 0.3 }, gain: 0.2 }
    let covered = 0
    let above = 0
    for (let seed = 1; seed <= PLANTED; seed++) {
      const found = compareRevenue(simulate(world, seed), seed)
      if (!found) throw new Error('no figure')
      // 0.2 more customers, each worth the mean of a capped Pareto amount: its shape is 1.5, its scale 10,000.
      const planted = 0.2 * (30_000 - 20_000 * Math.sqrt(10_000 / found.cap))
      if (found.difference.low <= planted && planted <= found.difference.high) covered++
      if (found.difference.low > 0) above++
    }
    expect(covered / PLANTED).toBeGreaterThan(0.92)
    expect(above / PLANTED).toBeGreaterThan(0.8)
  })
})

/** The textbook interval this project does not use. */
function naive(units: readonly Unit[]): Estimate {
  const part = (arm: Arm) => {
    const amounts = units.filter((one) => one.arm === arm).map(({ revenue }) => revenue ?? 0)
    const mean = amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length
    const squares = amounts.reduce((sum, amount) => sum + (amount - mean) ** 2, 0)
    return { mean, variance: squares / (amounts.length - 1) / amounts.length }
  }
  const [a, b] = [part('treated'), part('control')]
  const estimate = a.mean - b.mean
  const half = 1.96 * Math.sqrt(a.variance + b.variance)
  return { estimate, low: estimate - half, high: estimate + half }
}
