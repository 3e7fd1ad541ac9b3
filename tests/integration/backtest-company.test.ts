import { beforeAll, expect, it } from 'vitest'
import { backtestCompany, type CompanyBacktest } from '../../src/scoring/backtest-company.ts'
import { backtest } from '../../src/scoring/learn/backtest/backtest.ts'
import { baselines } from '../../src/scoring/learn/backtest/baselines.ts'
import { purchaseLog } from '../../src/scoring/learn/history/purchase-log.ts'
import { inventedOrders } from '../support/invented-orders.ts'
import { addCustomer, addEvent, addMember } from '../support/people.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

const CUSTOMERS = 300
const HORIZON = 60
/** Invented days begin here; the frozen clock of the tests is months later. */
const START = 20_000
const LAST = START + 560
const TEST = LAST - HORIZON

const ROWS = inventedOrders({ customers: CUSTOMERS, lastDay: LAST - START }).map((row) => ({
  ...row,
  day: row.day + START,
}))

async function orders(
  ctx: TestCtx,
  rows: readonly { customer: number; day: number; amount: number | null }[],
) {
  const values = rows.map(({ customer, day, amount }, i) => ({
    source: 'invented',
    source_key: `${customer}-${day}-${i}`,
    customer_id: customer,
    kind: 'order',
    at: day * 86_400_000,
    day,
    amount: amount === null ? null : amount * 100,
    quantity: null,
    channel: null,
    text: null,
    note: null,
  }))
  for (let from = 0; from < values.length; from += 500)
    await ctx.db
      .insertInto('events')
      .values(values.slice(from, from + 500))
      .execute()
}

function everyNumber(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(everyNumber) : []
}

describeEachDatabase('the back-test of a company', (ctx) => {
  const options = { horizon: HORIZON, testAsOf: TEST }
  let ids: number[]
  let result: CompanyBacktest

  beforeAll(async () => {
    expect(await backtestCompany(ctx(), { horizon: HORIZON })).toMatchObject({
      lack: 'no-orders',
      report: null,
      rules: 'rules',
    })
    const reps = [(await addMember(ctx())).id, (await addMember(ctx())).id]
    ids = []
    for (let i = 0; i < CUSTOMERS; i++)
      ids.push(await addCustomer(ctx(), { ownerId: reps[i % 2] ?? null, renewal_on: TEST + 30 }))
    await orders(
      ctx(),
      ROWS.map((row) => ({ ...row, customer: ids[row.customer] ?? 0 })),
    )
    for (const id of ids.slice(0, 60))
      await addEvent(ctx(), {
        customer_id: id,
        kind: 'complaint',
        at: (TEST - 3) * 86_400_000,
        day: TEST - 3,
      })
    result = await backtestCompany(ctx(), options)
  })

  it('judges the rules as of the day beside every other scorer', () => {
    const names = result.report?.scorers.map(({ name }) => name)
    expect(names?.slice(0, 4)).toEqual(['rules', 'blend', 'logistic', 'trees'])
    expect(names).toEqual(expect.arrayContaining(['mbg-nbd', 'recency', 'rfm', 'own-cycle']))
    expect(names).toContain(result.report?.chosen)
    expect(result).toMatchObject({ lack: null, testAsOf: TEST, reps: 2 })
    expect(result.report?.trainAsOf).toBe(TEST - HORIZON)
    const rules = result.report?.scorers[0]
    expect(rules?.auc).toBeGreaterThan(0.55)
    expect(rules?.precisionAt5).not.toBeNull()
    expect(result.replay?.alerts).toBeGreaterThan(0)
    expect(everyNumber(result).every(Number.isFinite)).toBe(true)
  })

  it('reads the same purchases as the pure back-test was given', async () => {
    const pure = await backtest(purchaseLog(ROWS, LAST), { ...options, scorers: baselines, rules: 'recency' })
    expect(result.report?.test).toEqual(pure.test)
    for (const one of pure.scorers) {
      const found = result.report?.scorers.find(({ name }) => name === one.name)
      expect(found).toMatchObject({ auc: one.auc, brier: one.brier, liftTop10: one.liftTop10 })
    }
  })

  it('says what is missing, and refuses days whose horizon is not over', async () => {
    expect(await backtestCompany(ctx(), { ...options, testAsOf: START - 5 })).toMatchObject({
      lack: 'no-customers',
      report: null,
    })
    expect(await backtestCompany(ctx(), { ...options, activeWithin: 0 })).toMatchObject({
      lack: 'no-customers',
    })
    const young = await backtestCompany(ctx(), { ...options, testAsOf: START + 70 })
    expect(young.lack).toBe('short-history')
    expect(young.report?.chosen).toBe('rules')
    expect(young.report?.insufficient).toContain('blend')
    expect(young.report?.scorers[0]?.name).toBe('rules')
    await expect(backtestCompany(ctx(), { ...options, testAsOf: TEST + 8 })).rejects.toThrow('is not over')
    await expect(backtestCompany(ctx(), { ...options, trainAsOf: TEST - 59 })).rejects.toThrow('must end')
  })

  it('stops when asked', async () => {
    const stop = new AbortController()
    const progress = () => stop.abort()
    await expect(backtestCompany(ctx(), { ...options, signal: stop.signal, progress })).rejects.toThrow()
  })

  it('is bit-identical whatever is dated after the end of the horizon', async () => {
    const late = await addCustomer(ctx(), { since_on: TEST + HORIZON + 1 })
    await orders(
      ctx(),
      [...ids, late].map((customer, i) => ({ customer, day: LAST + 1 + (i % 50), amount: 1e5 })),
    )
    for (const id of ids)
      await addEvent(ctx(), {
        customer_id: id,
        kind: 'complaint',
        at: (LAST + 1) * 86_400_000,
        day: LAST + 1,
      })
    expect(await backtestCompany(ctx(), options)).toEqual(result)
  })

  it('lets no fact but orders of the horizon into the answers', async () => {
    for (const id of ids)
      await addEvent(ctx(), { customer_id: id, kind: 'cancel', at: (TEST + 5) * 86_400_000, day: TEST + 5 })
    await ctx()
      .db.updateTable('customers')
      .set({ renewal_on: TEST + 400 })
      .execute()
    const again = await backtestCompany(ctx(), options)
    expect(again.report).toEqual(result.report)
  })
})
