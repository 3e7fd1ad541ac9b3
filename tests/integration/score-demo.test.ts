import { beforeAll, describe, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { loadSettings } from '../../src/config.ts'
import { bandRank } from '../../src/model/churn.ts'
import { explainCustomer } from '../../src/scoring/explain-one.ts'
import { scoreCustomers } from '../../src/scoring/score-customers.ts'
import { type ScoreInList, scoresIn } from '../../src/store/scores.ts'
import { DEMO_START, demoConnector, demoTruth } from '../../src/sync/demo/index.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

/** Three companies nobody tuned on: one alone has too few leaving customers to tell skill from luck. */
const SEEDS = [11, 12, 13]
const CUSTOMERS = 600
const AS_OF = DEMO_START - 1
const TOP = 30

/** A customer that is not lost yet, with what really becomes of it. */
interface Judged extends ScoreInList {
  readonly leaving: boolean
  readonly fate: string
  readonly silentDays: number
}

/** The scores of a demo company on its first morning. Scoring never sees the truth. */
async function judged(seed: number): Promise<Judged[]> {
  const ctx = await sqliteCtx({ settings: loadSettings('config/demo.yaml', {}) })
  try {
    await runSync(ctx, demoConnector({ customers: CUSTOMERS, seed, today: () => DEMO_START }))
    await scoreCustomers(ctx, { asOf: AS_OF })
    const truth = new Map(demoTruth(seed, CUSTOMERS).map((one) => [one.customer, one]))
    const scores = await scoresIn(ctx, UNSCOPED, { churned: false })
    const all: Judged[] = []
    for (const score of scores) {
      const explained = await explainCustomer(ctx, UNSCOPED, score.customerId, AS_OF)
      const real = truth.get(score.customerKey)
      all.push({
        ...score,
        leaving: real !== undefined && real.leaving !== null && real.leaving.since <= AS_OF,
        fate: real?.fate ?? 'unknown',
        silentDays: explained?.raw.daysSinceOrder ?? 0,
      })
    }
    return all
  } finally {
    await ctx.close()
  }
}

/** Share of leaving customers among the first `TOP` by a figure, highest first. */
function precision(all: readonly Judged[], figure: (one: Judged) => number): number {
  const ranked = all.toSorted((a, b) => figure(b) - figure(a) || a.customerId - b.customerId)
  return ranked.slice(0, TOP).filter((one) => one.leaving).length / TOP
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

describe('scores of demo companies against the truth', () => {
  const companies: Judged[][] = []

  beforeAll(async () => {
    for (const seed of SEEDS) companies.push(await judged(seed))
  })

  it('find the leaving ones far better than "silent longest"', () => {
    const ours = companies.map((all) => precision(all, (one) => one.risk ?? 0))
    const silence = companies.map((all) => precision(all, (one) => one.silentDays))
    for (const [i, value] of ours.entries()) expect(value).toBeGreaterThan(silence[i] ?? 1)
    expect(mean(ours)).toBeGreaterThanOrEqual(0.7)
    expect(mean(ours) - mean(silence)).toBeGreaterThanOrEqual(0.2)
  })

  it('leave the healthy in peace; most of the high band is right', () => {
    const all = companies.flat()
    const high = all.filter((one) => bandRank(one.band) >= bandRank('high'))
    expect(high.filter((one) => one.leaving).length / high.length).toBeGreaterThanOrEqual(0.6)
    const healthy = all.filter((one) => one.fate === 'stable' || one.fate === 'growing')
    const alarmed = healthy.filter((one) => bandRank(one.band) >= bandRank('medium'))
    expect(healthy.length).toBeGreaterThan(600)
    expect(alarmed.length / healthy.length).toBeLessThan(0.05)
  })

  it('every warning stands on facts', () => {
    for (const one of companies.flat().filter(({ band }) => band !== 'none')) {
      expect(one.evidence.length).toBeGreaterThan(0)
      for (const { facts } of one.evidence) expect(facts.length).toBeGreaterThan(0)
    }
  })
})
