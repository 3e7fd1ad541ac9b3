import { beforeAll, expect, it } from 'vitest'
import {
  forecastCustomer,
  keptForecast,
  purchaseFits,
  purchaseParams,
} from '../../src/scoring/customer-outlook.ts'
import { measurePopulation } from '../../src/scoring/measure-population.ts'
import { loadPurchaseData } from '../../src/scoring/purchase-history.ts'
import { createPurchasePass } from '../../src/scoring/purchase-pass.ts'
import { scoreCustomers } from '../../src/scoring/score-customers.ts'
import { deleteState } from '../../src/store/state.ts'
import { addCustomer, addEvent } from '../support/people.ts'
import { draws } from '../support/simulate-purchases.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const AS_OF = 20_000
const MS_PER_DAY = 86_400_000

describeEachDatabase('customer outlook', (ctx) => {
  const customers: number[] = []

  async function order(customer: number, day: number, amount: number): Promise<void> {
    await addEvent(ctx(), { customer_id: customer, kind: 'order', at: day * MS_PER_DAY, day, amount })
  }

  it('is null before there is anything to fit', async () => {
    const alone = await addCustomer(ctx())
    expect(await forecastCustomer(ctx(), alone, AS_OF)).toBeNull()
    await order(alone, AS_OF - 40, 5000)
    expect(await forecastCustomer(ctx(), alone, AS_OF)).toBeNull()
    expect(await purchaseParams(ctx(), AS_OF)).toBeNull()
  })

  beforeAll(async () => {
    const random = draws(5)
    for (let i = 0; i < 200; i++) {
      const customer = await addCustomer(ctx())
      customers.push(customer)
      const rate = random.gamma(2, 40)
      const price = random.gamma(20, 0.002)
      let day = AS_OF + 30 + Math.floor(200 * random.uniform())
      while (day <= AS_OF + 400) {
        await order(customer, day, Math.round(price * (0.5 + random.uniform())))
        day += 1 + Math.floor(random.exponential(rate))
        if (random.uniform() < 0.1) break
      }
    }
  })

  it('holds the value within its range, and the orders in step with the chance of none', async () => {
    const later = AS_OF + 400
    for (const customer of customers.slice(0, 20)) {
      const outlook = await forecastCustomer(ctx(), customer, later)
      if (!outlook?.range12m) throw new Error('no outlook')
      expect(outlook.range12m[0]).toBeLessThanOrEqual(outlook.range12m[1])
      expect(outlook.expectedOrders12m).toBeGreaterThan(0)
      expect(outlook.pNoOrder).toBeGreaterThan(0)
      expect(outlook.pNoOrder).toBeLessThan(1)
    }
  })

  it('is read from the fit of that day for cards, and never fitted for them', async () => {
    const [day, one = 0] = [AS_OF + 400, customers[0]]
    const outlook = await forecastCustomer(ctx(), one, day)
    expect(await keptForecast(ctx(), one, day)).toEqual(outlook)
    expect(await keptForecast(ctx(), one, day + 1)).toBeNull()
    // A look at the past leaves it alone.
    expect(await forecastCustomer(ctx(), one, day - 60)).not.toEqual(outlook)
    expect(await keptForecast(ctx(), one, day)).toEqual(outlook)
  })

  it('keeps the fit, makes it anew for another day, and is not moved by what comes later', async () => {
    const later = AS_OF + 400
    const first = await purchaseParams(ctx(), later)
    expect(first).not.toBeNull()
    expect(await purchaseParams(ctx(), later)).toEqual(first)
    expect(await purchaseParams(ctx(), later - 60)).not.toEqual(first)
    await order(customers[0] ?? 0, later + 1, 1_000_000)
    expect(await purchaseParams(ctx(), later)).toEqual(first)
    await order(customers[0] ?? 0, later, 1_000_000)
    expect(await purchaseParams(ctx(), later)).not.toEqual(first)
  })

  it('a scoring run leaves the fit behind, from the rows that it reads anyway', async () => {
    const later = AS_OF + 300
    const [one = 0, two = 0] = customers
    await order(one, later - 3, 700)
    await order(one, later - 3, 900)
    await addEvent(ctx(), { customer_id: one, kind: 'refund', at: 0, day: later - 3, amount: 5 })
    await addEvent(ctx(), { customer_id: two, kind: 'order', at: 0, day: later - 2, amount: null })
    const pass = createPurchasePass(later)
    await measurePopulation(ctx(), later, undefined, pass.add)
    expect(pass.data()).toEqual(await loadPurchaseData(ctx(), { asOf: later, unit: 'week' }))
    await scoreCustomers(ctx(), { asOf: later })
    const left = await purchaseFits(ctx(), later)
    await deleteState(ctx(), 'purchase-models')
    expect(await purchaseFits(ctx(), later)).toEqual(left)
    expect(left.models.map(({ model }) => model)).toEqual(['mbg-nbd', 'bg-nbd', 'pareto-nbd'])
  })
})
