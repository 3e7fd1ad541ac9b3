import { gaussLegendre } from '../numeric/gauss-legendre.ts'
import { lnGamma } from '../numeric/ln-gamma.ts'
import { logAddExp } from '../numeric/log-add-exp.ts'
import type { ParetoParams, PurchaseForecast, PurchaseHistory } from './purchase-model.ts'

const { nodes: NODES, weights: WEIGHTS } = gaussLegendre(48)

/** Where (…)^-k has fallen by e^-this, the rest of an integral is nothing: the nodes go where the mass is. */
const DEEPEST_FALL = 45

/** Closer than this to s = 1 the logarithmic limit is used. */
const SINGULAR = 1e-6

/** Forecasts of a Pareto/NBD model. */
export function paretoForecast(params: ParetoParams): PurchaseForecast {
  const { r, alpha, s, beta } = params

  /** ln of both ways to be silent since tx: alive at age, or died between. */
  function lnWays({ x, tx, age }: PurchaseHistory): { alive: number; died: number } {
    const alive = -(r + x) * Math.log(alpha + age) - s * Math.log(beta + age)
    return { alive, died: Math.log(s) + lnDied(r + x, alpha, s, beta, tx, age) }
  }

  function pAlive(history: PurchaseHistory): number {
    const { alive, died } = lnWays(history)
    return 1 / (1 + Math.exp(died - alive))
  }

  function expectedWhileActive({ x, age }: PurchaseHistory, t: number): number {
    return expectedLivePurchases(r + x, alpha + age, s, beta + age, t)
  }

  return {
    pAlive,
    logLikelihood(history) {
      const { alive, died } = lnWays(history)
      const front = lnGamma(r + history.x) - lnGamma(r) + r * Math.log(alpha) + s * Math.log(beta)
      return front + logAddExp(alive, died)
    },
    pNoPurchase(history, horizon) {
      const { x, age } = history
      const any = pPurchaseWhileAlive(r + x, alpha + age, s, beta + age, horizon)
      return 1 - pAlive(history) * any
    },
    expectedWhileActive,
    expectedPurchases: (history, t) => pAlive(history) * expectedWhileActive(history, t),
    expectedOfNew: (t) => expectedLivePurchases(r, alpha, s, beta, t),
    purchaseCounts: () => null,
  }
}

/** ln ∫ (α+u)^-k (β+u)^-(s+1) du over [tx, age], with nodes even in ln(min(α,β)+u); log-sum-exp throughout. */
function lnDied(k: number, alpha: number, s: number, beta: number, tx: number, age: number): number {
  if (age <= tx) return Number.NEGATIVE_INFINITY
  const end = Math.min(
    age,
    tx + (alpha + tx) * Math.expm1(DEEPEST_FALL / k),
    tx + (beta + tx) * Math.expm1(DEEPEST_FALL / (s + 1)),
  )
  const near = Math.min(alpha, beta)
  const width = Math.log((near + end) / (near + tx))
  let sum = Number.NEGATIVE_INFINITY
  for (let j = 0; j < NODES.length; j++) {
    const u = (near + tx) * Math.exp((NODES[j] ?? 0) * width) - near
    const ln =
      Math.log((WEIGHTS[j] ?? 0) * (near + u)) - k * Math.log(alpha + u) - (s + 1) * Math.log(beta + u)
    sum = sum === Number.NEGATIVE_INFINITY ? ln : logAddExp(sum, ln)
  }
  return sum + Math.log(width)
}

/** Purchases in the next t while λ ~ Gamma(k, A), μ ~ Gamma(s, B): k/A ∫₀ᵗ (B/(B+u))ˢ du. */
function expectedLivePurchases(k: number, A: number, s: number, B: number, t: number): number {
  const ln = Math.log1p(t / B)
  const time = Math.abs(s - 1) < SINGULAR ? B * ln : (-B * Math.expm1((1 - s) * ln)) / (s - 1)
  return (k / A) * time
}

/** Probability of a purchase in the next `horizon`: ∫ k/A (A/(A+u))^(k+1) (B/(B+u))ˢ du. */
function pPurchaseWhileAlive(k: number, A: number, s: number, B: number, horizon: number): number {
  const end = Math.min(horizon, A * Math.expm1(DEEPEST_FALL / k), B * Math.expm1(DEEPEST_FALL / s))
  const near = Math.min(A, B)
  const width = Math.log1p(end / near)
  let sum = 0
  for (let j = 0; j < NODES.length; j++) {
    const u = near * Math.expm1((NODES[j] ?? 0) * width)
    const ln = -(k + 1) * Math.log1p(u / A) - s * Math.log1p(u / B)
    sum += (WEIGHTS[j] ?? 0) * (near + u) * Math.exp(ln)
  }
  return Math.min(1, (k / A) * width * sum)
}
