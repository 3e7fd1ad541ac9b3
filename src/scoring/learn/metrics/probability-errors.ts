/** Mean squared error of a probability. */
export function brier(y: Float64Array, p: Float64Array): number {
  let sum = 0
  for (let i = 0; i < y.length; i++) sum += ((p[i] ?? 0) - (y[i] ?? 0)) ** 2
  return sum / y.length
}

/** Mean negative log-likelihood; probabilities are clipped to [1e-6, 1 − 1e-6]. */
export function logLoss(y: Float64Array, p: Float64Array): number {
  let sum = 0
  for (let i = 0; i < y.length; i++) {
    const q = Math.min(Math.max(p[i] ?? 0, 1e-6), 1 - 1e-6)
    sum -= (y[i] ?? 0) * Math.log(q) + (1 - (y[i] ?? 0)) * Math.log(1 - q)
  }
  return sum / y.length
}

/** One bin of a reliability table. */
export interface ReliabilityBin {
  readonly rows: number
  readonly predicted: number
  readonly observed: number
}

/** Predicted against observed rate in equal-width bins of the probability; p = 1 falls into the last. */
export function reliability(y: Float64Array, p: Float64Array, bins = 10): ReliabilityBin[] {
  const rows = new Float64Array(bins)
  const predicted = new Float64Array(bins)
  const observed = new Float64Array(bins)
  for (let i = 0; i < y.length; i++) {
    const bin = Math.min(Math.max(Math.floor((p[i] ?? 0) * bins), 0), bins - 1)
    rows[bin] = (rows[bin] ?? 0) + 1
    predicted[bin] = (predicted[bin] ?? 0) + (p[i] ?? 0)
    observed[bin] = (observed[bin] ?? 0) + (y[i] ?? 0)
  }
  return Array.from(rows, (count, bin) => ({
    rows: count,
    predicted: count === 0 ? 0 : (predicted[bin] ?? 0) / count,
    observed: count === 0 ? 0 : (observed[bin] ?? 0) / count,
  }))
}

/** Expected calibration error: the mean gap of the reliability table, weighted by rows. */
export function ece(y: Float64Array, p: Float64Array, bins = 10): number {
  return reliability(y, p, bins).reduce(
    (sum, bin) => sum + (bin.rows / y.length) * Math.abs(bin.predicted - bin.observed),
    0,
  )
}
