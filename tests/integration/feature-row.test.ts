import { beforeAll, expect, it } from 'vitest'
import { loadCompanyLog } from '../../src/scoring/company-log.ts'
import { featuresOf } from '../../src/scoring/features-of.ts'
import { snapshotAt } from '../../src/scoring/learn/history/dataset.ts'
import { featureRow, type RowPlan, rowColumns } from '../../src/scoring/learn/history/feature-row.ts'
import { measurePopulation } from '../../src/scoring/measure-population.ts'
import { gapsFor } from '../../src/scoring/segment-gap.ts'
import { factPage } from '../../src/store/feature-rows.ts'
import { inventedOrders } from '../support/invented-orders.ts'
import { addCustomer, addEvent } from '../support/people.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const START = 20_000
const AS_OF = START + 400
const PLAN: RowPlan = { horizon: 90, withAmounts: true, kinds: [], nps: false }

describeEachDatabase('a row of features', (ctx) => {
  beforeAll(async () => {
    const rows = inventedOrders({ customers: 60, lastDay: 500 })
    const ids: number[] = []
    for (const [i, { customer, day, amount }] of rows.entries()) {
      const id = ids[customer] ?? (await addCustomer(ctx()))
      ids[customer] = id
      const order = { customer_id: id, kind: 'order', day: START + day, at: i }
      await addEvent(ctx(), { ...order, amount: i % 11 === 0 ? null : (amount ?? 0) * 100 + 37 })
      // Several orders of one day, some of them without an amount.
      if (i % 5 === 0) await addEvent(ctx(), { ...order, amount: 1234 })
      if (i % 17 === 0) await addEvent(ctx(), { ...order, amount: null })
    }
    await addEvent(ctx(), { customer_id: await addCustomer(ctx()), kind: 'consult', day: START, at: 0 })
  })

  it('is bit-identical in training and in scoring', async () => {
    const company = await loadCompanyLog(ctx(), AS_OF + 90, undefined)
    if (!company) throw new Error('the company has orders')
    const { x, members } = await snapshotAt(company.log, AS_OF, PLAN.horizon)
    expect(x.columns.map(({ name }) => name)).toEqual(rowColumns(PLAN).map(({ name }) => name))
    const trained = new Map(
      Array.from(members, (customer, row) => [
        company.ids[customer],
        x.columns.map(({ values }) => values[row]),
      ]),
    )
    const { scoring } = ctx().settings
    const { population } = await measurePopulation(ctx(), AS_OF)
    const { customers } = await factPage(ctx(), { asOf: AS_OF, after: 0, limit: 100 })
    let compared = 0
    for (const { customer, facts } of customers) {
      const gaps = gapsFor(scoring, population, customer.segment)
      const features = featuresOf(customer, facts, AS_OF, population, gaps)
      const row = featureRow(features, population, PLAN, scoring)
      if (features.orderDays === 0) expect(row.every(Number.isNaN)).toBe(true)
      else {
        expect(row).toEqual(trained.get(customer.id))
        compared++
      }
    }
    expect(compared).toBe(members.length)
    expect(compared).toBeGreaterThan(50)
  })
})
