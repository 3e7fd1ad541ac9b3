import { describe, expect, it } from 'vitest'
import { fitLogistic } from '../../../src/scoring/learn/logistic/fit-logistic.ts'
import { LogisticModel } from '../../../src/scoring/learn/logistic/logistic-model.ts'
import { logisticLogits } from '../../../src/scoring/learn/logistic/predict-logistic.ts'
import type { Labelled } from '../../../src/scoring/learn/matrix.ts'
import { explainPart } from '../../support/explain-matrix.ts'
import { fc } from '../../support/fast-check.ts'
import { matrix } from '../../support/matrix.ts'

/** Weight in 1000 lb and gear box (1 = manual) of 32 cars, Motor Trend 1974. */
const WEIGHT = [
  2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345,
  2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
]
const MANUAL = [
  1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1,
]

const cars: Labelled = { x: matrix({ weight: WEIGHT }), y: Float64Array.from(MANUAL) }

describe('logistic regression', () => {
  it('finds the textbook coefficients without a penalty', async () => {
    const model = await fitLogistic(cars, { lambda: 0, standardise: false })
    expect(model.intercept).toBeCloseTo(12.0403697, 6)
    expect(model.terms[0]?.value.weight).toBeCloseTo(-4.02397, 6)
    expect(model.logLikelihood).toBeCloseTo(-9.5880424, 6)
    // Standard errors as R prints them.
    expect(model.interceptSe).toBeCloseTo(4.51, 2)
    expect(model.terms[0]?.value.se).toBeCloseTo(1.436, 2)
  })

  it('scores the same whether or not columns were standardised', async () => {
    const plain = await fitLogistic(cars, { lambda: 0, standardise: false })
    const scaled = await fitLogistic(cars, { lambda: 0 })
    const [a, b] = [logisticLogits(plain, cars.x), logisticLogits(scaled, cars.x)]
    for (const [row, value] of a.entries()) expect(b[row]).toBeCloseTo(value, 6)
  })

  it('stays finite where the classes are separated', async () => {
    const apart = { x: matrix({ v: [1, 2, 3, 4] }), y: Float64Array.of(0, 0, 1, 1) }
    const model = await fitLogistic(apart)
    expect(logisticLogits(model, apart.x).every(Number.isFinite)).toBe(true)
    expect(model.terms[0]?.value.weight).toBeGreaterThan(0)
  })

  it('gives a missing value a meaning of its own', async () => {
    const rows = 200
    const value = Array.from({ length: rows }, (_, i) => (i % 4 === 0 ? Number.NaN : i % 7))
    const y = Float64Array.from({ length: rows }, (_, i) => (i % 4 === 0 ? 1 : i % 3 === 0 ? 1 : 0))
    const x = matrix({ value })
    const logits = logisticLogits(await fitLogistic({ x, y }), x)
    expect(logits[0]).toBeGreaterThan(1)
    expect(logits[1]).toBeLessThan(logits[0] ?? 0)
  })

  it('drops columns that say nothing', async () => {
    const x = matrix({ weight: WEIGHT, same: WEIGHT.map(() => 3), none: WEIGHT.map(() => Number.NaN) })
    const model = await fitLogistic({ x, y: cars.y })
    expect(model.dropped).toEqual(['same', 'none'])
    expect(model.terms.map((term) => term.name)).toEqual(['weight'])
  })

  it('stops when it is told to', async () => {
    await expect(fitLogistic(cars, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    )
  })

  it('has contributions that add up, and survives being stored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.double({ min: -1000, max: 1000, noNaN: true }),
            fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: Number.NaN }),
            fc.integer({ min: 0, max: 1 }),
          ),
          { minLength: 5, maxLength: 40 },
        ),
        async (rows) => {
          const x = matrix(
            { a: rows.map((row) => row[0]), b: rows.map((row) => row[1]) },
            { b: { log1p: true, monotone: 0 } },
          )
          const model = await fitLogistic({ x, y: Float64Array.from(rows, (row) => row[2]) })
          const stored = LogisticModel.parse(JSON.parse(JSON.stringify(model)))
          const logits = logisticLogits(stored, x)
          expect(logits).toEqual(logisticLogits(model, x))
          for (let row = 0; row < rows.length; row++) {
            const { base, contributions } = explainPart(stored, x, row)
            const sum = contributions.reduce((total, one) => total + one.points, base)
            expect(Math.abs(sum - (logits[row] ?? 0))).toBeLessThan(1e-9)
          }
        },
      ),
      { numRuns: 50 },
    )
  })
})
