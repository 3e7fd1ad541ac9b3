import { beforeAll, expect, it } from 'vitest'
import { bgNbd } from '../../src/scoring/models/fit-purchase-model.ts'
import { createForecaster, fitPurchaseModels } from '../../src/scoring/purchase-forecast.ts'
import { loadPurchaseData } from '../../src/scoring/purchase-history.ts'
import { type OrderDay, orderDays, type PurchaseDays, purchaseDays } from '../../src/store/purchase-days.ts'
import { addCustomer, addEvent } from '../support/people.ts'
import { draws } from '../support/simulate-purchases.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

const AS_OF = 20_000

async function order(ctx: TestCtx, customer: number, day: number, amount: number | null): Promise<void> {
  await addEvent(ctx, { customer_id: customer, kind: 'order', at: day * 86_400_000, day, amount })
}

async function readAll(ctx: TestCtx, asOf = AS_OF): Promise<PurchaseDays[]> {
  const all: PurchaseDays[] = []
  for await (const page of purchaseDays(ctx, asOf)) all.push(...page)
  return all
}

describeEachDatabase('purchase days', (ctx) => {
  let ids: { steady: number; sameDay: number; unpriced: number; future: number }

  beforeAll(async () => {
    ids = {
      steady: await addCustomer(ctx()),
      sameDay: await addCustomer(ctx()),
      unpriced: await addCustomer(ctx()),
      future: await addCustomer(ctx()),
    }
    await addCustomer(ctx())
    await order(ctx(), ids.steady, AS_OF - 100, 1000)
    await order(ctx(), ids.steady, AS_OF - 60, 2000)
    await order(ctx(), ids.steady, AS_OF - 60, 500)
    await order(ctx(), ids.steady, AS_OF, 4000)
    await order(ctx(), ids.sameDay, AS_OF - 10, 700)
    await order(ctx(), ids.sameDay, AS_OF - 10, 800)
    await order(ctx(), ids.unpriced, AS_OF - 50, null)
    await order(ctx(), ids.unpriced, AS_OF - 30, null)
    await order(ctx(), ids.unpriced, AS_OF - 20, 900)
    await order(ctx(), ids.future, AS_OF + 1, 100)
    await addEvent(ctx(), { customer_id: ids.steady, kind: 'refund', at: 0, day: AS_OF - 5, amount: 4000 })
  })

  it('reads every purchase day by customer and day; an order without an amount leaves its day unknown', async () => {
    await order(ctx(), ids.future, AS_OF + 1, null)
    const days: OrderDay[] = []
    for await (const page of orderDays(ctx(), AS_OF + 1)) days.push(...page)
    const { steady, sameDay, unpriced, future } = ids
    expect(days.map((one) => [one.customerId, one.day - AS_OF, one.amount])).toEqual([
      ...[
        [steady, -100, 1000],
        [steady, -60, 2500],
        [steady, 0, 4000],
      ],
      [sameDay, -10, 1500],
      ...[
        [unpriced, -50, null],
        [unpriced, -30, null],
        [unpriced, -20, 900],
      ],
      [future, 1, null],
    ])
  })

  it('joins the orders of a day, skips other kinds, other customers and the future', async () => {
    const all = await readAll(ctx())
    expect(all.sort((a, b) => a.customerId - b.customerId)).toEqual([
      { customerId: ids.steady, first: AS_OF - 100, last: AS_OF, repeats: 2, priced: 2, repeatAmount: 6500 },
      {
        customerId: ids.sameDay,
        first: AS_OF - 10,
        last: AS_OF - 10,
        repeats: 0,
        priced: 0,
        repeatAmount: 0,
      },
      {
        customerId: ids.unpriced,
        first: AS_OF - 50,
        last: AS_OF - 20,
        repeats: 2,
        priced: 1,
        repeatAmount: 900,
      },
    ])
  })

  it('an earlier as-of day sees only what was known then', async () => {
    const steady = (await readAll(ctx(), AS_OF - 1)).find((one) => one.customerId === ids.steady)
    expect(steady).toMatchObject({ last: AS_OF - 60, repeats: 1, repeatAmount: 2500 })
  })

  it('becomes cells in weeks and amounts in 元', async () => {
    const { cells, spend } = await loadPurchaseData(ctx(), { asOf: AS_OF, unit: 'week' })
    expect([...cells.x]).toEqual([0, 2, 2])
    expect([...cells.age].map((i) => cells.times[i])).toEqual([10 / 7, 50 / 7, 100 / 7])
    expect([[...spend.x], [...spend.mean]]).toEqual([
      [1, 2],
      [9, 32.5],
    ])
    expect(bgNbd.fit(cells)).toMatchObject({ kind: 'insufficient', reason: 'few-repeaters' })
  })

  it('stops when told to', async () => {
    const signal = AbortSignal.abort()
    await expect(loadPurchaseData(ctx(), { asOf: AS_OF, unit: 'week', signal })).rejects.toThrow()
  })
})

describeEachDatabase('purchase models on stored orders', (ctx) => {
  beforeAll(async () => {
    const random = draws(21)
    for (let i = 0; i < 260; i++) {
      const customer = await addCustomer(ctx())
      const rate = random.gamma(1.2, 25)
      const leaves = random.beta(1, 6)
      let day = AS_OF - 60 - Math.floor(300 * random.uniform())
      const price = random.gamma(20, 0.002)
      do {
        await order(ctx(), customer, day, Math.round(price * (0.5 + random.uniform())))
        day += 1 + Math.floor(random.exponential(rate))
      } while (day <= AS_OF && random.uniform() > leaves)
    }
  })

  it('gives every customer sensible numbers', async () => {
    const params = fitPurchaseModels(await loadPurchaseData(ctx(), { asOf: AS_OF, unit: 'week' }))
    if ('insufficient' in params) throw new Error(params.insufficient)
    const forecaster = createForecaster(params, AS_OF, 90)
    for (const days of await readAll(ctx())) {
      const { pAlive, pNoOrder, expectedOrders12m, value12m } = forecaster.forecast(days)
      for (const p of [pAlive ?? 0, pNoOrder]) expect(p >= 0 && p <= 1).toBe(true)
      expect(expectedOrders12m).toBeGreaterThan(0)
      expect(Number.isInteger(value12m)).toBe(true)
      const range = forecaster.valueRange(days)
      expect(range && range.low <= range.high).toBe(true)
    }
  })

  it('facts after the as-of day change no bit', async () => {
    const before = await loadPurchaseData(ctx(), { asOf: AS_OF, unit: 'week' })
    const customer = await addCustomer(ctx())
    await order(ctx(), customer, AS_OF + 1, 99_999)
    const [old] = await readAll(ctx())
    await order(ctx(), old?.customerId ?? 0, AS_OF + 1, 99_999)
    const after = await loadPurchaseData(ctx(), { asOf: AS_OF, unit: 'week' })
    expect(after).toEqual(before)
    expect(fitPurchaseModels(after)).toEqual(fitPurchaseModels(before))
  })
})
