import type { Column, Monotone } from '../matrix.ts'

/** The columns of a training set cut into at most `maxBins` quantile bins, with a bin of its own for missing values. */
export interface Binned {
  readonly rows: number
  readonly features: readonly BinnedFeature[]
  /** All bins of all features, missing ones included. */
  readonly totalBins: number
}

export interface BinnedFeature {
  readonly name: string
  readonly monotone: Monotone
  /** Rising cut values: bin k holds values in (cuts[k−1], cuts[k]]. Bin cuts.length holds what is above all. */
  readonly cuts: Float64Array
  /** Number of the bin of missing values. */
  readonly missingBin: number
  /** Where this feature's bins begin in a histogram. */
  readonly offset: number
  /** Bin of each row. */
  readonly bins: Uint8Array
}

/** Cuts every column; `maxBins` is at most 254 so that a bin number fits one byte. */
export function binColumns(columns: readonly Column[], maxBins: number): Binned {
  let offset = 0
  const features = columns.map((column) => {
    const cuts = cutsOf(column.values, maxBins)
    const missingBin = cuts.length + 1
    const feature: BinnedFeature = {
      name: column.name,
      monotone: column.monotone,
      cuts,
      missingBin,
      offset,
      bins: Uint8Array.from(column.values, (value) =>
        Number.isNaN(value) ? missingBin : binOf(cuts, value),
      ),
    }
    offset += missingBin + 1
    return feature
  })
  return { rows: columns[0]?.values.length ?? 0, features, totalBins: offset }
}

/** Halfway points between neighbouring distinct values; quantiles of them when there are too many. */
function cutsOf(values: Float64Array, maxBins: number): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value)).sort()
  const cuts: number[] = []
  const few = countDistinct(known) <= maxBins
  let nextRank = known.length / maxBins
  for (let i = 1; i < known.length; i++) {
    const [below, above] = [known[i - 1] ?? 0, known[i] ?? 0]
    if (below === above || (!few && i < nextRank)) continue
    cuts.push(below + (above - below) / 2)
    while (nextRank <= i) nextRank += known.length / maxBins
  }
  return Float64Array.from(cuts)
}

function countDistinct(sorted: Float64Array): number {
  let distinct = sorted.length === 0 ? 0 : 1
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) distinct++
  return distinct
}

/** Number of cuts below the value. */
function binOf(cuts: Float64Array, value: number): number {
  let [low, high] = [0, cuts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= (cuts[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}
