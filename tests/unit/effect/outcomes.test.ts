import { describe, expect, it } from 'vitest'
import { dayFromIso } from '../../../src/model/day.ts'
import { OUTCOME_DAYS } from '../../../src/model/experiment.ts'
import { type Bought, outcomeOf } from '../../../src/retention/outcomes.ts'
import { fc } from '../../support/fast-check.ts'

function day(iso: string): number {
  const found = dayFromIso(iso)
  if (found === null) throw new Error(iso)
  return found
}

const ALERT = day('2028-01-30')
const someOrders = fc.array(
  fc.record({
    day: fc.integer({ min: ALERT - 50, max: ALERT + 150 }),
    amount: fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: null }),
  }),
)

function order(iso: string, amount: number | null = 100): Bought {
  return { day: day(iso), amount }
}

describe('the outcome of an alert', () => {
  it('counts orders of the window: after the alert day, its last day included, over a leap day', () => {
    const at = (orders: readonly Bought[]) => outcomeOf(ALERT, orders, { days: 30, asOf: day('2028-02-29') })
    expect(at([])).toEqual({ days: 30, state: 'not-kept', revenue: 0 })
    expect(at([order('2028-01-30')])).toMatchObject({ state: 'not-kept', revenue: 0 })
    expect(at([order('2028-01-31')])).toMatchObject({ state: 'kept', revenue: 100 })
    // 30 days after 30 January of a leap year is 29 February.
    expect(at([order('2028-02-29')])).toMatchObject({ state: 'kept', revenue: 100 })
    expect(at([order('2028-03-01')])).toMatchObject({ state: 'not-kept', revenue: 0 })
    expect(at([order('2028-01-29')])).toMatchObject({ state: 'not-kept', revenue: 0 })
  })

  it('is unknown until the window is over, even with an order in it', () => {
    const orders = [order('2028-02-02', 5_00)]
    const state = (asOf: string) =>
      OUTCOME_DAYS.map((days) => outcomeOf(ALERT, orders, { days, asOf: day(asOf) }).state)
    expect(state('2028-02-28')).toEqual(['unknown', 'unknown', 'unknown'])
    expect(state('2028-02-29')).toEqual(['kept', 'unknown', 'unknown'])
    expect(state('2028-03-30')).toEqual(['kept', 'kept', 'unknown'])
    // A leap over all three at once, long after.
    expect(state('2030-01-01')).toEqual(['kept', 'kept', 'kept'])
  })

  it('tells no revenue when an amount is missing, but that the customer stayed', () => {
    const orders = [order('2028-02-01'), order('2028-02-20', null)]
    expect(outcomeOf(ALERT, orders, { days: 30, asOf: ALERT + 30 })).toEqual({
      days: 30,
      state: 'kept',
      revenue: null,
    })
  })

  it('never speaks before maturity, never changes after it, and never looks beyond the window', () => {
    fc.assert(
      fc.property(
        someOrders,
        fc.integer({ min: ALERT - 5, max: ALERT + 200 }),
        fc.constantFrom(...OUTCOME_DAYS),
        (orders, asOf, days) => {
          const now = outcomeOf(ALERT, orders, { days, asOf })
          expect(now.state === 'unknown').toBe(asOf < ALERT + days)
          if (now.state === 'unknown') expect(now.revenue).toBeNull()
          // What is known at as-of is told by the orders up to it, and stays true with later ones.
          const known = orders.filter((one) => one.day <= asOf)
          expect(outcomeOf(ALERT, known, { days, asOf })).toEqual(now)
          if (now.state !== 'unknown')
            expect(outcomeOf(ALERT, orders, { days, asOf: asOf + 400 })).toEqual(now)
        },
      ),
    )
  })

  it('only grows with the window: who was kept after 30 days was kept after 90', () => {
    fc.assert(
      fc.property(someOrders, (orders) => {
        const all = OUTCOME_DAYS.map((days) => outcomeOf(ALERT, orders, { days, asOf: ALERT + 90 }))
        const kept = all.map(({ state }) => Number(state === 'kept'))
        expect(kept).toEqual(kept.toSorted((a, b) => a - b))
        const sums = all.flatMap(({ revenue }) => (revenue === null ? [] : [revenue]))
        expect(sums).toEqual(sums.toSorted((a, b) => a - b))
      }),
    )
  })
})
