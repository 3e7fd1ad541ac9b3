import { hypergeometric } from '../numeric/hypergeometric.ts'

/** Closer than this to a removable 0/0 the two neighbours are averaged. */
const SINGULAR = 1e-5
const NEIGHBOUR = 1e-4

/**
 * Purchases in the next `t` of a customer who is active now, with rate λ ~ Gamma(k, A) and drop-out probability
 * p ~ Beta(a, B) after each purchase: E[(1 − (A / (A + p t))ᵏ) / p].
 *
 * Evaluated as (a+B−1)/(a−1) · [1 − (1−z)ᵏ ₂F₁(k, B; a+B−1; z)], z = t/(A+t). Euler's transformation cancels the
 * large exponents of heavy buyers; when a is huge the series as it stands is the stable one.
 */
export function expectedActivePurchases(k: number, A: number, a: number, B: number, t: number): number {
  if (t <= 0) return 0
  if (Math.abs(a - 1) < SINGULAR || Math.abs(a + B - 1) < SINGULAR) {
    return (evaluate(k, A, a - NEIGHBOUR, B, t) + evaluate(k, A, a + NEIGHBOUR, B, t)) / 2
  }
  return evaluate(k, A, a, B, t)
}

function evaluate(k: number, A: number, a: number, B: number, t: number): number {
  const z = t / (A + t)
  const c = a + B - 1
  const lnRest = Math.log(A / (A + t))
  const left =
    a - 1 > k
      ? Math.exp(k * lnRest) * hypergeometric(k, B, c, z)
      : Math.exp((a - 1) * lnRest) * hypergeometric(c - k, a - 1, c, z)
  return Math.max(0, (c / (a - 1)) * (1 - left))
}
