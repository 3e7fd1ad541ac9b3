import { auc } from './auc.ts'
import { averagePrecision } from './average-precision.ts'
import { lift, positivesOnTop } from './lift.ts'
import { brier, ece, logLoss } from './probability-errors.ts'

/** How well probabilities of churn foretold what happened. Ranks are null when only one class occurred. */
export interface Measures {
  readonly rows: number
  readonly positives: number
  readonly auc: number | null
  /** Standard error of the AUC (Hanley–McNeil). */
  readonly aucSe: number | null
  /** For churn as the class looked for. */
  readonly prAuc: number | null
  readonly liftTop10: number | null
  /** For "will order again" as the class looked for: tells more when most customers churn. */
  readonly prAucRetained: number | null
  readonly liftTop10Retained: number | null
  /** Share of all churn that the riskiest tenth of the customers holds. */
  readonly caughtTop10: number | null
  readonly brier: number
  readonly logLoss: number
  readonly ece: number
}

/** All measures of one set of probabilities against what happened (y = 1: churned). */
export function measure(y: Float64Array, risk: Float64Array): Measures {
  const positives = y.reduce((sum, value) => sum + value, 0)
  const area = auc(y, risk)
  const retained = y.map((value) => 1 - value)
  const safety = risk.map((value) => 1 - value)
  const top = Math.max(1, Math.ceil(0.1 * y.length - 1e-9))
  return {
    rows: y.length,
    positives,
    auc: area?.value ?? null,
    aucSe: area?.se ?? null,
    prAuc: averagePrecision(y, risk),
    liftTop10: lift(y, risk),
    prAucRetained: averagePrecision(retained, safety),
    liftTop10Retained: lift(retained, safety),
    caughtTop10: positives === 0 ? null : positivesOnTop(y, risk, top) / positives,
    brier: brier(y, risk),
    logLoss: logLoss(y, risk),
    ece: ece(y, risk),
  }
}
