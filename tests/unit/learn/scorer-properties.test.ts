import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/model/seeded-random.ts'
import { baselines } from '../../../src/scoring/learn/backtest/baselines.ts'
import { gapShape, silenceTail } from '../../../src/scoring/learn/backtest/gap-regularity.ts'
import { silenceRatio, silenceZ } from '../../../src/scoring/learn/backtest/own-cycle.ts'
import { purchaseModelScorers } from '../../../src/scoring/learn/backtest/purchase-model-scorer.ts'
import { type Stage, stageAt } from '../../../src/scoring/learn/backtest/stage.ts'
import { snapshotAt } from '../../../src/scoring/learn/history/dataset.ts'
import { withPurchaseModel } from '../../../src/scoring/learn/history/enrich-purchase-model.ts'
import { type PurchaseRow, purchaseLog } from '../../../src/scoring/learn/history/purchase-log.ts'
import { freshFits } from '../../../src/scoring/learn/learned/fit-part.ts'
import type { LearnedModel } from '../../../src/scoring/learn/learned/learned-model.ts'
import { learnedLogits, learnedRisk } from '../../../src/scoring/learn/learned/score-learned.ts'
import { trainLearned } from '../../../src/scoring/learn/learned/train-learned.ts'
import { fitLogistic } from '../../../src/scoring/learn/logistic/fit-logistic.ts'
import { logisticLogits } from '../../../src/scoring/learn/logistic/predict-logistic.ts'
import { logit } from '../../../src/scoring/learn/logit.ts'
import { fitTrees } from '../../../src/scoring/learn/trees/fit-trees.ts'
import { treesLogits } from '../../../src/scoring/learn/trees/predict-trees.ts'
import { explainRisk } from '../../support/explain-matrix.ts'
import { fc } from '../../support/fast-check.ts'
import { inventedOrders } from '../../support/invented-orders.ts'
import { matrix } from '../../support/matrix.ts'

const AS_OF = 400
const orders = fc.array(
  fc.record({
    customer: fc.integer({ min: 0, max: 12 }),
    day: fc.integer({ min: 0, max: AS_OF }),
    amount: fc.option(fc.integer({ min: 0, max: 500 })),
  }),
  { minLength: 1, maxLength: 80 },
)

async function stageOf(rows: readonly PurchaseRow[]): Promise<Stage> {
  return await stageAt(purchaseLog(rows, AS_OF), { asOf: AS_OF, horizon: 60, enrich: withPurchaseModel })
}

describe('scorers of any small company', () => {
  it('give a probability for everybody or say that they cannot, in whatever order rows come', async () => {
    await fc.assert(
      fc.asyncProperty(orders, async (rows) => {
        const [stage, turned] = [await stageOf(rows), await stageOf(rows.toReversed())]
        for (const scorer of [...baselines, ...purchaseModelScorers]) {
          const risk = await scorer.risk(stage, {})
          expect(await scorer.risk(turned, {})).toEqual(risk)
          for (const p of risk ?? []) {
            expect(p).toBeGreaterThan(0)
            expect(p).toBeLessThan(1)
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  it('the own cycle is finite, and a tail is a probability', async () => {
    await fc.assert(
      fc.asyncProperty(orders, async (rows) => {
        const stage = await stageOf(rows)
        for (const value of [...silenceRatio(stage), ...silenceZ(stage)])
          expect(Number.isFinite(value)).toBe(true)
        for (const tail of silenceTail(stage)) {
          expect(-tail).toBeGreaterThanOrEqual(0)
          expect(-tail).toBeLessThanOrEqual(1)
        }
        expect(gapShape(stage) ?? 1).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })

  it('a longer silence is never safer by recency and own cycle, whatever the past', async () => {
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 90 }), async (rows, later) => {
        const log = purchaseLog(rows, AS_OF + later)
        const [now, then] = [await snapshotAt(log, AS_OF, 60), await snapshotAt(log, AS_OF + later, 60)]
        for (const rankOf of [silenceRatio, silenceZ, silenceTail]) {
          const [before, after] = [rankOf(now), rankOf(then)]
          before.forEach((value, row) => {
            expect(after[row]).toBeGreaterThanOrEqual(value - 1e-9)
          })
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('learners', () => {
  const random = seededRandom(8)
  const rows = Array.from({ length: 300 }, () => {
    const [a, b] = [random(), random()]
    return { a, b: random() < 0.1 ? Number.NaN : b, y: random() < 0.2 + 0.6 * a ? 1 : 0 }
  })
  const dataOf = (list: typeof rows) => ({
    x: matrix({ a: list.map((one) => one.a), b: list.map((one) => one.b) }),
    y: Float64Array.from(list, (one) => one.y),
  })
  const data = dataOf(rows)

  it('do not depend on the order of rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 299 }), async (turn) => {
        const turned = dataOf([...rows.slice(turn), ...rows.slice(0, turn)])
        const [a, b] = [await fitLogistic(data), await fitLogistic(turned)]
        logisticLogits(a, data.x).forEach((value, row) => {
          expect(logisticLogits(b, data.x)[row]).toBeCloseTo(value, 8)
        })
        const [c, d] = [await fitTrees(data, { rounds: 8 }), await fitTrees(turned, { rounds: 8 })]
        treesLogits(c, data.x).forEach((value, row) => {
          expect(treesLogits(d, data.x)[row]).toBeCloseTo(value, 9)
        })
      }),
      { numRuns: 6 },
    )
  })

  it('do not depend on the unit of a column', async () => {
    const scaled = {
      ...data,
      x: matrix({ a: rows.map((one) => 24 * one.a), b: rows.map((one) => 24 * one.b) }),
    }
    const [plain, inHours] = [await fitLogistic(data), await fitLogistic(scaled)]
    logisticLogits(plain, data.x).forEach((value, row) => {
      expect(logisticLogits(inHours, scaled.x)[row]).toBeCloseTo(value, 8)
    })
    const [trees, treesInHours] = [await fitTrees(data, { rounds: 8 }), await fitTrees(scaled, { rounds: 8 })]
    treesLogits(trees, data.x).forEach((value, row) => {
      expect(treesLogits(treesInHours, scaled.x)[row]).toBeCloseTo(value, 9)
    })
  })

  it('blend between their members, and explain every risk to the last digit in any season', async () => {
    const log = purchaseLog(inventedOrders({ customers: 250, lastDay: 500 }), 500)
    const stage = await stageAt(log, { asOf: 500, horizon: 60, enrich: withPurchaseModel })
    const model = await trainLearned({ ...stage, kind: 'blend', fitPart: freshFits() })
    if (!model) throw new Error('there is enough to learn from')
    const alone = model.parts.map((part) => learnedLogits({ parts: [{ ...part, weight: 1 }] }, stage.x))
    const season: LearnedModel = { ...model, calibrator: { ...model.calibrator, shift: 0.7 } }
    const [logits, risk] = [learnedLogits(model, stage.x), learnedRisk(season, stage.x)]
    for (let row = 0; row < stage.x.rows; row++) {
      const members = alone.map((values) => values[row] ?? 0)
      expect(logits[row]).toBeGreaterThanOrEqual(Math.min(...members) - 1e-9)
      expect(logits[row]).toBeLessThanOrEqual(Math.max(...members) + 1e-9)
      if (row % 10 > 0) continue
      const { base, contributions } = explainRisk(season, stage.x, row)
      const sum = contributions.reduce((total, one) => total + one.points, base)
      expect(sum).toBeCloseTo(logit(risk[row] ?? 0), 9)
    }
  })
})
