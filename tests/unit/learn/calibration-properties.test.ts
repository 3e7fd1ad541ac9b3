import { describe, expect, it } from 'vitest'
import { Calibrator, calibrate } from '../../../src/scoring/learn/calibrate/calibrator.ts'
import { fitCalibrator } from '../../../src/scoring/learn/calibrate/fit-calibrator.ts'
import { fitIsotonic } from '../../../src/scoring/learn/calibrate/isotonic.ts'
import { levelShift } from '../../../src/scoring/learn/calibrate/match-level.ts'
import { fitPlatt } from '../../../src/scoring/learn/calibrate/platt.ts'
import { logit, sigmoid, softplus } from '../../../src/scoring/learn/logit.ts'
import { fc } from '../../support/fast-check.ts'

const score = fc.double({ min: -12, max: 12, noNaN: true })
const labelled = fc
  .array(fc.tuple(score, fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 120 })
  .map((rows) => ({
    scores: Float64Array.from(rows, ([value]) => value),
    y: Float64Array.from(rows, ([, label]) => label),
  }))
const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true })

describe('calibration of anything', () => {
  it('gives finite probabilities off certainty, also from labels of one class and equal scores', async () => {
    await fc.assert(
      fc.asyncProperty(labelled, fc.array(score, { minLength: 1 }), async ({ scores, y }, asked) => {
        for (const fitted of [
          await fitPlatt(scores, y),
          fitIsotonic(scores, y),
          await fitCalibrator(scores, y),
        ])
          for (const value of asked) {
            const p = calibrate(fitted, value)
            expect(p).toBeGreaterThanOrEqual(1e-4)
            expect(p).toBeLessThanOrEqual(1 - 1e-4)
          }
      }),
      { numRuns: 60 },
    )
  })

  it('keeps the mean of what it was fitted on, in every step and (nearly) along the curve', async () => {
    await fc.assert(
      fc.asyncProperty(labelled, async ({ scores: drawn, y }) => {
        // Scores that differ by less than any model's would are one: no curve can be laid between them.
        const scores = drawn.map((value) => Math.round(value * 1e6) / 1e6)
        const mean = (values: Float64Array): number =>
          values.reduce((sum, value) => sum + value, 0) / values.length
        const platt = await fitPlatt(scores, y)
        const positives = y.reduce((sum, value) => sum + value, 0)
        const [high, low] = [(positives + 1) / (positives + 2), 1 / (y.length - positives + 2)]
        const target = mean(y.map((value) => (value === 1 ? high : low)))
        expect(mean(scores.map((value) => calibrate(platt, value)))).toBeCloseTo(target, 2)
        const steps = fitIsotonic(scores, y)
        steps.p.forEach((p, i) => {
          expect(p).toBeGreaterThan((steps.p[i - 1] ?? 0) - 1e-12)
          expect(steps.at[i]).toBeGreaterThan(steps.at[i - 1] ?? Number.NEGATIVE_INFINITY)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('does not depend on the order of rows', async () => {
    await fc.assert(
      fc.asyncProperty(labelled, score, async ({ scores, y }, drawn) => {
        // Far from all scores a curve through scores that are all but equal may say anything.
        const asked = Math.min(Math.max(drawn, Math.min(...scores)), Math.max(...scores))
        const [back, labels] = [scores.slice().reverse(), y.slice().reverse()]
        expect(calibrate(fitIsotonic(back, labels), asked)).toBeCloseTo(
          calibrate(fitIsotonic(scores, y), asked),
          9,
        )
        expect(calibrate(await fitPlatt(back, labels), asked)).toBeCloseTo(
          calibrate(await fitPlatt(scores, y), asked),
          6,
        )
      }),
      { numRuns: 60 },
    )
  })

  it('the level of a season adds to the log-odds, keeps the order and survives being stored', () => {
    fc.assert(
      fc.property(score, score, fc.double({ min: -2, max: 2, noNaN: true }), (one, two, shift) => {
        const season = Calibrator.parse(JSON.parse(JSON.stringify({ kind: 'none', shift })))
        const [a, b] = [one, two].map((value) => calibrate(season, value))
        expect(((a ?? 0) - (b ?? 0)) * (one - two)).toBeGreaterThanOrEqual(0)
        if (Math.abs(one) < 5) expect(logit(a ?? 0)).toBeCloseTo(one + shift, 9)
      }),
    )
  })

  it('finds the shift that gives a mean rate: higher for a higher rate, the same for moved log-odds', () => {
    const logits = fc.array(score, { minLength: 1 }).map((list) => Float64Array.from(list))
    fc.assert(
      fc.property(logits, probability, probability, score, (values, one, two, by) => {
        const [a, b] = [levelShift(values, one), levelShift(values, two)]
        expect((a - b) * (one - two)).toBeGreaterThanOrEqual(-1e-9)
        const mean = values.reduce((sum, value) => sum + sigmoid(value + a), 0) / values.length
        expect(mean).toBeCloseTo(one, 9)
        expect(
          levelShift(
            values.map((value) => value + by),
            one,
          ),
        ).toBeCloseTo(a - by, 6)
      }),
    )
  })
})

describe('log-odds', () => {
  it('are inverse to the curve, odd, and never overflow', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), probability, (x, p) => {
        expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 15)
        expect(sigmoid(logit(p))).toBeCloseTo(p, 12)
        expect(softplus(x)).toBeGreaterThanOrEqual(Math.max(0, x))
        expect([sigmoid(x), logit(sigmoid(x)), softplus(x)].every(Number.isFinite)).toBe(true)
      }),
    )
  })
})
