import { afterEach, expect, it } from 'vitest'
import { backtestCompany } from '../../src/scoring/backtest-company.ts'
import { inventedOrders } from '../support/invented-orders.ts'
import { addCustomer, addEvent } from '../support/people.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

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

it.each(CASES)('the back-test has an answer without made-up numbers: %s', async (_, rows) => {
  const ctx = await sqliteCtx()
  close = ctx.close
  const ids = new Map<number, number>()
  for (const { customer, day, amount } of rows) {
    const id = ids.get(customer) ?? (await addCustomer(ctx))
    ids.set(customer, id)
    await addEvent(ctx, { customer_id: id, kind: 'order', day: 20_000 + day, at: 0, amount })
  }
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
