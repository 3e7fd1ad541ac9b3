import { logAddExp } from '../numeric/log-add-exp.ts'
import type { LogLikelihood } from './maximise-likelihood.ts'
import type { PurchaseCells } from './purchase-cells.ts'

/**
 * Chances to drop out before the first repeat purchase: none in BG/NBD (Fader, Hardie & Lee 2005), one in
 * MBG/NBD (Batislam et al. 2007; Wagner & Hoppe 2008). It is the whole difference between the two.
 */
export type FirstChance = 0 | 1

/**
 * The log-likelihood of BG/NBD or MBG/NBD for (r, α, a, b) on cells, with its gradient. While active a customer
 * buys at rate λ ~ Gamma(r, α) and leaves after each purchase with probability p ~ Beta(a, b). The two ways to
 * be silent since tx are added as logarithms: heavy buyers would underflow otherwise.
 */
export function betaGeometricLikelihood(
  cells: PurchaseCells,
  times: Float64Array,
  first: FirstChance,
): LogLikelihood {
  const logs = new Float64Array(times.length)
  const inverses = new Float64Array(times.length)
  return (params, gradient) => {
    const [r = 0, alpha = 0, a = 0, b = 0] = params
    for (let i = 0; i < times.length; i++) {
      const sum = alpha + (times[i] ?? 0)
      logs[i] = Math.log(sum)
      inverses[i] = 1 / sum
    }
    const lnA = Math.log(a)
    const rising = startRising(r, a, b, first)
    let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0]
    for (let i = 0; i < cells.x.length; i++) {
      const x = cells.x[i] ?? 0
      const weight = cells.weight[i] ?? 0
      const age = cells.age[i] ?? 0
      rise(rising, x)
      const k = r + x
      const lnAge = logs[age] ?? 0
      let cell = rising.lnR + rising.lnB - rising.lnAB - k * lnAge
      let gone = 0
      if (x + first > 0) {
        const tx = cells.tx[i] ?? 0
        const lnTx = logs[tx] ?? 0
        const last = b + x + first - 1
        const difference = lnA - Math.log(last) + k * (lnAge - lnTx)
        cell += logAddExp(0, difference)
        gone = 1 / (1 + Math.exp(-difference))
        byR += weight * gone * (lnAge - lnTx)
        byA += (weight * gone) / a
        byB -= (weight * gone) / last
        byAlpha -= weight * k * gone * (inverses[tx] ?? 0)
      }
      value += weight * cell
      byR += weight * (rising.byR - lnAge)
      byAlpha -= weight * k * (1 - gone) * (inverses[age] ?? 0)
      byA -= weight * rising.byAB
      byB += weight * (rising.byB - rising.byAB)
    }
    const n = cells.customers
    gradient[0] = byR + n * Math.log(alpha)
    gradient[1] = byAlpha + (n * r) / alpha
    gradient[2] = byA
    gradient[3] = byB
    return value + n * r * Math.log(alpha)
  }
}

/** lnΓ(r+x) − lnΓ(r), lnΓ(b+y) − lnΓ(b), lnΓ(a+b+y) − lnΓ(a+b) for y = x + first, and their derivatives. */
interface Rising {
  readonly r: number
  readonly b: number
  readonly ab: number
  readonly first: FirstChance
  x: number
  lnR: number
  lnB: number
  lnAB: number
  byR: number
  byB: number
  byAB: number
}

function startRising(r: number, a: number, b: number, first: FirstChance): Rising {
  const ab = a + b
  const none = { lnR: 0, byR: 0, lnB: 0, lnAB: 0, byB: 0, byAB: 0 }
  const one = { lnR: 0, byR: 0, lnB: Math.log(b), lnAB: Math.log(ab), byB: 1 / b, byAB: 1 / ab }
  return { r, b, ab, first, x: 0, ...(first === 1 ? one : none) }
}

/** Moves on to x by Γ(z+1) = z Γ(z): exact, and free because the cells are sorted by x. */
function rise(rising: Rising, x: number): void {
  for (; rising.x < x; rising.x++) {
    const r = rising.r + rising.x
    const b = rising.b + rising.x + rising.first
    const ab = rising.ab + rising.x + rising.first
    rising.lnR += Math.log(r)
    rising.lnB += Math.log(b)
    rising.lnAB += Math.log(ab)
    rising.byR += 1 / r
    rising.byB += 1 / b
    rising.byAB += 1 / ab
  }
}
