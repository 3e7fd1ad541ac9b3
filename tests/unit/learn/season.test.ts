import { describe, expect, it } from 'vitest'
import { type Stage, stageAt } from '../../../src/scoring/learn/backtest/stage.ts'
import { calibrate } from '../../../src/scoring/learn/calibrate/calibrator.ts'
import { levelReport } from '../../../src/scoring/learn/calibrate/level-report.ts'
import {
  believe,
  expectedShift,
  levelAt,
  type SeasonLevel,
  unforeseen,
} from '../../../src/scoring/learn/calibrate/season-level.ts'
import { churnLabels } from '../../../src/scoring/learn/history/dataset.ts'
import { withPurchaseModel } from '../../../src/scoring/learn/history/enrich-purchase-model.ts'
import { type PurchaseLog, purchaseLog } from '../../../src/scoring/learn/history/purchase-log.ts'
import { freshFits, rememberedFits } from '../../../src/scoring/learn/learned/fit-part.ts'
import type { LearnedModel } from '../../../src/scoring/learn/learned/learned-model.ts'
import { modelAsOf } from '../../../src/scoring/learn/learned/model-as-of.ts'
import { learnedRisk } from '../../../src/scoring/learn/learned/score-learned.ts'
import { trainLearned } from '../../../src/scoring/learn/learned/train-learned.ts'
import { logit } from '../../../src/scoring/learn/logit.ts'
import { fc } from '../../support/fast-check.ts'
import { seasonalOrders } from '../../support/seasonal-orders.ts'

const DAYS = 1200
const HORIZON = 90

/** A shop that sells most in December, and one that sells alike all year; both without the last year's growth. */
function shop(swing: number, customers = 1500): PurchaseLog {
  return purchaseLog(seasonalOrders({ customers, days: DAYS, swing, seed: 2 }), DAYS - 1)
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Learns as of a day with and without the years before. */
async function learnt(
  log: PurchaseLog,
  asOf: number,
): Promise<{ stage: Stage; model: LearnedModel; blind: LearnedModel }> {
  const stage = await stageAt(log, { asOf, horizon: HORIZON, enrich: withPurchaseModel })
  const input = { ...stage, kind: 'logistic' as const, fitPart: rememberedFits(freshFits()) }
  const model = await trainLearned(input)
  const blind = await trainLearned({ ...input, lastYear: null, lastYearEarlier: null })
  if (!model || !blind) throw new Error('the shop has enough to learn from')
  return { stage, model, blind }
}

describe('the level of a season', () => {
  const level: SeasonLevel = { days: [100, 130, 160], shifts: [0.2, 0.8, -0.4], belief: 1, spread: 0.2 }

  it('lies on straight lines between the days of last year, and is over a month after them', () => {
    expect([90, 100, 115, 130, 145, 160, 175, 190, 400].map((day) => levelAt(level, day))).toEqual(
      [0.2, 0.2, 0.5, 0.8, 0.2, -0.4, -0.2, 0, 0].map((value) => expect.closeTo(value, 12)),
    )
    expect(levelAt({ ...level, days: [], shifts: [] }, 120)).toBe(0)
  })

  it('is believed as far as the latest error was like that of its year before', () => {
    expect(believe(null)).toBeCloseTo(0.75, 12)
    expect(believe({ recent: 0.8, yearBefore: 0.8 })).toBeGreaterThan(0.95)
    expect(believe({ recent: -0.8, yearBefore: 0.8 })).toBe(0)
    // Two small errors show nothing either way.
    expect(believe({ recent: -0.01, yearBefore: 0.01 })).toBeCloseTo(0.75, 2)
  })

  it('never overshoots last year, and hardly moves where few customers showed it', () => {
    const finite = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(
        finite,
        finite,
        finite,
        fc.double({ min: 0, max: 5, noNaN: true }),
        (a, b, shift, noise) => {
          const belief = believe({ recent: a, yearBefore: b })
          expect(belief).toBeGreaterThanOrEqual(0)
          expect(belief).toBeLessThanOrEqual(1)
          const expected = expectedShift({ asOf: 0, shift, noise }, belief)
          expect(Math.abs(expected)).toBeLessThanOrEqual(Math.abs(shift))
          expect(Math.abs(expected)).toBeLessThanOrEqual(Math.LN2)
          expect(expected * shift).toBeGreaterThanOrEqual(0)
        },
      ),
    )
    expect(expectedShift({ asOf: 0, shift: 0.3, noise: 0.9 }, 1)).toBeLessThan(0.03)
  })

  it('enters the calibration and moves the log-odds of everybody alike', () => {
    const model = { calibrator: { kind: 'platt', slope: 0.9, intercept: 0.1, rows: 50 } as const, level }
    const december = modelAsOf(model, 130)
    for (const score of [-3, 0, 2])
      expect(
        logit(calibrate(december.calibrator, score)) - logit(calibrate(model.calibrator, score)),
      ).toBeCloseTo(0.8, 9)
    expect(modelAsOf({ ...model, level: null }, 130).calibrator).toBe(model.calibrator)
  })

  it('has an interval that widens with past errors, and none without any', () => {
    const risk = Float64Array.of(0.2, 0.5, 0.9)
    expect(unforeseen([])).toBeNull()
    const [calm, wild] = [
      [0.05, -0.02],
      [0.9, -0.7],
    ].map((errors) => levelReport({ ...level, spread: unforeseen(errors) }, 100, risk))
    expect(calm?.expected).toBeCloseTo(1.6 / 3, 12)
    expect(calm?.low).toBeLessThan(calm?.expected ?? 0)
    expect(wild?.low).toBeLessThan(calm?.low ?? 0)
    expect(wild?.high).toBeGreaterThan(calm?.high ?? 1)
    expect(levelReport({ ...level, spread: null }, 100, risk)).toMatchObject({ low: null, high: null })
  })
})

describe('a shop with a season, after three years', () => {
  it('is off without its past years and hits the level with them', async () => {
    const log = shop(0.6)
    let [blindError, error, inside] = [0, 0, 0]
    // Before the season, in it, and after it.
    for (const asOf of [980, 1010, 1070, 1105]) {
      const { stage, model, blind } = await learnt(log, asOf)
      if (!model.level) throw new Error('a model knows of its level')
      expect(blind.level?.days).toEqual([])
      const rate = mean(churnLabels(log, stage.members, asOf, HORIZON))
      const risk = learnedRisk(modelAsOf(model, asOf), stage.x)
      blindError += Math.abs(mean(learnedRisk(modelAsOf(blind, asOf), stage.x)) - rate)
      error += Math.abs(mean(risk) - rate)
      const told = levelReport(model.level, asOf, risk)
      expect(told.method).toBe('same-season')
      if (rate > (told.low ?? 1) && rate < (told.high ?? 0)) inside++
    }
    expect(error).toBeLessThan(blindError / 2)
    expect(inside).toBeGreaterThanOrEqual(3)
  })

  it('a shop without a season is left alone', async () => {
    const { model } = await learnt(shop(0), 1010)
    for (const shift of model.level?.shifts ?? [1]) expect(Math.abs(shift)).toBeLessThan(0.2)
  })

  it('a young shop says that it has not seen the season, with an interval', async () => {
    const { model } = await learnt(shop(0.6), 420)
    expect(model.level?.days).toEqual([])
    expect(model.level?.spread).toBeGreaterThan(0)
  })
})
