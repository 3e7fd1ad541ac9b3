import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/model/seeded-random.ts'
import { Calibrator, calibrate } from '../../../src/scoring/learn/calibrate/calibrator.ts'
import { fitCalibrator } from '../../../src/scoring/learn/calibrate/fit-calibrator.ts'
import { fitIsotonic } from '../../../src/scoring/learn/calibrate/isotonic.ts'
import { levelShift } from '../../../src/scoring/learn/calibrate/match-level.ts'
import { fitPlatt } from '../../../src/scoring/learn/calibrate/platt.ts'
import { sigmoid } from '../../../src/scoring/learn/logit.ts'
import { ece } from '../../../src/scoring/learn/metrics/probability-errors.ts'
import { fc } from '../../support/fast-check.ts'

/** Logits and labels where the true log-odds is slope·logit + intercept. */
function bent(rows: number, slope: number, intercept: number): { logits: Float64Array; y: Float64Array } {
  const random = seededRandom(rows)
  const logits = Float64Array.from({ length: rows }, () => 6 * random() - 3)
  return { logits, y: logits.map((value) => (random() < sigmoid(slope * value + intercept) ? 1 : 0)) }
}

describe('calibration', () => {
  it("finds the bend that made the labels (Platt's curve)", async () => {
    const { logits, y } = bent(20_000, 0.5, -1)
    const platt = await fitPlatt(logits, y)
    expect(platt.slope).toBeCloseTo(0.5, 1)
    expect(platt.intercept).toBeCloseTo(-1, 1)
  })

  it('mends overconfident probabilities on labels it has not seen, by steps as well', async () => {
    const [train, test] = [bent(8000, 0.4, 0.5), bent(8001, 0.4, 0.5)]
    const before = ece(test.y, test.logits.map(sigmoid))
    for (const fitted of [await fitPlatt(train.logits, train.y), fitIsotonic(train.logits, train.y)]) {
      const after = ece(
        test.y,
        test.logits.map((value) => calibrate(fitted, value)),
      )
      expect(after).toBeLessThan(before / 3)
    }
  })

  it('pools what does not rise: 1 0 | 0 1 1 → ⅓, 1', () => {
    const fitted = fitIsotonic(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(1, 0, 0, 1, 1))
    expect(fitted.at).toEqual([2, 4.5])
    expect(fitted.p).toEqual([1 / 3, 1 - 1e-4])
  })

  it('pools tied scores first', () => {
    const fitted = fitIsotonic(Float64Array.of(1, 1, 2), Float64Array.of(1, 0, 1))
    expect(fitted.at).toEqual([1, 2])
    expect(fitted.p).toEqual([0.5, 1 - 1e-4])
  })

  it('is chosen by the size of the sample', async () => {
    const kind = async (rows: number): Promise<string> => {
      const { logits, y } = bent(rows, 1, 0)
      return (await fitCalibrator(logits, y)).kind
    }
    expect(await kind(30)).toBe('none')
    expect(await kind(500)).toBe('platt')
    expect(await kind(3000)).toBe('isotonic')
  })

  it('never turns the order of two customers, never reaches certainty, and survives being stored', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -30, max: 30, noNaN: true }), fc.integer({ min: 0, max: 1 })), {
          minLength: 1,
        }),
        fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 2 }),
        (rows, asked) => {
          const fitted = fitIsotonic(
            Float64Array.from(rows, (row) => row[0]),
            Float64Array.from(rows, (row) => row[1]),
          )
          const stored = Calibrator.parse(JSON.parse(JSON.stringify(fitted)))
          const p = [...asked].sort((a, b) => a - b).map((value) => calibrate(stored, value))
          p.forEach((value, i) => {
            expect(value).toBeGreaterThanOrEqual(Math.max(1e-4, (p[i - 1] ?? 0) - 1e-12))
            expect(value).toBeLessThanOrEqual(1 - 1e-4)
          })
        },
      ),
    )
  })

  it('shifts all log-odds so that their mean is a given rate', () => {
    const logits = Float64Array.of(-2, 0, 1, 3)
    const shift = levelShift(logits, 0.4)
    const mean = logits.reduce((sum, value) => sum + sigmoid(value + shift), 0) / 4
    expect(mean).toBeCloseTo(0.4, 12)
    expect(levelShift(logits, 0)).toBe(0)
  })
})
