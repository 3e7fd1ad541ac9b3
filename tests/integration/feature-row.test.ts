import { beforeAll, expect, it } from 'vitest'
import type { Population } from '../../src/model/population.ts'
import { type CompanyPast, companyPast } from '../../src/scoring/company-past.ts'
import type { Features } from '../../src/scoring/features.ts'
import { featuresOf } from '../../src/scoring/features-of.ts'
import { type Snapshot, snapshotAt } from '../../src/scoring/learn/history/dataset.ts'
import { NO_PURCHASE } from '../../src/scoring/learn/history/enrich-purchase-model.ts'
import { featureRow, rowColumns } from '../../src/scoring/learn/history/feature-row.ts'
import { asksForFacts } from '../../src/scoring/learn/history/row-plan.ts'
import { columnOf } from '../../src/scoring/learn/matrix.ts'
import { measurePopulation } from '../../src/scoring/measure-population.ts'
import { gapsFor } from '../../src/scoring/segment-gap.ts'
import { Settings } from '../../src/settings.ts'
import { factPage } from '../../src/store/feature-rows.ts'
import { inventFacts, START } from '../support/invented-facts.ts'
import { addCustomer, addEvent } from '../support/people.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

const AS_OF = START + 400
const HORIZON = 90
const WORDS = { scoring: { negativeWords: ['太贵', '不满'] } }

async function open(ctx: TestCtx, upTo: number): Promise<CompanyPast> {
  const past = await companyPast(ctx, { upTo })
  if (!past) throw new Error('the company has orders')
  return past
}

/** Everybody’s features as a scoring run of the day takes them. */
async function live(ctx: TestCtx): Promise<{ population: Population; all: Features[] }> {
  const { population } = await measurePopulation(ctx, AS_OF)
  const { customers } = await factPage(ctx, { asOf: AS_OF, after: 0, limit: 200 })
  const all = customers.map(({ customer, facts }) =>
    featuresOf(
      customer,
      facts,
      AS_OF,
      population,
      gapsFor(ctx.settings.scoring, population, customer.segment),
    ),
  )
  return { population, all }
}

/** The row of each customer id in a snapshot, without the purchase model’s column. */
function rowsOf({ x, members }: Snapshot, ids: readonly number[]): Map<number | undefined, unknown[]> {
  const columns = x.columns.filter(({ name }) => name !== NO_PURCHASE)
  return new Map(
    Array.from(members, (customer, row) => [ids[customer], columns.map(({ values }) => values[row])]),
  )
}

describeEachDatabase('a row of features', (plain) => {
  const ctx = (): TestCtx => ({ ...plain(), settings: Settings.parse(WORDS) })

  beforeAll(async () => {
    await inventFacts(ctx(), { customers: 60, lastDay: 500 })
    await addEvent(ctx(), { customer_id: await addCustomer(ctx()), kind: 'consult', day: START, at: 0 })
  })

  it('is bit-identical in training and in scoring', async () => {
    const { log, ids, enrich, facts } = await open(ctx(), AS_OF + HORIZON)
    const snapshot = await snapshotAt(log, AS_OF, HORIZON, enrich)
    const plan = facts.planOf(snapshot)
    expect(plan).toEqual({
      horizon: HORIZON,
      withAmounts: true,
      kinds: ['consult', 'login', 'complaint', 'contact-change'],
      nps: true,
    })
    const names = snapshot.x.columns.map(({ name }) => name).filter((name) => name !== NO_PURCHASE)
    expect(names).toEqual(rowColumns(plan).map(({ name }) => name))
    const trained = rowsOf(snapshot, ids)
    const { population, all } = await live(ctx())
    const buyers = all.filter(({ orderDays }) => orderDays > 0)
    expect(buyers).toHaveLength(snapshot.members.length)
    expect(all.length).toBeGreaterThan(buyers.length)
    for (const features of all) {
      const row = featureRow(features, population, plan, ctx().settings.scoring)
      if (features.orderDays > 0) expect(row).toEqual(trained.get(features.customerId))
      else expect(row.every(Number.isNaN)).toBe(true)
    }
    const sums = ['login:horizon', 'complaint:open', 'negative-words:points', 'nps:last'].map((name) =>
      columnOf(snapshot.x, name)?.values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0),
    )
    expect(sums.every((sum) => sum !== undefined && sum > 0)).toBe(true)
  })

  it('is the same however many days are read together, and whatever is dated later', async () => {
    const before = await open(ctx(), AS_OF + HORIZON)
    const alone = await snapshotAt(before.log, AS_OF, HORIZON, before.enrich)
    for (const id of before.ids)
      await addEvent(ctx(), { customer_id: id, kind: 'login', day: AS_OF + 1, at: (AS_OF + 1) * 86_400_000 })
    const past = await open(ctx(), AS_OF + HORIZON)
    const [, among] = await past.facts.together(
      async () => [
        await snapshotAt(past.log, AS_OF - 30, HORIZON, past.enrich),
        await snapshotAt(past.log, AS_OF, HORIZON, past.enrich),
        await snapshotAt(past.log, AS_OF + 30, HORIZON, past.enrich),
      ],
      (built) => built,
    )
    expect(among?.x).toEqual(alone.x)
    if (among) expect(await past.facts.rulesRisk(among)).toEqual(await before.facts.rulesRisk(alone))
  })

  it('has columns of kinds that were recorded for a whole horizon, and no others', async () => {
    const { log, facts } = await open(ctx(), AS_OF + HORIZON)
    const early = await snapshotAt(log, START + HORIZON - 1, HORIZON)
    expect(asksForFacts(facts.planOf(early))).toBe(false)
    const later = facts.planOf(await snapshotAt(log, START + HORIZON + 9, HORIZON))
    expect(later.kinds).toContain('login')
    expect(later.kinds).not.toContain('touch')
  })
})
