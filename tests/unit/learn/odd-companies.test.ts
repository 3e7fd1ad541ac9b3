import { describe, expect, it } from 'vitest'
import { type BacktestReport, backtest } from '../../../src/scoring/learn/backtest/backtest.ts'
import { baselines } from '../../../src/scoring/learn/backtest/baselines.ts'
import { learnedScorers } from '../../../src/scoring/learn/backtest/learned-scorer.ts'
import { purchaseModelScorers } from '../../../src/scoring/learn/backtest/purchase-model-scorer.ts'
import { withPurchaseModel } from '../../../src/scoring/learn/history/enrich-purchase-model.ts'
import { type PurchaseRow, purchaseLog } from '../../../src/scoring/learn/history/purchase-log.ts'
import { learnedRisk } from '../../../src/scoring/learn/learned/score-learned.ts'
import { inventedOrders } from '../../support/invented-orders.ts'
import { learnFromLog } from '../../support/learn-from-log.ts'
import { seasonalOrders } from '../../support/seasonal-orders.ts'

const LAST = 730
const HORIZONS = [60, 365] as const

const every = (customers: number, days: readonly number[]): PurchaseRow[] =>
  Array.from({ length: customers }, (_, customer) =>
    days.map((day) => ({ customer, day, amount: 10 })),
  ).flat()

const usual = inventedOrders({ customers: 130, lastDay: LAST })

/** A year and more of orders, each company odd in its own way. */
const COMPANIES: Readonly<Record<string, readonly PurchaseRow[]>> = {
  'no amounts at all': usual.map((row) => ({ ...row, amount: null })),
  'every third amount missing': usual.map((row, i) => (i % 3 === 0 ? { ...row, amount: null } : row)),
  'no amounts until last month': usual.map((row) => (row.day < LAST - 30 ? { ...row, amount: null } : row)),
  'nobody gives up': inventedOrders({ customers: 130, lastDay: LAST, leaving: 0 }),
  'only one-time buyers': Array.from({ length: 250 }, (_, i) => ({ customer: i, day: 3 * i, amount: 5 })),
  'three customers': usual.filter(({ customer }) => customer < 3),
  'everybody on the same dates': every(200, [0, 90, 180, 270, 360, 450, 540, 630, 720, LAST]),
  'one customer with nearly all orders': [
    ...Array.from({ length: LAST }, (_, day) => ({ customer: 0, day, amount: 1e7 })),
    ...usual.map((row) => ({ ...row, customer: row.customer + 1 })),
  ],
  'a season that doubles and halves': seasonalOrders({ customers: 200, days: LAST, swing: 0.7 }),
  'amounts of nothing and below': usual.map((row, i) => ({ ...row, amount: i % 2 === 0 ? 0 : -5 })),
}

function everyNumber(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(everyNumber) : []
}

async function judged(rows: readonly PurchaseRow[], horizon: number, testAsOf = LAST - horizon) {
  return await backtest(purchaseLog(rows, LAST), {
    testAsOf,
    horizon,
    enrich: withPurchaseModel,
    rules: 'recency',
    scorers: [...baselines, ...learnedScorers(), ...purchaseModelScorers],
  })
}

const figuresOf = (report: BacktestReport, name: string) => report.scorers.find((one) => one.name === name)

describe.each(Object.entries(COMPANIES))('a company with %s', (_, rows) => {
  it.each(HORIZONS)('has an answer without invented numbers for %i days', async (horizon) => {
    const report = await judged(rows, horizon)
    expect(everyNumber(report).every(Number.isFinite)).toBe(true)
    const spoken = report.scorers.map(({ name }) => name)
    // Too little to speak is said, not guessed; whatever is used has spoken, or is the rules.
    expect([...spoken, ...report.insufficient].length).toBe(
      baselines.length + learnedScorers().length + purchaseModelScorers.length,
    )
    expect([...spoken, 'recency']).toContain(report.chosen)
    if (report.chosen !== 'recency')
      expect(report.verdicts.find(({ name }) => name === report.chosen)?.passed).toBe(true)
    if (report.level?.low && report.level.high) {
      expect(report.level.low).toBeLessThanOrEqual(report.level.expected)
      expect(report.level.high).toBeGreaterThanOrEqual(report.level.expected)
    }
  })

  it('learns probabilities or nothing', async () => {
    const { stage, model } = await learnFromLog(purchaseLog(rows, LAST), { asOf: LAST, horizon: 60 })
    for (const p of model ? learnedRisk(model, stage.x) : []) {
      expect(p).toBeGreaterThanOrEqual(1e-4)
      expect(p).toBeLessThanOrEqual(1 - 1e-4)
    }
  })
})

describe('600 customers', () => {
  it.each([30, 60, 180] as const)('are judged well for %i days', async (horizon) => {
    const report = await judged(inventedOrders({ customers: 600, lastDay: LAST, seed: horizon }), horizon)
    const [best, recency] = [figuresOf(report, report.chosen), figuresOf(report, 'recency')]
    expect(best?.auc).toBeGreaterThan((recency?.auc ?? 1) - 0.005)
    expect(best?.auc).toBeGreaterThan(0.75)
    expect(best?.ece).toBeLessThan(0.08)
  })
})

describe('a history too short for the horizon', () => {
  /** Certain of nothing: as the rules are before any answer is known. */
  const rules = { name: 'rules', risk: async ({ members }: { members: Uint32Array }) => coin(members) }
  const coin = (members: Uint32Array): Float64Array =>
    Float64Array.from(members, (one) => 0.3 + 0.4 * ((one * 0.618) % 1))

  it('compares purchase models with the rules over a part of it, and that holds for the whole', async () => {
    const report = await backtest(purchaseLog(inventedOrders({ customers: 900, lastDay: LAST }), LAST), {
      testAsOf: LAST - 365,
      horizon: 365,
      enrich: withPurchaseModel,
      rules: 'rules',
      scorers: [rules, ...learnedScorers(), ...purchaseModelScorers],
    })
    expect(report.trainAsOf === null).toBe(report.choiceHorizon !== 365)
    expect(purchaseModelScorers.map(({ name }) => name)).toContain(report.chosen)
    const [chosen, other] = [figuresOf(report, report.chosen), figuresOf(report, 'rules')]
    expect(chosen?.auc).toBeGreaterThan((other?.auc ?? 1) + 0.1)
    expect(chosen?.brier).toBeLessThan(other?.brier ?? 0)
  })

  it('a company founded two months ago stays on the rules', async () => {
    const young = inventedOrders({ customers: 300, lastDay: 60 }).filter(({ day }) => day <= 60)
    const report = await backtest(purchaseLog(young, 60), {
      testAsOf: 30,
      horizon: 30,
      enrich: withPurchaseModel,
      rules: 'rules',
      scorers: [rules, ...learnedScorers(), ...purchaseModelScorers],
    })
    expect(report).toMatchObject({
      chosen: 'rules',
      trainAsOf: null,
      choiceHorizon: null,
      verdicts: [],
      level: null,
    })
    expect(report.insufficient).toEqual(expect.arrayContaining(['blend', 'logistic', 'trees']))
  })
})
