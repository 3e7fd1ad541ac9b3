import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/model/seeded-random.ts'
import { type BacktestOptions, backtest } from '../../../src/scoring/learn/backtest/backtest.ts'
import { baselines } from '../../../src/scoring/learn/backtest/baselines.ts'
import { judge } from '../../../src/scoring/learn/backtest/gate.ts'
import { learnedScorers } from '../../../src/scoring/learn/backtest/learned-scorer.ts'
import { type PurchaseRow, purchaseLog } from '../../../src/scoring/learn/history/purchase-log.ts'
import { inventedOrders } from '../../support/invented-orders.ts'

function invented(customers: number, lastDay: number): PurchaseRow[] {
  return inventedOrders({ customers, lastDay })
}

const OPTIONS: BacktestOptions = {
  testAsOf: 500,
  horizon: 60,
  scorers: [...baselines, ...learnedScorers()],
  rules: 'recency',
}

describe('the back-test', () => {
  it('judges every scorer, and a learner beats recency where habits differ', async () => {
    const report = await backtest(purchaseLog(invented(1200, 600), 600), OPTIONS)
    expect(report.test.horizonDays).toBe(60)
    expect(report.trainAsOf).toBe(440)
    expect(report.scorers.map((one) => one.name)).toEqual(OPTIONS.scorers.map((one) => one.name))
    expect(report.insufficient).toEqual([])
    const auc = (name: string): number => report.scorers.find((one) => one.name === name)?.auc ?? 0
    expect(auc('blend')).toBeGreaterThan(auc('recency') + 0.02)
    expect(['blend', 'logistic', 'trees']).toContain(report.chosen)
    for (const one of report.scorers) {
      expect(one.brier).toBeLessThan(0.25)
      expect(one.positives).toBe(report.test.churned)
    }
  })

  it('is bit-identical whatever comes after the test horizon', async () => {
    const rows = invented(300, 600)
    const options = { ...OPTIONS, testAsOf: 400 }
    const known = rows.filter((row) => row.day <= 460)
    const later = known.map((row) => ({ ...row, day: row.day + 461, amount: 1e6 }))
    const first = await backtest(purchaseLog(known, 460), options)
    expect(await backtest(purchaseLog([...later, ...known.reverse()], 2000), options)).toEqual(first)
  })

  it('judges only the active when asked, and each rep', async () => {
    const log = purchaseLog(invented(300, 600), 600)
    const all = await backtest(log, { ...OPTIONS, scorers: baselines })
    const owners = Uint8Array.from({ length: 300 }, (_, customer) => customer % 4)
    const active = await backtest(log, { ...OPTIONS, scorers: baselines, activeWithin: 60, owners })
    expect(active.test.customers).toBeLessThan(all.test.customers)
    expect(all.scorers[0]?.precisionAt5).toBeNull()
    expect(active.scorers[0]?.precisionAt5).toBeGreaterThan(0)
  })

  it('stays on the rules where there is too little history, and says who could not speak', async () => {
    const log = purchaseLog(invented(40, 600), 600)
    const report = await backtest(log, OPTIONS)
    expect(report.chosen).toBe('recency')
    const young = await backtest(purchaseLog(invented(300, 200), 200), { ...OPTIONS, testAsOf: 70 })
    expect(young.trainAsOf).toBeNull()
    expect(young.insufficient).toEqual(OPTIONS.scorers.map((one) => one.name))
  })

  it('refuses dishonest dates', async () => {
    const log = purchaseLog(invented(40, 600), 600)
    await expect(backtest(log, { ...OPTIONS, testAsOf: 560 })).rejects.toThrow('not over yet')
    await expect(backtest(log, { ...OPTIONS, trainAsOf: 450 })).rejects.toThrow('must end by the test day')
  })
})

describe('the gate', () => {
  const random = seededRandom(2)
  const y = Float64Array.from({ length: 2000 }, () => (random() < 0.3 ? 1 : 0))
  const noise = y.map(() => random())
  const poor = y.map((value, i) => 0.3 + 0.05 * (value - 0.3) + 0.2 * ((noise[i] ?? 0) - 0.5))
  const good = y.map((value, i) => 0.3 + 0.15 * (value - 0.3) + 0.2 * ((noise[i] ?? 0) - 0.5))

  it('lets a clearly better model through', () => {
    expect(judge(y, good, poor)).toMatchObject({ passed: true, reason: 'passed' })
  })

  it('keeps the rules when the model is not better, not certain, or there are too few churns', () => {
    expect(judge(y, poor, poor).reason).toBe('no-gain')
    expect(judge(y.slice(0, 100), good.slice(0, 100), poor.slice(0, 100)).reason).toBe('too-few-churns')
    const gained = judge(y, good, poor).gain ?? 0
    expect(judge(y, good, poor, { fewest: 50, margin: gained / 2, certainty: 1e6 }).reason).toBe(
      'not-certain',
    )
  })

  it('keeps the rules when the model ranks better but its probabilities are worse', () => {
    expect(
      judge(
        y,
        good.map((value) => value / 20),
        poor,
      ).reason,
    ).toBe('worse-probabilities')
  })
})
