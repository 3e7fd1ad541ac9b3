import { digamma } from '../numeric/digamma.ts'
import { lnGamma } from '../numeric/ln-gamma.ts'
import type { LogLikelihood } from './maximise-likelihood.ts'
import type { SpendRows } from './spend-rows.ts'

/** Amounts per purchase: Gamma(p, ν) within a customer, ν ~ Gamma(q, γ) between customers. */
export type GammaGammaParams = Readonly<{
  p: number
  q: number
  gamma: number
}>

/** The log-likelihood for (p, q, γ) of mean amounts m over x repeat purchases (Fader & Hardie 2013). */
export function gammaGammaLikelihood(rows: SpendRows): LogLikelihood {
  const logs = rows.mean.map(Math.log)
  return (params, gradient) => {
    const [p = 0, q = 0, gamma = 0] = params
    const n = rows.x.length
    const [lnGammaQ, psiQ, lnScale] = [lnGamma(q), digamma(q), Math.log(gamma)]
    let [value, byP, byQ, byGamma] = [0, 0, 0, 0]
    let x = 0
    let [fixed, psiPX, psiPXQ, lnX] = [0, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      if (rows.x[i] !== x) {
        x = rows.x[i] ?? 0
        lnX = Math.log(x)
        fixed = lnGamma(p * x + q) - lnGamma(p * x) + p * x * lnX
        psiPX = digamma(p * x)
        psiPXQ = digamma(p * x + q)
      }
      const lnM = logs[i] ?? 0
      const sum = gamma + x * (rows.mean[i] ?? 0)
      const lnSum = Math.log(sum)
      value += fixed + (p * x - 1) * lnM - (p * x + q) * lnSum
      byP += x * (psiPXQ - psiPX + lnM + lnX - lnSum)
      byQ += psiPXQ - lnSum
      byGamma -= (p * x + q) / sum
    }
    gradient[0] = byP
    gradient[1] = byQ + n * (lnScale - psiQ)
    gradient[2] = byGamma + (n * q) / gamma
    return value + n * (q * lnScale - lnGammaQ)
  }
}

/**
 * Expected amount of a purchase of a customer with x repeat purchases of mean m (x = 0: the population's mean).
 * Null when q ≤ 1 and x = 0: the fitted distribution has no mean.
 */
export function expectedAmount({ p, q, gamma }: GammaGammaParams, x: number, m: number): number | null {
  const denominator = p * x + q - 1
  return denominator > 0 ? (p * (gamma + x * m)) / denominator : null
}
