import { describe, expect, it } from 'vitest'
import { randomFor } from '../../src/sync/demo/random.ts'

function draws(count: number, draw: () => number): number[] {
  return Array.from({ length: count }, draw)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function variance(values: readonly number[]): number {
  const centre = mean(values)
  return mean(values.map((value) => (value - centre) ** 2))
}

describe('demo random', () => {
  it('gives the same stream for the same seed and name, another for another', () => {
    const stream = (seed: number, name: string) => draws(20, randomFor(seed, name).next)
    expect(stream(1, 'a')).toEqual(stream(1, 'a'))
    expect(stream(1, 'a')).not.toEqual(stream(1, 'b'))
    expect(stream(1, 'a')).not.toEqual(stream(2, 'a'))
  })

  it('is uniform enough for a story: ten bins of 100,000 draws', () => {
    const bins = new Array<number>(10).fill(0)
    const { next } = randomFor(7, 'bins')
    for (let i = 0; i < 100_000; i++) {
      const bin = Math.floor(next() * 10)
      bins[bin] = (bins[bin] ?? 0) + 1
    }
    // Chi-square with 9 degrees of freedom: 99.9 % quantile 27.9.
    expect(bins.reduce((sum, seen) => sum + (seen - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9)
  })

  it.each([
    [0.5, 4],
    [1.6, 20],
    [9, 30],
  ])('gamma of shape %d and mean %d has that mean and variance mean²/shape', (shape, expected) => {
    const random = randomFor(3, `gamma/${shape}`)
    const values = draws(40_000, () => random.gamma(shape, expected))
    expect(mean(values) / expected).toBeCloseTo(1, 1)
    expect(variance(values) / (expected ** 2 / shape)).toBeGreaterThan(0.92)
    expect(variance(values) / (expected ** 2 / shape)).toBeLessThan(1.08)
  })

  it('int and pick stay inside their bounds and reach both ends', () => {
    const random = randomFor(5, 'bounds')
    const values = new Set(draws(1_000, () => random.int(3, 6)))
    expect([...values].sort()).toEqual([3, 4, 5, 6])
    expect(() => random.pick([])).toThrow(RangeError)
  })
})
