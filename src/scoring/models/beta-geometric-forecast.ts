import { lnGamma } from '../numeric/ln-gamma.ts'
import { logAddExp } from '../numeric/log-add-exp.ts'
import type { FirstChance } from './beta-geometric.ts'
import { expectedActivePurchases } from './conditional-expectation.ts'
import { purchaseCountsWhileActive } from './purchase-counts.ts'
import type { BetaGeometricParams, PurchaseForecast, PurchaseHistory } from './purchase-model.ts'

/** Forecasts of a BG/NBD (`first` = 0) or MBG/NBD (`first` = 1) model. */
export function betaGeometricForecast(params: BetaGeometricParams, first: FirstChance): PurchaseForecast {
  const { r, alpha, a, b } = params

  /** ln of the odds of having dropped out at the last purchase; −∞ when that was impossible. */
  function lnGoneOdds({ x, tx, age }: PurchaseHistory): number {
    if (x + first === 0) return Number.NEGATIVE_INFINITY
    return Math.log(a) - Math.log(b + x + first - 1) + (r + x) * Math.log((alpha + age) / (alpha + tx))
  }

  function pAlive(history: PurchaseHistory): number {
    return 1 / (1 + Math.exp(lnGoneOdds(history)))
  }

  function expectedWhileActive({ x, age }: PurchaseHistory, t: number): number {
    return expectedActivePurchases(r + x, alpha + age, a, b + x + first, t)
  }

  function logLikelihood(history: PurchaseHistory): number {
    const { x, age } = history
    const rate = lnGamma(r + x) - lnGamma(r) + r * Math.log(alpha) - (r + x) * Math.log(alpha + age)
    const stayed = lnGamma(a + b) + lnGamma(b + x + first) - lnGamma(b) - lnGamma(a + b + x + first)
    return rate + stayed + logAddExp(0, lnGoneOdds(history))
  }

  return {
    pAlive,
    logLikelihood,
    pNoPurchase(history, horizon) {
      const { x, age } = history
      return 1 + pAlive(history) * Math.expm1(-(r + x) * Math.log1p(horizon / (alpha + age)))
    },
    expectedWhileActive,
    expectedPurchases: (history, t) => pAlive(history) * expectedWhileActive(history, t),
    expectedOfNew(t) {
      const stayed = first === 1 ? b / (a + b) : 1
      return stayed * expectedActivePurchases(r, alpha, a, b + first, t)
    },
    purchaseCounts(history, t, n) {
      const { x, age } = history
      const alive = pAlive(history)
      const counts = purchaseCountsWhileActive(r + x, alpha + age, a, b + x + first, t, n)
      return counts.map((p, i) => alive * p + (i === 0 ? 1 - alive : 0))
    },
  }
}
