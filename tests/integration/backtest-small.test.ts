import { afterEach, expect, it } from 'vitest'
import { backtestCompany } from '../../src/scoring/backtest-company.ts'
import { loadCompanyLog } from '../../src/scoring/company-log.ts'
import { snapshotAt } from '../../src/scoring/learn/history/dataset.ts'
import { pastFacts } from '../../src/scoring/past-facts.ts'
import { pastRules } from '../../src/scoring/past-rules.ts'
import { scoreCustomers } from '../../src/scoring/score-customers.ts'
import { inventedOrders } from '../support/invented-orders.ts'
import { addCustomer, addEvent } from '../support/people.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

interface Order {
  readonly customer: number
  readonly day: number
  readonly amount: number | null
}

const every = (customers: number, days: readonly number[], amount: number | null = 100): Order[] =>
  Array.from({ length: customers }, (_, customer) => days.map((day) => ({ customer, day, amount }))).flat()

/** Histories that a formula may stumble over. */
const CASES: readonly (readonly [string, readonly Order[]])[] = [
  ['one order', every(1, [0])],
  ['everybody on the same days', every(80, [0, 100, 200, 300, 400])],
  ['nobody comes back', every(80, [0]).concat(every(1, [0, 400]))],
  ['everybody leaves at once', every(80, [0, 30, 60]).concat(every(1, [0, 500]))],
  [
    'nobody ever leaves',
    every(
      60,
      Array.from({ length: 40 }, (_, i) => 13 * i),
    ),
  ],
  ['no amounts', inventedOrders({ customers: 60, lastDay: 500, amounts: false })],
  [
    'amounts of nothing',
    inventedOrders({ customers: 60, lastDay: 500 }).map((row) => ({ ...row, amount: 0 })),
  ],
  ['few customers', inventedOrders({ customers: 25, lastDay: 500 })],
]

let close: (() => Promise<void>) | undefined
afterEach(async () => await close?.())

function everyNumber(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(everyNumber) : []
}

async function companyWith(rows: readonly Order[]): Promise<TestCtx> {
  const ctx = await sqliteCtx()
  close = ctx.close
  const ids = new Map<number, number>()
  for (const { customer, day, amount } of rows) {
    const id = ids.get(customer) ?? (await addCustomer(ctx))
    ids.set(customer, id)
    await addEvent(ctx, { customer_id: id, kind: 'order', day: 20_000 + day, at: 0, amount })
  }
  return ctx
}

it('the rules of the past say what a scoring run as of that day says', async () => {
  const ctx = await companyWith(inventedOrders({ customers: 120, lastDay: 500 }))
  const [asOf, horizon] = [20_400, 90]
  const company = await loadCompanyLog(ctx, 20_500, undefined)
  if (!company) throw new Error('the company has orders')
  const snapshot = await snapshotAt(company.log, asOf, horizon)
  const facts = await pastFacts(ctx, company.ids, {})
  const none = { training: [], earlier: [], lastYear: null, lastYearEarlier: null }
  const risks = await pastRules(ctx, facts).risk({ ...snapshot, ...none }, {})
  await scoreCustomers(ctx, { asOf })
  const scored = await ctx.db.selectFrom('scores').select(['customer_id', 'risk']).execute()
  const risk = new Map(scored.map((row) => [row.customer_id, row.risk]))
  const own = Array.from(snapshot.members, (customer) => risk.get(company.ids[customer] ?? 0))
  expect(own.filter((one) => typeof one === 'number').length).toBeGreaterThan(50)
  own.forEach((one, row) => {
    expect(risks?.[row]).toBeCloseTo(one ?? 0.5, 5)
  })
})

it.each(CASES)('the back-test has an answer without made-up numbers: %s', async (_, rows) => {
  const ctx = await companyWith(rows)
  for (const options of [
    { horizon: 30 },
    { horizon: 90 },
    { horizon: 90, activeWithin: 60 },
    { horizon: 365 },
  ]) {
    const { lack, report, replay, rules } = await backtestCompany(ctx, options)
    expect(everyNumber([report, replay]).every(Number.isFinite)).toBe(true)
    expect(lack === null || lack === 'short-history').toBe(report !== null)
    if (report?.test.churned === report?.test.customers) expect(report?.scorers[0]?.auc ?? null).toBeNull()
    if (lack !== null) expect(report?.chosen ?? rules).toBe(rules)
  }
})
