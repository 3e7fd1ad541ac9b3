const EPSILON = 1e-16
const MAX_TERMS = 20_000

/** ₂F₁(u, v; c; z) by its power series, for 0 ≤ z < 1. Slow near z = 1: transform first. */
export function hypergeometric(u: number, v: number, c: number, z: number): number {
  let term = 1
  let sum = 1
  for (let n = 0; n < MAX_TERMS; n++) {
    term *= (((u + n) * (v + n)) / ((c + n) * (n + 1))) * z
    sum += term
    if (Math.abs(term) <= EPSILON * Math.abs(sum)) break
  }
  return sum
}
