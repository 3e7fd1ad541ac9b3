import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { whyCard } from '../../src/cards/why.ts'
import { loadSettings } from '../../src/config.ts'
import { explainCustomer } from '../../src/scoring/explain-one.ts'
import { featuresOf } from '../../src/scoring/features-of.ts'
import { learnCompany } from '../../src/scoring/propose/learn-company.ts'
import { readParams } from '../../src/scoring/run-params.ts'
import { scoreCustomers } from '../../src/scoring/score-customers.ts'
import { LearnedRun } from '../../src/scoring/scorers/learned.ts'
import type { LearnedParams } from '../../src/scoring/scorers/learned-params.ts'
import { learnedReader } from '../../src/scoring/scorers/learned-reading.ts'
import { gapsFor } from '../../src/scoring/segment-gap.ts'
import { factPage } from '../../src/store/feature-rows.ts'
import { latestRun } from '../../src/store/score-runs.ts'
import { scoresIn } from '../../src/store/scores.ts'
import { DEMO_DEFAULTS, DEMO_START, demoConnector } from '../../src/sync/demo/index.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import { textFor } from '../../src/text/index.ts'
import { activate } from '../support/live-version.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const AS_OF = DEMO_START - 1

describe('the demo company with the scorer that its back-test chose', () => {
  let ctx: TestCtx & { close(): Promise<void> }
  let params: LearnedParams

  beforeAll(async () => {
    ctx = await sqliteCtx({ settings: loadSettings('config/demo.yaml', {}) })
    await runSync(ctx, demoConnector({ ...DEMO_DEFAULTS, today: () => DEMO_START }))
    const learnt = await learnCompany(ctx, { asOf: AS_OF, horizon: ctx.settings.scoring.horizonDays })
    if (!learnt.params) throw new Error(`${learnt.chosen} was chosen`)
    params = learnt.params
    await activate(ctx, AS_OF, params)
    await scoreCustomers(ctx, { asOf: AS_OF })
  })
  afterAll(() => ctx.close())

  it('reads every customer so that the raw contributions add up to 1e-9, and the stored risk is theirs', async () => {
    expect(params.plan.kinds).toContain('complaint')
    const run = readParams((await latestRun(ctx))?.params ?? '')
    if (!run) throw new Error('the run has parameters')
    const { purchase } = LearnedRun.parse(run.scorer.params)
    const read = learnedReader(params, run.population, purchase)
    const settings = ctx.settings.scoring
    const stored = new Map((await scoresIn(ctx, UNSCOPED)).map((one) => [one.customerId, one.risk]))
    let same = 0
    for (const { customer, facts } of (await factPage(ctx, { asOf: AS_OF, after: 0, limit: 10_000 }))
      .customers) {
      const gaps = gapsFor(settings, run.population, customer.segment)
      const reading = read(featuresOf(customer, facts, AS_OF, run.population, gaps), settings)
      const { base, contributions } = reading.reasons()
      const sum = contributions.reduce((total, { value }) => total + value, base)
      expect(Math.abs(sum - reading.logit)).toBeLessThan(1e-9)
      const risk = Math.round(1e6 / (1 + Math.exp(-reading.logit))) / 1e6
      if (stored.get(customer.id) === risk) same++
    }
    // The others are those that the rules speak of.
    expect(same).toBeGreaterThan(0.8 * stored.size)
  })

  it('adds up on every card to the last point, with a dated clause for every reason', async () => {
    const text = textFor('zh-CN')
    for (const score of await scoresIn(ctx, UNSCOPED, { churned: false, minBand: 'watch' })) {
      const explained = await explainCustomer(ctx, UNSCOPED, score.customerId, AS_OF)
      if (!explained) throw new Error('a scored customer can be explained')
      const { evidence, score: again } = explained
      const sum = evidence.reduce((total, one) => total + one.points, again.base ?? 0)
      expect([again.risk, again.points]).toEqual([score.risk, sum])
      for (const { facts } of evidence) {
        expect(facts.length).toBeGreaterThan(0)
        for (const { source, kind } of facts)
          expect(
            source !== null || /^(no-|silence|idle|activity-drop|holiday|smaller)/.test(kind),
            kind,
          ).toBe(true)
      }
      const card = whyCard({ id: 1, name: score.customerName, score, evidence, base: again.base }, text)
      expect(cardLines(card).join('\n')).not.toMatch(/undefined|NaN|null/)
    }
  })
})
