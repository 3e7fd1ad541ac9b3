import { type FitNote, type FitResult, MIN_REPEATERS, noFit, rescaled } from './fit.ts'
import { type GammaGammaParams, gammaGammaLikelihood } from './gamma-gamma.ts'
import { maximiseLikelihood } from './maximise-likelihood.ts'
import { correlation, type SpendRows } from './spend-rows.ts'

/** Above this correlation of frequency and amount the two must not be multiplied. */
const DEPENDENT = 0.3

/** Relative spread of the mean amounts below which there is nothing to learn about spend. */
const EQUAL = 1e-6

/** Fits the gamma-gamma spend model. `minCustomers` repeaters with amounts are needed. */
export function fitGammaGamma(rows: SpendRows, minCustomers = MIN_REPEATERS): FitResult<GammaGammaParams> {
  const n = rows.x.length
  if (n === 0) return noFit('no-amounts', n, n)
  if (n < minCustomers) return noFit('few-amounts', n, n)
  const mean = rows.mean.reduce((sum, amount) => sum + amount, 0) / n
  if (rows.mean.every((amount) => Math.abs(amount / mean - 1) < EQUAL)) return noFit('equal-amounts', n, n)
  // Amounts are scaled to mean 1 while fitting: the result does not depend on the currency's unit.
  const scaled = { x: rows.x, mean: rows.mean.map((amount) => amount / mean) }
  const maximum = maximiseLikelihood(gammaGammaLikelihood(scaled), [2, 3, 1], n)
  if (!maximum.converged) return noFit('not-converged', n, n)
  const { params, standardErrors } = rescaled(maximum, [1, 1, mean])
  const [p = 0, q = 0, gamma = 0] = params
  const [pError = null, qError = null, gammaError = null] = standardErrors
  const notes: FitNote[] = []
  if (maximum.atBound.some((bound) => bound !== null)) notes.push('at-bound')
  if (q <= 1) notes.push('no-mean-amount')
  if (Math.abs(correlation(rows)) > DEPENDENT) notes.push('amount-depends-on-frequency')
  return {
    kind: 'fit',
    params: { p, q, gamma },
    standardErrors: { p: pError, q: qError, gamma: gammaError },
    logLikelihood: maximum.logLikelihood - n * Math.log(mean),
    customers: n,
    repeaters: n,
    iterations: maximum.iterations,
    notes,
  }
}
