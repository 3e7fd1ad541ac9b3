import { z } from 'zod'

/** Bins of a score or a feature, frozen when a model is trained. Plain JSON. */
export const DriftBins = z.object({
  /** Rising inner edges; a value equal to an edge belongs to the bin below it. */
  edges: z.array(z.number()),
  /** Rows per bin at training; the last bin holds the missing values. */
  expected: z.array(z.number()),
})
export type DriftBins = z.infer<typeof DriftBins>

/** How far a distribution moved from the one seen in training. */
export interface Drift {
  readonly psi: number
  /** What chance alone gives with so many rows. */
  readonly noise: number
  readonly level: 'stable' | 'watch' | 'act'
}

/** Quantile bins of training values (ten by default) and a bin for missing ones. */
export function driftBins(values: Float64Array, bins = 10): DriftBins {
  const known = values.filter((value) => !Number.isNaN(value)).sort()
  const edges = new Set<number>()
  for (let k = 1; k < bins && known.length > 0; k++)
    edges.add(known[Math.min(known.length - 1, Math.ceil((k / bins) * known.length) - 1)] ?? 0)
  const inner = [...edges].filter((edge) => edge < (known.at(-1) ?? 0))
  return { edges: inner, expected: counts(inner, values) }
}

/** Population stability of `values` against the frozen bins. */
export function drift(bins: DriftBins, values: Float64Array): Drift {
  const counter = driftCounter(bins)
  for (const value of values) counter.add(value)
  return counter.result()
}

/** The same for values that come one at a time: memory holds the bins only. */
export function driftCounter(bins: DriftBins): { add(value: number): void; result(): Drift } {
  const actual = new Array<number>(bins.edges.length + 2).fill(0)
  return {
    add(value) {
      const bin = binOf(bins.edges, value)
      actual[bin] = (actual[bin] ?? 0) + 1
    },
    result: () => judged(bins.expected, actual),
  }
}

function judged(expected: readonly number[], actual: readonly number[]): Drift {
  const [before, now] = [expected, actual].map((rows) => rows.reduce((sum, count) => sum + count, 0))
  const noise = (expected.length - 1) * (1 / Math.max(before ?? 0, 1) + 1 / Math.max(now ?? 0, 1))
  const psi = stabilityIndex(expected, actual)
  const level =
    psi <= Math.max(0.1, 3 * noise) ? 'stable' : psi <= Math.max(0.25, 3 * noise) ? 'watch' : 'act'
  return { psi, noise, level }
}

/** Σ (a − e)·ln(a/e) over shares; half a row is put into bins that are empty on one side only. */
export function stabilityIndex(expected: readonly number[], actual: readonly number[]): number {
  const pairs = expected
    .map((count, bin) => [count, actual[bin] ?? 0] as const)
    .filter(([before, after]) => before > 0 || after > 0)
    .map(([before, after]) => [before || 0.5, after || 0.5] as const)
  const total = pairs.reduce(([e, a], [before, after]) => [e + before, a + after], [0, 0])
  return pairs.reduce((sum, [before, after]) => {
    const [e, a] = [before / (total[0] ?? 1), after / (total[1] ?? 1)]
    return sum + (a - e) * Math.log(a / e)
  }, 0)
}

function counts(edges: readonly number[], values: Float64Array): number[] {
  const rows = new Array<number>(edges.length + 2).fill(0)
  for (const value of values) {
    const bin = binOf(edges, value)
    rows[bin] = (rows[bin] ?? 0) + 1
  }
  return rows
}

function binOf(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return edges.length + 1
  let bin = 0
  while (bin < edges.length && value > (edges[bin] ?? 0)) bin++
  return bin
}
