import { describe, expect, it } from 'vitest'
import { type ReplayOptions, replay } from '../../../src/scoring/learn/backtest/replay.ts'
import { purchaseLog } from '../../../src/scoring/learn/history/purchase-log.ts'
import { columnOf } from '../../../src/scoring/learn/matrix.ts'

/** Risk is a hundredth of the days of silence. */
const OPTIONS: ReplayOptions = {
  from: 0,
  to: 200,
  every: 10,
  horizon: 90,
  threshold: 0.3,
  lostAfter: 60,
  risk: (snapshot) =>
    columnOf(snapshot.x, 'recency')?.values.map((days) => days / 100) ?? new Float64Array(0),
}

function order(customer: number, day: number) {
  return { customer, day, amount: null }
}

describe('the replay of past alerts', () => {
  it('counts a silent spell once and the days from alert to loss', async () => {
    // Silent from day 5: alert on day 40 (35 days), lost on day 65: 25 days won.
    expect(await replay(purchaseLog([order(0, 5)], 300), OPTIONS)).toEqual({
      alerts: 1,
      alertsPerDay: 1 / 201,
      lost: 1,
      caught: 1,
      leadDaysMedian: 25,
    })
  })

  it('alerts again in a new silent spell, and does not call a returned customer lost', async () => {
    // Silent from 0: alert on 30; buys on 45, silent again: alert on 80, lost on 105.
    const report = await replay(purchaseLog([order(0, 0), order(0, 45)], 300), OPTIONS)
    expect(report).toMatchObject({ alerts: 2, lost: 1, caught: 1, leadDaysMedian: 25 })
  })

  it('does not count what it missed as caught, nor bring up who is lost already', async () => {
    const log = purchaseLog([order(0, 5), order(1, -100)], 300)
    const report = await replay(log, { ...OPTIONS, threshold: 0.59, every: 100 })
    expect(report).toMatchObject({ alerts: 0, lost: 1, caught: 0, leadDaysMedian: null })
  })

  it('does not know losses that lie beyond the observed days', async () => {
    expect(await replay(purchaseLog([order(0, 150)], 205), OPTIONS)).toMatchObject({ alerts: 1, lost: 0 })
  })
})
