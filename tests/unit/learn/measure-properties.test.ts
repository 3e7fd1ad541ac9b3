import { describe, expect, it } from 'vitest'
import { judge } from '../../../src/scoring/learn/backtest/gate.ts'
import { compareAuc } from '../../../src/scoring/learn/compare/delong.ts'
import { pairedBootstrap } from '../../../src/scoring/learn/compare/paired-bootstrap.ts'
import { auc } from '../../../src/scoring/learn/metrics/auc.ts'
import { averagePrecision } from '../../../src/scoring/learn/metrics/average-precision.ts'
import { lift } from '../../../src/scoring/learn/metrics/lift.ts'
import { measure } from '../../../src/scoring/learn/metrics/measure.ts'
import { precisionPerGroup } from '../../../src/scoring/learn/metrics/precision-per-group.ts'
import { brier, ece, reliability } from '../../../src/scoring/learn/metrics/probability-errors.ts'
import { drift, driftBins, stabilityIndex } from '../../../src/scoring/learn/psi.ts'
import { fc } from '../../support/fast-check.ts'

/** What happened, and probabilities with many ties. */
const judged = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 12 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((rows) => ({
    y: Float64Array.from(rows, ([label]) => label),
    p: Float64Array.from(rows, ([, twelfth]) => twelfth / 12),
  }))

describe('measures of any probabilities', () => {
  it('stay within their bounds, and what does not exist is null, never NaN', () => {
    fc.assert(
      fc.property(judged, ({ y, p }) => {
        const all = measure(y, p)
        for (const value of Object.values(all)) expect(value === null || Number.isFinite(value)).toBe(true)
        for (const share of [all.auc, all.prAuc, all.prAucRetained, all.caughtTop10, all.brier, all.ece])
          if (share !== null) {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThanOrEqual(1 + 1e-12)
          }
        expect(all.logLoss).toBeGreaterThanOrEqual(0)
        expect(all.auc === null).toBe(all.positives === 0 || all.positives === all.rows)
      }),
    )
  })

  it('rank alike under any rising map, and turn over when the score does', () => {
    fc.assert(
      fc.property(judged, ({ y, p }) => {
        const bent = p.map((value) => Math.exp(3 * value) - 7)
        expect(auc(y, bent)?.value).toBe(auc(y, p)?.value)
        expect(averagePrecision(y, bent)).toBe(averagePrecision(y, p))
        expect(lift(y, bent)).toBe(lift(y, p))
        const turned = auc(
          y,
          p.map((value) => -value),
        )
        if (turned) expect(turned.value).toBeCloseTo(1 - (auc(y, p)?.value ?? 0), 12)
      }),
    )
  })

  it('are best for a score that knows, and a lift never passes its ceiling', () => {
    fc.assert(
      fc.property(judged, ({ y, p }) => {
        const positives = y.reduce((sum, value) => sum + value, 0)
        if (positives === 0) return
        const ceiling = y.length / positives
        expect(averagePrecision(y, y)).toBeCloseTo(1, 12)
        expect(lift(y, y)).toBeLessThanOrEqual(ceiling + 1e-9)
        expect(lift(y, p)).toBeLessThanOrEqual((lift(y, y) ?? 0) + 1e-9)
        expect(brier(y, y)).toBe(0)
        expect(ece(y, y)).toBe(0)
      }),
    )
  })

  it('do not depend on the order of rows', () => {
    fc.assert(
      fc.property(judged, ({ y, p }) => {
        const [forward, backward] = [measure(y, p), measure(y.slice().reverse(), p.slice().reverse())]
        expect(backward).toEqual(
          Object.fromEntries(
            Object.entries(forward).map(([name, value]) => [
              name,
              value === null ? null : expect.closeTo(value, 10),
            ]),
          ),
        )
      }),
    )
  })

  it('know that the reliability table holds everybody, and that ECE² ≤ Brier', () => {
    fc.assert(
      fc.property(judged, ({ y, p }) => {
        const bins = reliability(y, p)
        expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(y.length)
        expect(ece(y, p) ** 2).toBeLessThanOrEqual(brier(y, p) + 1e-12)
      }),
    )
  })

  it('one rep with all customers is judged like the top of the list; many reps stay within 0 and 1', () => {
    fc.assert(
      fc.property(judged, fc.integer({ min: 1, max: 8 }), ({ y, p }, reps) => {
        const many = precisionPerGroup(
          y,
          p,
          Uint8Array.from(y, (_, i) => i % reps),
        )
        expect(many).toBeGreaterThanOrEqual(0)
        expect(many).toBeLessThanOrEqual(1)
        const one = precisionPerGroup(y, p, new Uint8Array(y.length), y.length) ?? 0
        expect(one).toBeCloseTo(y.reduce((sum, value) => sum + value, 0) / y.length, 12)
      }),
    )
  })
})

describe('comparisons', () => {
  it('are antisymmetric, and nobody beats an equal', () => {
    fc.assert(
      fc.property(judged, fc.integer({ min: 1, max: 50 }), ({ y, p }, step) => {
        const other = p.map((_, i) => p[(i * step) % p.length] ?? 0)
        const [there, back] = [compareAuc(y, p, other), compareAuc(y, other, p)]
        expect(back?.difference ?? 0).toBeCloseTo(-(there?.difference ?? 0), 12)
        expect(back?.se ?? 0).toBeCloseTo(there?.se ?? 0, 12)
        expect(judge(y, p, p).passed).toBe(false)
        const { low, difference, high } = pairedBootstrap(p, other, { rounds: 60 })
        expect(low).toBeLessThanOrEqual(high)
        expect([low, difference, high].every(Number.isFinite)).toBe(true)
      }),
    )
  })
})

describe('drift of any values', () => {
  const values = fc
    .array(fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constant(Number.NaN)), { minLength: 1 })
    .map((list) => Float64Array.from(list))

  it('is none between the same values in any order, never negative, always finite, and symmetric', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const bins = driftBins(before)
        expect(bins.expected.reduce((sum, count) => sum + count, 0)).toBe(before.length)
        expect(drift(bins, before.slice().reverse()).psi).toBe(0)
        const { psi, noise } = drift(bins, after)
        expect(psi).toBeGreaterThanOrEqual(0)
        expect(Number.isFinite(psi) && Number.isFinite(noise)).toBe(true)
      }),
    )
    const counts = fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        expect(stabilityIndex(a, b)).toBeCloseTo(stabilityIndex(b, a), 10)
      }),
    )
  })
})
