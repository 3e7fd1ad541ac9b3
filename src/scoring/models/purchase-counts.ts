/**
 * Probabilities of 0, 1, … n purchases in the next t of an active customer with λ ~ Gamma(k, A) and drop-out
 * probability p ~ Beta(a, B) after each purchase (the BG/NBD counts; given the history, the same law holds from
 * today on with updated parameters). Everything by recurrence, nothing overflows.
 */
export function purchaseCountsWhileActive(
  k: number,
  A: number,
  a: number,
  B: number,
  t: number,
  n: number,
): number[] {
  const z = t / (A + t)
  /** Negative binomial probability of exactly j purchases if nobody dropped out, and of fewer than j. */
  let exactly = Math.exp(-k * Math.log1p(t / A))
  let fewer = 0
  /** Probability to survive j purchases: B(a, B+j) / B(a, B). */
  let survived = 1
  const counts: number[] = []
  for (let j = 0; j <= n; j++) {
    const leftNow = j === 0 ? 0 : survived * (a / (B + j - 1))
    counts.push(survived * exactly + leftNow * Math.max(0, 1 - fewer))
    fewer += exactly
    exactly *= ((k + j) / (j + 1)) * z
    survived *= (B + j) / (a + B + j)
  }
  return counts
}
