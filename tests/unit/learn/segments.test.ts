import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/model/seeded-random.ts'
import { purchaseLog } from '../../../src/scoring/learn/history/purchase-log.ts'
import { LearnedModel } from '../../../src/scoring/learn/learned/learned-model.ts'
import { learnedRisk, probabilityOf } from '../../../src/scoring/learn/learned/score-learned.ts'
import { fitSegmentEffects, segmentEffect } from '../../../src/scoring/learn/learned/segment-effects.ts'
import { logit, sigmoid } from '../../../src/scoring/learn/logit.ts'
import { explainRisk } from '../../support/explain-matrix.ts'
import { inventedOrders } from '../../support/invented-orders.ts'
import { learnFromLog } from '../../support/learn-from-log.ts'

/** Customers whose log-odds are right but for what their segment adds. */
function planted(sizes: Readonly<Record<string, number>>, added: Readonly<Record<string, number>>) {
  const random = seededRandom(7)
  const segments = Object.entries(sizes).flatMap(([name, size]) => Array<string>(size).fill(name))
  const logits = Float64Array.from(segments, () => 4 * random() - 2)
  const y = Float64Array.from(segments, (name, i) =>
    random() < sigmoid((logits[i] ?? 0) + (added[name] ?? 0)) ? 1 : 0,
  )
  return fitSegmentEffects(logits, y, segments)
}

describe('effects of segments', () => {
  it('finds a planted difference', () => {
    const { a = 0, b = 0 } = planted({ a: 3000, b: 3000 }, { a: 0.6, b: -0.6 })
    expect(a).toBeGreaterThan(0.45)
    expect(a).toBeLessThan(0.75)
    expect(b).toBeLessThan(-0.45)
    expect(b).toBeGreaterThan(-0.75)
  })

  it('a segment of five customers moves hardly, though all of them left', () => {
    const logits = new Float64Array(4005)
    const segments = Array.from(logits, (_, i) => (i < 5 ? 'few' : i < 2005 ? 'a' : 'b'))
    const y = Float64Array.from(segments, (name, i) =>
      name === 'few' || (name === 'a' ? i % 20 < 11 : i % 20 < 9) ? 1 : 0,
    )
    const { few = 0, a = 0 } = fitSegmentEffects(logits, y, segments)
    expect(a).toBeGreaterThan(0.15)
    // On its own this segment would be at infinity.
    expect(few).toBeGreaterThan(0)
    expect(few).toBeLessThan(0.3)
  })

  it('says nothing where chance alone tells the segments apart, or there is only one', () => {
    const y = Float64Array.from({ length: 400 }, (_, i) => i % 2)
    const halves = Array.from(y, (_, i) => (i < 200 ? 'a' : 'b'))
    expect(fitSegmentEffects(new Float64Array(400), y, halves)).toEqual({})
    expect(fitSegmentEffects(new Float64Array(400).fill(2), y, Array<string>(400).fill('a'))).toEqual({})
    expect(segmentEffect({ a: 1 }, 'constructor')).toBe(0)
  })

  it('is part of the risk and of its explanation, exactly', async () => {
    const rows = inventedOrders({ customers: 500, lastDay: 640 })
    const { stage, model } = await learnFromLog(purchaseLog(rows, 640), { asOf: 580, horizon: 60 })
    if (!model) throw new Error('there is enough to learn')
    expect(model.segments).toEqual({})
    const taught = { ...LearnedModel.parse(JSON.parse(JSON.stringify(model))), segments: { a: 0.7, b: -0.4 } }
    const segments = Array.from(stage.members, (customer) => ['a', 'b', 'new'][customer % 3] ?? '')
    const x = { ...stage.x, segments }
    const [plain, risk] = [learnedRisk(model, x), learnedRisk(taught, x)]
    segments.forEach((segment, row) => {
      const moved = logit(risk[row] ?? 0) - logit(plain[row] ?? 0)
      if (segment === 'new') expect(moved).toBe(0)
      const { base, contributions, logit: sum } = explainRisk(taught, x, row)
      expect(base + contributions.reduce((total, { points }) => total + points, 0)).toBeCloseTo(sum, 9)
      expect(Math.abs(sum - logit(risk[row] ?? 0))).toBeLessThan(1e-9)
      const own = contributions.find(({ name }) => name === 'segment')?.points ?? 0
      expect(own).toBeCloseTo(moved, 9)
    })
    expect(probabilityOf(taught, 0, 'a')).toBeGreaterThan(probabilityOf(taught, 0, 'b'))
  })

  it('is learned where a segment leaves more often', async () => {
    const [calm, restless] = [0.04, 0.3].map((leaving, k) =>
      inventedOrders({ customers: 700, lastDay: 640, leaving, seed: k + 3 }),
    )
    const all = [
      ...(calm ?? []),
      ...(restless ?? []).map((row) => ({ ...row, customer: row.customer + 700 })),
    ]
    const segments = Array.from({ length: 1400 }, (_, customer) => (customer < 700 ? 'calm' : 'restless'))
    const log = { ...purchaseLog(all, 640), segments }
    const { stage, model } = await learnFromLog(log, { asOf: 580, horizon: 60 })
    if (!model) throw new Error('there is enough to learn')
    const { calm: low = 0, restless: high = 0 } = model.segments
    expect(high).toBeGreaterThan(low + 0.1)
    expect(stage.x.segments).toHaveLength(stage.members.length)
  })
})
