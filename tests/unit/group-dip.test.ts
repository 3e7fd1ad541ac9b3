import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { benjaminiHochberg, dipsAmong, type Morning, unusual, upperTail } from '../../src/push/group-dip.ts'
import { Settings } from '../../src/settings.ts'

const limits = Settings.parse({}).noise.dips

describe('the upper tail of a negative binomial', () => {
  it('of mean 1 and variance 2 is that of a coin: P(X ≥ k) = 1/2^k', () => {
    for (const k of [0, 1, 2, 5, 10]) expect(upperTail(k, 1, 2)).toBeCloseTo(0.5 ** k, 12)
  })

  it('nears the Poisson one as the variance nears the mean: P(X ≥ 3 | 1) = 1 − 2.5/e', () => {
    expect(upperTail(3, 1, 1.000_001)).toBeCloseTo(1 - 2.5 / Math.E, 5)
  })

  it('bears large means', () => {
    expect(upperTail(5_000, 5_000, 6_000)).toBeGreaterThan(0.4)
    expect(upperTail(5_000, 5_000, 6_000)).toBeLessThan(0.6)
  })
})

describe('how unusual a morning is', () => {
  const quiet: Morning[] = Array.from({ length: 40 }, (_, at) => ({ count: at % 2, days: 1 }))

  it('expects the rate of the baseline, times the days since the last morning', () => {
    // 20 customers, and half a one more, in 40 days.
    expect(unusual({ baseline: quiet, now: { count: 1, days: 1 } }).expected).toBeCloseTo(20.5 / 40, 12)
    expect(unusual({ baseline: quiet, now: { count: 1, days: 3 } }).expected).toBeCloseTo((3 * 20.5) / 40, 12)
  })

  it('a single dip of the past hides no later one', () => {
    const once = [...quiet.slice(1), { count: 40, days: 1 }]
    expect(unusual({ baseline: once, now: { count: 12, days: 1 } }).p).toBeLessThan(1e-6)
  })

  it('a past that always swings makes a large morning usual', () => {
    const wild = quiet.map((one) => ({ ...one, count: one.count * 12 }))
    expect(unusual({ baseline: wild, now: { count: 12, days: 1 } }).p).toBeGreaterThan(0.05)
  })
})

it('Benjamini–Hochberg on its authors’ fifteen p values rejects four at 5 %', () => {
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ]
  expect(benjaminiHochberg(p, 0.05).filter(Boolean)).toHaveLength(4)
  expect(benjaminiHochberg([...p].reverse(), 0.05).slice(-4)).toEqual([true, true, true, true])
  expect(benjaminiHochberg([], 0.05)).toEqual([])
})

describe('the groups that fell', () => {
  const baseline: Morning[] = Array.from({ length: 40 }, () => ({ count: 1, days: 1 }))
  const group = (name: string, members: number[]) => ({
    name,
    members,
    baseline,
    now: { count: members.length, days: 1 },
  })
  const ids = (from: number, n: number): number[] => Array.from({ length: n }, (_, at) => from + at)

  it('32 customers of one team and its region are one dip', () => {
    const dips = dipsAmong([group('team', ids(1, 32)), group('region', ids(1, 32))], limits)
    expect(dips.map((one) => [one.name, one.members.length])).toEqual([['team', 32]])
  })

  it('two groups with customers of their own are two; few customers, or not three times as many, are none', () => {
    const two = dipsAmong([group('a', ids(1, 12)), group('b', ids(101, 10))], limits)
    expect(two.map((one) => one.name)).toEqual(['a', 'b'])
    expect(dipsAmong([group('a', ids(1, 7))], limits)).toEqual([])
    const busy = { ...group('a', ids(1, 80)), baseline: baseline.map((one) => ({ ...one, count: 40 })) }
    expect(unusual(busy).p).toBeLessThan(0.001)
    expect(dipsAmong([busy], limits)).toEqual([])
  })
})

describe('250 mornings on which nothing happened', () => {
  const GROUPS = 20
  const DAYS = 250
  /** Two standard errors of so many mornings above what was accepted. */
  const MOST = limits.falseShare + 2 * Math.sqrt((limits.falseShare * (1 - limits.falseShare)) / DAYS)

  /** Counts of a group with its own rate: Poisson, or on days of which some are twice as busy (gamma of shape 2). */
  function draw(random: () => number, mean: number, swings: boolean): number {
    const level = swings ? (mean / 2) * -Math.log((1 - random()) * (1 - random())) : mean
    let count = 0
    let waited = -Math.log(1 - random())
    while (waited < level) {
      count++
      waited += -Math.log(1 - random())
    }
    return count
  }

  /** The share of mornings with any dip told. */
  function falseMornings(test: Partial<typeof limits>, swings: boolean): number {
    const random = seededRandom(7)
    const pasts = Array.from({ length: GROUPS }, (): Morning[] => [])
    let told = 0
    for (let day = 0; day < 40 + DAYS; day++) {
      const days = day % 5 === 0 ? 3 : 1
      const groups = pasts.map((past, at) => {
        const count = draw(random, (0.2 + at / 4) * days, swings)
        const members = Array.from({ length: count }, (_, n) => at * 1_000 + n)
        return { baseline: past.slice(-40), now: { count, days }, members }
      })
      if (day >= 40 && dipsAmong(groups, { ...limits, ...test }).length > 0) told++
      for (const [at, group] of groups.entries()) pasts[at]?.push(group.now)
    }
    return told / DAYS
  }

  it('bring a false dip on no more mornings than were accepted, by the test alone', () => {
    const alone = { minCustomers: 1, minRatio: 1 }
    expect(falseMornings(alone, false)).toBeLessThanOrEqual(limits.falseShare)
    expect(falseMornings(alone, true)).toBeLessThanOrEqual(MOST)
  })

  it('and with the limits of number and ratio hardly any', () => {
    expect(falseMornings({}, false)).toBeLessThanOrEqual(0.01)
    expect(falseMornings({}, true)).toBeLessThanOrEqual(MOST)
  })
})
