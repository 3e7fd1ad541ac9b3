import { describe, expect, it } from 'vitest'
import { calibrate } from '../../../src/scoring/learn/calibrate/calibrator.ts'
import { churnLabels } from '../../../src/scoring/learn/history/dataset.ts'
import { NO_PURCHASE } from '../../../src/scoring/learn/history/enrich-purchase-model.ts'
import { logAsOf, purchaseLog } from '../../../src/scoring/learn/history/purchase-log.ts'
import { LearnedModel, SCORE_DRIFT } from '../../../src/scoring/learn/learned/learned-model.ts'
import { learnedLogits, learnedRisk } from '../../../src/scoring/learn/learned/score-learned.ts'
import { measure } from '../../../src/scoring/learn/metrics/measure.ts'
import { drift } from '../../../src/scoring/learn/psi.ts'
import { explainRaw } from '../../support/explain-matrix.ts'
import { type InventedOrders, inventedOrders } from '../../support/invented-orders.ts'
import { learnFromLog } from '../../support/learn-from-log.ts'

const AS_OF = 540
const HORIZON = 60

async function learnt(options: Partial<InventedOrders> = {}, horizon = HORIZON) {
  const lastDay = AS_OF + horizon
  const log = purchaseLog(inventedOrders({ customers: 800, lastDay, ...options }), lastDay)
  const { stage, model } = await learnFromLog(logAsOf(log, AS_OF), { asOf: AS_OF, horizon })
  if (!model) throw new Error('there was enough to learn from')
  const y = churnLabels(log, stage.members, AS_OF, horizon)
  return { stage, model, y, measures: measure(y, learnedRisk(model, stage.x)) }
}

describe('a model learnt from the company’s own orders', () => {
  it('consists of facts and the purchase model, with weights that add up', async () => {
    const { model } = await learnt()
    expect(model.parts.map((part) => part.model.kind)).toEqual(['logistic', 'trees', 'column'])
    expect(model.parts.reduce((sum, part) => sum + part.weight, 0)).toBeCloseTo(1, 12)
    expect(model.cutoffs).toEqual([480, 460, 440])
    const facts = model.parts.flatMap(({ model: part }) =>
      part.kind === 'logistic'
        ? part.terms.map((term) => term.name)
        : part.kind === 'trees'
          ? part.names
          : [],
    )
    expect(facts).not.toContain(NO_PURCHASE)
  })

  it('is stored as JSON, scores alike from there, and its contributions add up', async () => {
    const { stage, model } = await learnt()
    const stored = LearnedModel.parse(JSON.parse(JSON.stringify(model)))
    const logits = learnedLogits(stored, stage.x)
    const risk = learnedRisk(model, stage.x)
    expect(logits).toEqual(learnedLogits(model, stage.x))
    for (let row = 0; row < stage.x.rows; row += 7) {
      const { base, contributions, logit } = explainRaw(stored, stage.x, row)
      const sum = contributions.reduce((total, one) => total + one.points, base)
      expect(Math.abs(sum - (logits[row] ?? 0))).toBeLessThan(1e-9)
      expect(logit).toBeCloseTo(sum, 9)
      expect(calibrate(stored.calibrator, logits[row] ?? 0)).toBe(risk[row])
    }
  })

  it('is the same each time it is trained', async () => {
    expect((await learnt({ customers: 300 })).model).toEqual((await learnt({ customers: 300 })).model)
  })

  it('is useful and sensible with few customers, without amounts, for short and long horizons', async () => {
    for (const [options, horizon] of [
      [{ customers: 600, seed: 1 }, 60],
      [{ customers: 600, seed: 2, amounts: false }, 60],
      [{ customers: 600, seed: 3 }, 30],
      [{ customers: 600, seed: 4 }, 150],
    ] as const) {
      const { measures } = await learnt(options, horizon)
      expect(measures.auc).toBeGreaterThan(0.75)
      expect(measures.ece).toBeLessThan(0.1)
    }
  })

  it('stays calm where nobody ever gives up', async () => {
    const { stage, model, measures } = await learnt({ customers: 700, leaving: 0 })
    const risk = learnedRisk(model, stage.x)
    expect(risk.every((p) => p >= 1e-4 && p <= 1 - 1e-4)).toBe(true)
    expect(measures.ece).toBeLessThan(0.1)
  })

  it('says nothing when there is nothing to learn from', async () => {
    const few = purchaseLog(inventedOrders({ customers: 15, lastDay: AS_OF }), AS_OF)
    expect((await learnFromLog(few, { asOf: AS_OF, horizon: HORIZON })).model).toBeNull()
    const none = purchaseLog([], AS_OF)
    expect((await learnFromLog(none, { asOf: AS_OF, horizon: HORIZON })).model).toBeNull()
    const sameDay = purchaseLog(
      Array.from({ length: 300 }, (_, customer) => ({ customer, day: 500, amount: 1 })),
      AS_OF,
    )
    expect((await learnFromLog(sameDay, { asOf: AS_OF, horizon: HORIZON })).model).toBeNull()
  })

  it('can be watched for drift', async () => {
    const { stage, model } = await learnt()
    const bins = model.drift[SCORE_DRIFT]
    const logits = learnedLogits(model, stage.x)
    if (!bins) throw new Error('the score is watched')
    expect(drift(bins, logits).level).not.toBe('act')
    expect(
      drift(
        bins,
        logits.map((value) => value + 3),
      ).level,
    ).toBe('act')
    expect(Object.keys(model.drift)).toContain('recency')
  })

  it('can be stopped', async () => {
    const log = purchaseLog(inventedOrders({ customers: 300, lastDay: AS_OF }), AS_OF)
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(learnFromLog(log, { asOf: AS_OF, horizon: HORIZON, signal })).rejects.toThrow('enough')
  })
})
