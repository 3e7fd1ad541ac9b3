import { describe, expect, it } from 'vitest'
import type { Tier } from '../../../src/model/churn.ts'
import type { Alert, Assignment } from '../../../src/model/experiment.ts'
import { isHeld } from '../../../src/model/experiment.ts'
import { assignArms, sameEpisode, stratumOf } from '../../../src/retention/holdout.ts'
import { fc } from '../../support/fast-check.ts'

const RULE = { seed: 7, share: 0.1, excludeTop: false }
const NONE: ReadonlyMap<string, number> = new Map()

function alerts(count: number, tierOf: (id: number) => Tier = () => 'B', day = 20_000): Alert[] {
  return Array.from({ length: count }, (_, id) => ({
    customerId: id + 1,
    day,
    tier: tierOf(id),
    teamId: id % 3,
  }))
}

function controls(assigned: readonly Assignment[]): number {
  return assigned.filter(({ arm }) => arm === 'control').length
}

/** Places given away so far, as the store would tell. */
function takenBy(assigned: readonly Assignment[]): Map<string, number> {
  const taken = new Map<string, number>()
  for (const { stratum } of assigned) taken.set(stratum, (taken.get(stratum) ?? 0) + 1)
  return taken
}

const someAlerts = fc.uniqueArray(
  fc.record({
    customerId: fc.integer({ min: 1, max: 5000 }),
    day: fc.constant(20_000),
    tier: fc.constantFrom<Tier>('A', 'B', 'C', 'unknown'),
    teamId: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  }),
  { selector: ({ customerId }) => customerId, maxLength: 120 },
)
const someRule = fc.record({
  seed: fc.integer(),
  share: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
  excludeTop: fc.boolean(),
})

describe('assignArms', () => {
  it('is off at share 0', () => {
    expect(assignArms(alerts(50), { ...RULE, share: 0 }, NONE)).toEqual([])
  })

  it('stays as it is: what seed 7 gave once, it gives for ever', () => {
    const held = assignArms(alerts(60), RULE, NONE).filter(({ arm }) => arm === 'control')
    expect(
      held.map(({ customerId, stratum, place }) => `${customerId} ${stratum}#${place}`),
    ).toMatchInlineSnapshot(`
      [
        "15 B/2#0",
        "35 B/1#1",
        "28 B/0#6",
        "18 B/2#10",
        "31 B/0#13",
        "23 B/1#12",
      ]
    `)
  })

  it('draws another choice from another seed', () => {
    const chosen = (seed: number) =>
      assignArms(alerts(200), { ...RULE, seed }, NONE)
        .filter(({ arm }) => arm === 'control')
        .map(({ customerId }) => customerId)
        .sort((a, b) => a - b)
    expect(chosen(1)).not.toEqual(chosen(2))
  })

  it('does not depend on the order the alerts are read in', () => {
    fc.assert(
      fc.property(someAlerts, someRule, (some, rule) => {
        expect(assignArms(some.toReversed(), rule, NONE)).toEqual(assignArms(some, rule, NONE))
      }),
    )
  })

  it('never changes an arm for alerts that come later', () => {
    fc.assert(
      fc.property(someAlerts, someAlerts, someRule, (today, other, rule) => {
        const before = assignArms(today, rule, NONE)
        const tomorrow = other.map((one) => ({ ...one, day: 20_001 }))
        const after = assignArms(tomorrow, rule, takenBy(before))
        // Every place is given away once, and its arm follows from the place alone, whoever takes it.
        const places = [...before, ...after].map(({ stratum, place }) => `${stratum}#${place}`)
        expect(new Set(places).size).toBe(places.length)
        const byPlace = new Map([...before, ...after].map((one) => [`${one.stratum}#${one.place}`, one.arm]))
        const allAtOnce = assignArms([...today, ...tomorrow], rule, NONE)
        for (const { stratum, place, arm } of allAtOnce) expect(arm).toBe(byPlace.get(`${stratum}#${place}`))
      }),
    )
  })

  it('looks at nothing but customer, day, tier and team: no risk, value or outcome has a say', () => {
    const withSecrets = alerts(100).map((one) => ({
      ...one,
      risk: one.customerId / 100,
      kept: true,
      value12m: 9,
    }))
    expect(assignArms(withSecrets, RULE, NONE)).toEqual(assignArms(alerts(100), RULE, NONE))
  })

  it('balances every stratum up to one block, whatever the share', () => {
    fc.assert(
      fc.property(someAlerts, someRule, (some, rule) => {
        const assigned = assignArms(some, rule, NONE)
        for (const [stratum, n] of takenBy(assigned)) {
          const held = controls(assigned.filter((one) => one.stratum === stratum))
          const inBlocks = Math.floor(n / 10) * 10 * rule.share
          expect(held).toBeGreaterThan(inBlocks - 1 - 1e-9)
          expect(held).toBeLessThan(inBlocks + 10 * rule.share + 2)
        }
      }),
    )
  })

  it('holds back the stated share within 5 %, also day by day with a few alerts each', () => {
    for (const share of [0.05, 0.1, 0.15, 0.33, 0.5]) {
      const taken = new Map<string, number>()
      let [held, all] = [0, 0]
      for (let day = 0; day < 200; day++) {
        const today = assignArms(
          alerts(7, () => 'C', day),
          { ...RULE, share },
          taken,
        )
        for (const { stratum } of today) taken.set(stratum, (taken.get(stratum) ?? 0) + 1)
        held += controls(today)
        all += today.length
      }
      expect(held / all / share, `share ${share}`).toBeGreaterThan(0.95)
      expect(held / all / share, `share ${share}`).toBeLessThan(1.05)
    }
  })

  it('gives every customer the same chance: a stratum of one is not always pushed', () => {
    let held = 0
    for (let seed = 0; seed < 4000; seed++) held += controls(assignArms(alerts(1), { ...RULE, seed }, NONE))
    // 400 expected, standard deviation 19.
    expect(held).toBeGreaterThan(325)
    expect(held).toBeLessThan(475)
  })

  it('leaves tier A out where that is asked for, and only there', () => {
    const mixed = alerts(90, (id) => (id % 2 === 0 ? 'A' : 'B'))
    expect(assignArms(mixed, RULE, NONE)).toHaveLength(90)
    const without = assignArms(mixed, { ...RULE, excludeTop: true }, NONE)
    expect(without).toHaveLength(45)
    expect(without.every(({ stratum }) => stratum.startsWith('B/'))).toBe(true)
  })

  it('counts customers without a team as a stratum of their own', () => {
    expect(stratumOf({ tier: 'C', teamId: null })).toBe('C/-')
    expect(stratumOf({ tier: 'C', teamId: 4 })).toBe('C/4')
  })
})

describe('an episode', () => {
  it('ends when the longest outcome is known', () => {
    expect(sameEpisode(100, 100, 90)).toBe(true)
    expect(sameEpisode(100, 190, 90)).toBe(true)
    expect(sameEpisode(100, 191, 90)).toBe(false)
  })

  it('is held back for the delay in the control arm alone', () => {
    const rule = { delayDays: 30 }
    expect(isHeld({ arm: 'control', day: 100 }, 100, rule)).toBe(true)
    expect(isHeld({ arm: 'control', day: 100 }, 129, rule)).toBe(true)
    expect(isHeld({ arm: 'control', day: 100 }, 130, rule)).toBe(false)
    expect(isHeld({ arm: 'treated', day: 100 }, 100, rule)).toBe(false)
  })
})
