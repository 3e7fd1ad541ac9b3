import type { Binned, BinnedFeature } from './bin-columns.ts'

/** Per bin: sum of gradients, sum of curvatures, rows. Three numbers a bin, side by side. */
export type Histogram = Float64Array

/** First and second derivative of the loss at every row. */
export interface Derivatives {
  readonly gradient: Float64Array
  readonly curvature: Float64Array
}

/** Adds up the derivatives of the given rows in every bin of every feature. */
export function histogramOf(binned: Binned, at: Derivatives, rows: Uint32Array): Histogram {
  const out = new Float64Array(binned.totalBins * 3)
  const count = rows.length
  const gradient = new Float64Array(count)
  const curvature = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const row = rows[i] ?? 0
    gradient[i] = at.gradient[row] ?? 0
    curvature[i] = at.curvature[row] ?? 0
  }
  const { features } = binned
  for (let j = 0; j < features.length; j += 2) {
    const [one, other] = [features[j], features[j + 1]]
    if (one && other) addPair(out, one, other, rows, gradient, curvature)
    else if (one) addOne(out, one, rows, gradient, curvature)
  }
  return out
}

/** Two features in one pass over the rows: a quarter faster than one at a time. */
function addPair(
  out: Histogram,
  one: BinnedFeature,
  other: BinnedFeature,
  rows: Uint32Array,
  gradient: Float64Array,
  curvature: Float64Array,
): void {
  const [bins, offset] = [one.bins, one.offset]
  const [otherBins, otherOffset] = [other.bins, other.offset]
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0
    const g = gradient[i] ?? 0
    const h = curvature[i] ?? 0
    const place = (offset + (bins[row] ?? 0)) * 3
    out[place] = (out[place] ?? 0) + g
    out[place + 1] = (out[place + 1] ?? 0) + h
    out[place + 2] = (out[place + 2] ?? 0) + 1
    const otherPlace = (otherOffset + (otherBins[row] ?? 0)) * 3
    out[otherPlace] = (out[otherPlace] ?? 0) + g
    out[otherPlace + 1] = (out[otherPlace + 1] ?? 0) + h
    out[otherPlace + 2] = (out[otherPlace + 2] ?? 0) + 1
  }
}

function addOne(
  out: Histogram,
  { bins, offset }: BinnedFeature,
  rows: Uint32Array,
  gradient: Float64Array,
  curvature: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const place = (offset + (bins[rows[i] ?? 0] ?? 0)) * 3
    out[place] = (out[place] ?? 0) + (gradient[i] ?? 0)
    out[place + 1] = (out[place + 1] ?? 0) + (curvature[i] ?? 0)
    out[place + 2] = (out[place + 2] ?? 0) + 1
  }
}

/** The sibling's histogram: what the parent has and the other child has not. */
export function siblingOf(parent: Histogram, child: Histogram): Histogram {
  const out = new Float64Array(parent.length)
  for (let i = 0; i < out.length; i++) out[i] = (parent[i] ?? 0) - (child[i] ?? 0)
  return out
}
