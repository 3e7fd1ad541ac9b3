import { describe, expect, it } from 'vitest'
import { behaviourColumns, behaviourOf } from '../../../src/scoring/learn/history/behaviour.ts'
import { churnLabels, labelledSnapshot, snapshotAt } from '../../../src/scoring/learn/history/dataset.ts'
import { populationGap } from '../../../src/scoring/learn/history/gaps.ts'
import {
  historyOf,
  logAsOf,
  type PurchaseRow,
  purchaseLog,
} from '../../../src/scoring/learn/history/purchase-log.ts'
import { createPurchaseLogBuilder } from '../../../src/scoring/learn/history/purchase-log-builder.ts'
import { trainingCutoffs } from '../../../src/scoring/learn/history/training-cutoffs.ts'
import { fc } from '../../support/fast-check.ts'

function order(customer: number, day: number, amount: number | null = 10): PurchaseRow {
  return { customer, day, amount }
}

const orders = fc.array(
  fc.record({
    customer: fc.integer({ min: 0, max: 6 }),
    day: fc.integer({ min: 0, max: 400 }),
    amount: fc.integer({ min: 1, max: 500 }),
  }),
  { minLength: 1, maxLength: 60 },
)

describe('the purchase log', () => {
  it('makes one purchase of the orders of one day', () => {
    const log = purchaseLog([order(1, 5, 10), order(0, 9), order(1, 5, 7), order(1, 3, 1)], 20)
    expect(log.customers).toBe(2)
    expect([...historyOf(log, 1).days]).toEqual([3, 5])
    expect([...(historyOf(log, 1).amounts ?? [])]).toEqual([1, 17])
  })

  it('knows when a company records no amounts', () => {
    expect(purchaseLog([order(0, 1, null), order(0, 4, null)], 9).amounts).toBeNull()
  })

  it('keeps room for customers without an order and for many orders', () => {
    const many = Array.from({ length: 3000 }, (_, i) => order(3, i))
    const log = purchaseLog([order(1, 7), ...many], 4000)
    expect([0, 1, 2, 3].map((customer) => historyOf(log, customer).days.length)).toEqual([0, 1, 0, 3000])
  })

  it('refuses unsorted orders where they must come sorted', () => {
    const builder = createPurchaseLogBuilder()
    builder.add(1, 5, null)
    expect(() => builder.add(1, 4, null)).toThrow('sorted')
    expect(() => builder.add(0, 9, null)).toThrow('sorted')
  })

  it('forgets what lies after the day', () => {
    const log = logAsOf(purchaseLog([order(0, 1), order(0, 4), order(1, 5)], 9), 4)
    expect([[...historyOf(log, 0).days], [...historyOf(log, 1).days], log.lastDay]).toEqual([[1, 4], [], 4])
  })
})

describe('behaviour features', () => {
  const named = (days: number[], amounts: number[] | null, asOf: number): Record<string, number> => {
    const history = { days: Int32Array.from(days), amounts: amounts && Float64Array.from(amounts) }
    const values = behaviourOf(history, asOf, { horizon: 90, gap: 40 })
    return Object.fromEntries(
      behaviourColumns(amounts !== null).map((column, j) => [column.name, values[j] ?? 0]),
    )
  }

  it('agree with a customer worked out by hand', () => {
    // Purchases on days 0, 100, 130, 190; seen on day 200: gaps 100, 30, 60.
    const features = named([0, 100, 130, 190], [10, 20, 30, 60], 200)
    expect(features).toMatchObject({
      recency: 10,
      tenure: 200,
      orders: 4,
      ordersThird: 1, // age < 30: day 190
      ordersHorizon: 2, // age < 90: 130 and 190
      ordersTwice: 3,
      ordersFour: 4,
      gapMedian: 60,
      gapMax: 100,
      gapLast: 60,
      recencyOverMax: 0.1,
      recencyOverTenure: 0.05,
      newerHalf: 0, // 130 and 190 of four are younger than 100 days
      spendTotal: 120,
      spendMean: 30,
      spendLastRatio: 2,
      spendTwice: 110,
    })
    expect(features.gapMean).toBeCloseTo(190 / 3, 12)
    expect(features.gapCv).toBeCloseTo(Math.sqrt((36.667 ** 2 + 33.333 ** 2 + 3.333 ** 2) / 3) / 63.333, 4)
    expect(features.recencyOverMedian).toBeCloseTo(1 / 6, 12)
    expect(features.orderRate).toBeCloseTo(4 / 290, 12)
  })

  it('take the usual gap of all where somebody bought once, and their age when that is longer', () => {
    expect(named([190], null, 200)).toMatchObject({
      gapMean: 40,
      gapMax: 40,
      gapCv: 0,
      recencyOverMedian: 0.25,
    })
    expect(named([0], null, 200)).toMatchObject({ gapLast: 200, recencyOverMedian: 1, newerHalf: -0.5 })
  })

  it('are 17 without amounts and unknown where an amount is', () => {
    expect(behaviourColumns(false).length).toBe(17)
    expect(behaviourColumns(true).length).toBe(21)
    expect(named([1, 50], [Number.NaN, 5], 60)).toMatchObject({ spendTotal: Number.NaN, orders: 2 })
  })
})

describe('snapshots', () => {
  it('hold everybody who had bought by then, and what came next as label', async () => {
    const log = purchaseLog([order(0, 10), order(0, 100), order(1, 20), order(2, 60), order(3, 51)], 200)
    const snapshot = await labelledSnapshot(log, 50, 50)
    expect([...snapshot.members]).toEqual([0, 1])
    expect([...snapshot.y]).toEqual([0, 1]) // day 100 = 50 + 50 still counts
    expect([...churnLabels(log, snapshot.members, 50, 49)]).toEqual([1, 1])
    expect(() => churnLabels(log, snapshot.members, 151, 50)).toThrow(RangeError)
  })

  it('are bit-identical whatever comes after the day, and in whatever order rows come', async () => {
    await fc.assert(
      fc.asyncProperty(orders, orders, fc.integer({ min: 0, max: 400 }), async (before, after, asOf) => {
        const later = after.map((row) => ({ ...row, day: asOf + 1 + row.day }))
        const known = [...before].filter((row) => row.day <= asOf)
        const first = await snapshotAt(purchaseLog([...known, order(6, 0)], 1000), asOf, 30)
        const second = await snapshotAt(
          purchaseLog([...later, order(6, 0), ...known.reverse()], 1000),
          asOf,
          30,
        )
        expect([...second.members]).toEqual([...first.members])
        expect(second.x.columns.map((column) => [...column.values])).toEqual(
          first.x.columns.map((column) => [...column.values]),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('take more columns from whoever can make them', async () => {
    const log = purchaseLog([order(0, 1), order(1, 2)], 9)
    const snapshot = await snapshotAt(log, 5, 30, async ({ members }) => [
      {
        name: 'twice',
        log1p: false,
        monotone: 0,
        values: Float64Array.from(members, (customer) => 2 * customer),
      },
    ])
    expect([...(snapshot.x.columns.at(-1)?.values ?? [])]).toEqual([0, 2])
  })

  it('learn the usual gap from all customers', () => {
    const log = purchaseLog(
      [order(0, 0), order(0, 10), order(1, 0), order(1, 30), order(2, 5), order(2, 25)],
      40,
    )
    expect(populationGap(log)).toBe(20)
    expect(populationGap(purchaseLog([order(0, 0)], 9))).toBeNull()
  })
})

describe('training cut-offs', () => {
  it('end their horizon by the day and leave some history before them', () => {
    expect(trainingCutoffs({ firstDay: 0, asOf: 400, horizon: 90 })).toEqual([310, 280, 250])
    expect(trainingCutoffs({ firstDay: 0, asOf: 400, horizon: 90, latest: 300 })).toEqual([300, 270, 240])
    expect(trainingCutoffs({ firstDay: 0, asOf: 400, horizon: 90, latest: 399 })).toEqual([310, 280, 250])
    expect(trainingCutoffs({ firstDay: 0, asOf: 160, horizon: 90 })).toEqual([70, 40])
    expect(trainingCutoffs({ firstDay: 0, asOf: 100, horizon: 90 })).toEqual([])
  })
})
