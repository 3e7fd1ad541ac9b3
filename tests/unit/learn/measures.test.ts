import { describe, expect, it } from 'vitest'
import { compareAuc } from '../../../src/scoring/learn/compare/delong.ts'
import { pairedBootstrap } from '../../../src/scoring/learn/compare/paired-bootstrap.ts'
import { auc, hanleyMcNeil } from '../../../src/scoring/learn/metrics/auc.ts'
import { averagePrecision } from '../../../src/scoring/learn/metrics/average-precision.ts'
import { lift } from '../../../src/scoring/learn/metrics/lift.ts'
import { measure } from '../../../src/scoring/learn/metrics/measure.ts'
import { precisionPerGroup } from '../../../src/scoring/learn/metrics/precision-per-group.ts'
import { brier, ece, logLoss } from '../../../src/scoring/learn/metrics/probability-errors.ts'
import { drift, driftBins, stabilityIndex } from '../../../src/scoring/learn/psi.ts'
import { fc } from '../../support/fast-check.ts'

const y = Float64Array.of(0, 0, 1, 1, 0, 1, 0, 1)
const s = Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.4, 0.9, 0.2, 0.4)

describe('measures of probabilities', () => {
  it('agree with the worked example', () => {
    expect(auc(y, s)?.value).toBeCloseTo(0.8125, 12)
    expect(averagePrecision(y, s)).toBeCloseTo(0.81666667, 8)
    expect(lift(y, s, 0.25)).toBeCloseTo(2, 12)
    expect(brier(y, s)).toBeCloseTo(0.1503125, 12)
    expect(logLoss(y, s)).toBeCloseTo(0.45559653, 8)
    expect(ece(y, s)).toBeCloseTo(0.18125, 12)
  })

  it('take the tied block at the edge of the top tenth at its mean rate', () => {
    const labels = Float64Array.of(1, 0, 1, 0, 0, 0, 0, 0, 0, 0)
    expect(lift(labels, new Float64Array(10).fill(0.5))).toBeCloseTo(1, 12)
    // 30 rows: a tenth is 3 places, not 4
    const many = Float64Array.from({ length: 30 }, (_, i) => (i < 3 ? 1 : 0))
    expect(lift(many, many)).toBeCloseTo(10, 12)
  })

  it('say nothing where only one class occurred', () => {
    const none = measure(new Float64Array(4), Float64Array.of(0.1, 0.2, 0.3, 0.4))
    expect([none.auc, none.prAuc, none.liftTop10, none.caughtTop10]).toEqual([null, null, null, null])
    expect(none.brier).toBeCloseTo(0.075, 12)
  })

  it('count p = 1 in the last bin', () => {
    expect(ece(Float64Array.of(1, 1), Float64Array.of(1, 1))).toBe(0)
  })

  it('judge each rep on the top of the own list', () => {
    const labels = Float64Array.of(1, 0, 0, 1)
    const scores = Float64Array.of(0.9, 0.8, 0.7, 0.1)
    expect(precisionPerGroup(labels, scores, [0, 0, 1, 1], 1)).toBe(0.5)
    expect(precisionPerGroup(labels, scores, [0, 0, 1, 1], 5)).toBe(0.5)
    expect(precisionPerGroup(new Float64Array(0), new Float64Array(0), [], 5)).toBeNull()
  })

  it('do not depend on the order of rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 20 })), { minLength: 2 }),
        (pairs) => {
          const of = (rows: [number, number][]) =>
            measure(
              Float64Array.from(rows, (row) => row[0]),
              Float64Array.from(rows, (row) => row[1] / 20),
            )
          const [forward, backward] = [of(pairs), of([...pairs].reverse())]
          expect(backward.auc).toEqual(forward.auc)
          expect(backward.liftTop10 ?? 0).toBeCloseTo(forward.liftTop10 ?? 0, 12)
          expect(backward.prAuc ?? 0).toBeCloseTo(forward.prAuc ?? 0, 12)
          if (forward.auc !== null) expect(forward.auc).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})

describe('comparing two scorers', () => {
  const random = (seed: number) => Math.abs(Math.sin(seed * 12.9898) * 43758.5453) % 1
  const labels = Float64Array.from({ length: 400 }, (_, i) => (random(i) < 0.4 ? 1 : 0))
  const good = labels.map((value, i) => value + 2 * random(i + 1000))
  const poor = labels.map((value, i) => 0.2 * value + 2 * random(i + 5000))

  it('finds the difference of the AUCs and no error in comparing a scorer with itself', () => {
    const compared = compareAuc(labels, good, poor)
    expect(compared?.difference).toBeCloseTo(
      (auc(labels, good)?.value ?? 0) - (auc(labels, poor)?.value ?? 0),
      12,
    )
    expect(compareAuc(labels, good, good)).toEqual({ difference: 0, se: 0 })
  })

  it('gives an error near that of two independent scorers when they share nothing', () => {
    const [a, b] = [auc(labels, good), auc(labels, poor)]
    const independent = Math.hypot(a?.se ?? 0, b?.se ?? 0)
    const se = compareAuc(labels, good, poor)?.se ?? 0
    expect(se / independent).toBeGreaterThan(0.7)
    expect(se / independent).toBeLessThan(1.3)
  })

  it('has the standard error of Hanley and McNeil', () => {
    // A = 0.8, 50 and 50: Q1 = 2/3, Q2 = 1.28/1.8
    expect(hanleyMcNeil(0.8, 50, 50)).toBeCloseTo(
      Math.sqrt((0.16 + 49 * (2 / 3 - 0.64) + 49 * (1.28 / 1.8 - 0.64)) / 2500),
      12,
    )
  })

  it('bootstraps the same interval from the same seed', () => {
    const interval = pairedBootstrap(good, poor, { seed: 7, rounds: 200 })
    expect(pairedBootstrap(good, poor, { seed: 7, rounds: 200 })).toEqual(interval)
    expect(interval.low).toBeLessThan(interval.difference)
    expect(interval.high).toBeGreaterThan(interval.difference)
    expect(pairedBootstrap(good, poor, { seed: 8, rounds: 200 })).not.toEqual(interval)
  })
})

describe('drift', () => {
  it('agrees with the worked example', () => {
    const before = new Array<number>(10).fill(0.1)
    const after = [0.05, 0.08, 0.1, 0.1, 0.1, 0.1, 0.1, 0.12, 0.12, 0.13]
    expect(stabilityIndex(before, after)).toBeCloseTo(0.05428402, 8)
  })

  it('calls the same data stable and moved data a reason to act', () => {
    const values = Float64Array.from({ length: 2000 }, (_, i) => i)
    const bins = driftBins(values)
    expect(bins.expected).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 0])
    expect(drift(bins, values)).toMatchObject({ psi: 0, level: 'stable' })
    expect(
      drift(
        bins,
        values.map((value) => value + 1000),
      ).level,
    ).toBe('act')
    expect(
      drift(
        bins,
        values.map(() => Number.NaN),
      ).level,
    ).toBe('act')
  })

  it('stays calm about a handful of customers', () => {
    const bins = driftBins(Float64Array.from({ length: 2000 }, (_, i) => i))
    expect(drift(bins, Float64Array.of(10, 500, 900, 1300, 1700)).level).toBe('stable')
  })
})
