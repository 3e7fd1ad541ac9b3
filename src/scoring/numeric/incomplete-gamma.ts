import { lnGamma } from './ln-gamma.ts'

const EPSILON = 1e-16
const TINY = 1e-300
const MAX_TERMS = 100_000

/** Q(k, z) = Γ(k, z) / Γ(k), the regularised upper incomplete gamma function, for k > 0 and z ≥ 0. */
export function upperIncompleteGamma(k: number, z: number): number {
  if (z <= 0) return 1
  if (z === Number.POSITIVE_INFINITY) return 0
  const front = Math.exp(k * Math.log(z) - z - lnGamma(k))
  return z < k + 1 ? 1 - front * lowerSeries(k, z) : front * upperFraction(k, z)
}

/** Σ zⁿ / (k (k+1) … (k+n)). */
function lowerSeries(k: number, z: number): number {
  let term = 1 / k
  let sum = term
  for (let n = 1; n < MAX_TERMS && term > EPSILON * sum; n++) {
    term *= z / (k + n)
    sum += term
  }
  return sum
}

/** Legendre's continued fraction by the modified Lentz method. */
function upperFraction(k: number, z: number): number {
  let b = z + 1 - k
  let c = 1 / TINY
  let d = 1 / b
  let value = d
  for (let n = 1; n < MAX_TERMS; n++) {
    const an = -n * (n - k)
    b += 2
    d = 1 / awayFromZero(an * d + b)
    c = awayFromZero(b + an / c)
    value *= d * c
    if (Math.abs(d * c - 1) < EPSILON) break
  }
  return value
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
