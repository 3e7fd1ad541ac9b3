import { hypergeometric } from '../numeric/hypergeometric.ts'

/** Closer than this to a removable 0/0 the two neighbours are averaged. */
const SINGULAR = 1e-5
const NEIGHBOUR = 1e-4

/** The transformed series alternates in sign, and loses digits, when its first parameter is below this. */
const MOST_NEGATIVE = -4
const MAX_TERMS = 1_000_000
const NEGLIGIBLE = 1e-15

/**
 * Purchases in the next `t` of a customer who is active now, with rate λ ~ Gamma(k, A) and drop-out probability
 * p ~ Beta(a, B) after each purchase: E[(1 − (A / (A + p t))ᵏ) / p].
 *
 * Evaluated as (a+B−1)/(a−1) · [1 − (1−z)ᵏ ₂F₁(k, B; a+B−1; z)], z = t/(A+t). Euler's transformation cancels the
 * large exponents of heavy buyers; when a is huge the series as it stands is the stable one; when all customers
 * buy at nearly the same rate (k far above a+B) only a sum over purchases is.
 */
export function expectedActivePurchases(k: number, A: number, a: number, B: number, t: number): number {
  if (t <= 0) return 0
  if (a + B - 1 - k < MOST_NEGATIVE && a - 1 <= k) return sumOverPurchases(k, A, a, B, t)
  if (Math.abs(a - 1) < SINGULAR || Math.abs(a + B - 1) < SINGULAR) {
    return (bySeries(k, A, a - NEIGHBOUR, B, t) + bySeries(k, A, a + NEIGHBOUR, B, t)) / 2
  }
  return bySeries(k, A, a, B, t)
}

function bySeries(k: number, A: number, a: number, B: number, t: number): number {
  const z = t / (A + t)
  const c = a + B - 1
  const lnRest = Math.log(A / (A + t))
  const left =
    a - 1 > k
      ? Math.exp(k * lnRest) * hypergeometric(k, B, c, z)
      : Math.exp((a - 1) * lnRest) * hypergeometric(c - k, a - 1, c, z)
  return Math.max(0, (c / (a - 1)) * (1 - left))
}

/** Σⱼ P(still active after j purchases) · P(more than j purchases if nobody left): every term is positive. */
function sumOverPurchases(k: number, A: number, a: number, B: number, t: number): number {
  const lnZ = Math.log(t / (A + t))
  let lnExactly = -k * Math.log1p(t / A)
  let more = -Math.expm1(lnExactly)
  let active = 1
  let sum = 0
  for (let j = 0; j < MAX_TERMS && more * active > NEGLIGIBLE * sum; j++) {
    sum += active * more
    active *= (B + j) / (a + B + j)
    lnExactly += Math.log((k + j) / (j + 1)) + lnZ
    more -= Math.exp(lnExactly)
  }
  return sum
}
