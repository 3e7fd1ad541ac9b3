import { expect, it } from 'vitest'
import { type BacktestReport, backtest } from '../../../src/scoring/learn/backtest/backtest.ts'
import { baselines } from '../../../src/scoring/learn/backtest/baselines.ts'
import { gapShape } from '../../../src/scoring/learn/backtest/gap-regularity.ts'
import { learnedScorers } from '../../../src/scoring/learn/backtest/learned-scorer.ts'
import { purchaseModelScorers } from '../../../src/scoring/learn/backtest/purchase-model-scorer.ts'
import { labelledSnapshot, snapshotAt } from '../../../src/scoring/learn/history/dataset.ts'
import { withPurchaseModel } from '../../../src/scoring/learn/history/enrich-purchase-model.ts'
import type { PurchaseLog } from '../../../src/scoring/learn/history/purchase-log.ts'
import { fitLogistic } from '../../../src/scoring/learn/logistic/fit-logistic.ts'
import { logisticLogits } from '../../../src/scoring/learn/logistic/predict-logistic.ts'
import { sigmoid } from '../../../src/scoring/learn/logit.ts'
import { measure } from '../../../src/scoring/learn/metrics/measure.ts'
import { fitTrees } from '../../../src/scoring/learn/trees/fit-trees.ts'
import { treesLogits } from '../../../src/scoring/learn/trees/predict-trees.ts'
import { cdnowLog, day, onlineRetailLog } from '../../support/purchase-files.ts'
import { describeRealData } from '../../support/real-data.ts'

const HORIZON = 90

/** Published figures of one data set at one pair of cut-offs. AUC of simple rules to four places. */
interface Known {
  readonly title: string
  readonly log: () => PurchaseLog
  readonly train: string
  readonly test: string
  readonly customers: number
  readonly churn: number
  /** Shape of the gaps at the test cut-off: 1 is buying at random. */
  readonly shape: number
  readonly rules: Readonly<Record<string, number>>
  /** Single-cut-off learners: [AUC, Brier, ECE]. */
  readonly logistic: readonly [number, number, number]
  readonly trees: readonly [number, number, number]
  /** The published row with the best AUC. */
  readonly best: { auc: number; lift: number; brier: number; ece: number }
  readonly bestActive: { customers: number; auc: number; lift: number; brier: number; ece: number }
}

const SETS: readonly Known[] = [
  {
    title: 'CDNOW',
    log: cdnowLog,
    train: '1998-01-01',
    test: '1998-04-01',
    customers: 23_570,
    churn: 0.8599,
    shape: 0.99,
    rules: {
      recency: 0.828,
      rfm: 0.8289,
      'own-cycle': 0.8001,
      'own-cycle-z': 0.7862,
      'own-cycle-tail': 0.7974,
      'bg-nbd': 0.8306,
      'mbg-nbd': 0.8338,
      'pareto-nbd': 0.8371,
    },
    logistic: [0.8396, 0.0883, 0.0093],
    trees: [0.8378, 0.0888, 0.022],
    best: { auc: 0.8405, lift: 4.19, brier: 0.0881, ece: 0.0132 },
    bestActive: { customers: 6046, auc: 0.7292, lift: 1.37, brier: 0.1982, ece: 0.0224 },
  },
  {
    title: 'Online Retail',
    log: onlineRetailLog,
    train: '2011-06-12',
    test: '2011-09-10',
    customers: 3370,
    churn: 0.43,
    shape: 1.88,
    rules: {
      recency: 0.6834,
      rfm: 0.7386,
      'own-cycle': 0.6817,
      'own-cycle-z': 0.6802,
      'own-cycle-tail': 0.6765,
      'bg-nbd': 0.7331,
      'mbg-nbd': 0.7331,
      'pareto-nbd': 0.7331,
    },
    logistic: [0.739, 0.2117, 0.0868],
    trees: [0.7336, 0.2173, 0.1034],
    best: { auc: 0.739, lift: 1.68, brier: 0.2115, ece: 0.086 },
    bestActive: { customers: 2784, auc: 0.74, lift: 1.79, brier: 0.2053, ece: 0.0796 },
  },
]

function scorer(report: BacktestReport, name: string): BacktestReport['scorers'][number] {
  const found = report.scorers.find((one) => one.name === name)
  if (!found) throw new Error(`${name} was not judged`)
  return found
}

for (const known of SETS) {
  describeRealData(`learned churn on ${known.title}`, () => {
    it('buys as regularly as published', async () => {
      const snapshot = await snapshotAt(known.log(), day(known.test), HORIZON)
      expect(gapShape(snapshot)).toBeCloseTo(known.shape, 2)
    })

    it('each learner alone is as good as the published one', async () => {
      const log = known.log()
      const train = await labelledSnapshot(log, day(known.train), HORIZON)
      const test = await labelledSnapshot(log, day(known.test), HORIZON)
      const linear = logisticLogits(await fitLogistic(train), test.x)
      const boosted = treesLogits(await fitTrees(train), test.x)
      for (const [logits, [auc, brier, ece]] of [
        [linear, known.logistic],
        [boosted, known.trees],
      ] as const) {
        const found = measure(test.y, logits.map(sigmoid))
        expect(found.auc).toBeGreaterThanOrEqual(auc - 0.003)
        expect(found.brier).toBeLessThanOrEqual(brier + 0.002)
        expect(found.ece).toBeLessThanOrEqual(ece + 0.01)
      }
    })

    it('the back-test repeats the published rules and its choice is as good as the best model', async () => {
      const report = await backtest(known.log(), options(known))
      expect(report.test.customers).toBe(known.customers)
      expect(report.test.churned / known.customers).toBeCloseTo(known.churn, 4)
      for (const [name, auc] of Object.entries(known.rules))
        expect(Math.abs((scorer(report, name).auc ?? 0) - auc)).toBeLessThan(0.0008)
      const chosen = scorer(report, report.chosen)
      expect(chosen.auc).toBeGreaterThanOrEqual(known.best.auc - 0.005)
      expect(chosen.liftTop10Retained).toBeGreaterThanOrEqual(0.98 * known.best.lift)
      expect(chosen.brier).toBeLessThanOrEqual(known.best.brier + 0.002)
      expect(chosen.ece).toBeLessThanOrEqual(known.best.ece + 0.01)
    })

    it('the same holds among customers active within 180 days', async () => {
      const scorers = [...baselines, ...learnedScorers()]
      const report = await backtest(known.log(), { ...options(known), scorers, activeWithin: 180 })
      expect(report.test.customers).toBe(known.bestActive.customers)
      const chosen = scorer(report, report.chosen)
      expect(chosen.auc).toBeGreaterThanOrEqual(known.bestActive.auc - 0.005)
      expect(chosen.liftTop10).toBeGreaterThanOrEqual(0.98 * known.bestActive.lift)
      expect(chosen.brier).toBeLessThanOrEqual(known.bestActive.brier + 0.002)
      expect(chosen.ece).toBeLessThanOrEqual(known.bestActive.ece + 0.01)
    })
  })
}

function options(known: Known): Parameters<typeof backtest>[1] {
  return {
    testAsOf: day(known.test),
    trainAsOf: day(known.train),
    horizon: HORIZON,
    scorers: [...baselines, ...learnedScorers(), ...purchaseModelScorers],
    enrich: withPurchaseModel,
    rules: 'rfm',
  }
}
