import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { yardstickOf } from '../../src/scoring/live-scorer.ts'
import { bandChange } from '../../src/scoring/propose/band-change.ts'
import { lookBack } from '../../src/scoring/propose/look-back.ts'
import { addOrders, FIRST_DAY } from '../support/order-company.ts'
import { addCustomer } from '../support/people.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const HORIZON = 90
const AS_OF = FIRST_DAY + 1000

let ctx: TestCtx & { close(): Promise<void> }

beforeEach(async () => {
  ctx = await sqliteCtx({ at: (AS_OF + HORIZON + 1) * 86_400_000 })
})
afterEach(() => ctx.close())

/** Customers that ordered every so many days up to their last order, days from `FIRST_DAY`. */
async function buyers(rhythms: readonly { every: number; last: number }[]): Promise<number[]> {
  const ids: number[] = []
  for (const _ of rhythms) ids.push(await addCustomer(ctx))
  const orders = rhythms.flatMap(({ every, last }, customer) =>
    Array.from({ length: Math.floor(last / every) + 1 }, (_, k) => ({
      customer,
      day: (last % every) + k * every,
      amount: 100,
    })),
  )
  await addOrders(ctx, ids, orders)
  return ids
}

describe('looking back at the scorer in use', () => {
  it('names who left unwarned, and nobody whose own rhythm expected no order', async () => {
    const [left] = await buyers([
      { every: 30, last: 990 },
      { every: 30, last: 1070 },
      { every: 240, last: 980 },
    ])
    const look = await lookBack(ctx, {
      asOf: AS_OF,
      horizon: HORIZON,
      yardstick: await yardstickOf(ctx, AS_OF, null),
      version: null,
    })
    expect(look).toMatchObject({ customers: 2, churned: 1, missed: { count: 1, worst: [left] } })
  })
})

describe('the change of bands', () => {
  it('counts against the bands as the next run of the scorer in use would set them', async () => {
    const id = await addCustomer(ctx, { renewal_on: AS_OF + 10 })
    await addOrders(ctx, [id], [{ customer: 0, day: 990, amount: 100 }])
    const now = await yardstickOf(ctx, AS_OF, null)
    const calm = { risk: 0.01, points: -33, base: 0, evidence: [] }
    const then = { ...now, scorer: { ...now.scorer, score: () => calm } }
    expect(await bandChange(ctx, AS_OF, now, then)).toEqual({ customers: 1, raised: 0, lowered: 1 })
  })
})
