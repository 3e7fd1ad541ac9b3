import { mbgNbd } from '../../models/fit-purchase-model.ts'
import { purchaseModelRisk } from '../backtest/purchase-model-scorer.ts'
import { logit } from '../logit.ts'
import type { Enrich } from './dataset.ts'

/** Name of the column below. */
export const NO_PURCHASE = 'noPurchase'

/** One more column: the log-odds of no purchase by MBG/NBD, fitted to each snapshot alone. */
export const withPurchaseModel: Enrich = async (snapshot) => {
  const risk = purchaseModelRisk(mbgNbd, snapshot)
  return risk ? [{ name: NO_PURCHASE, log1p: false, monotone: 1, values: risk.map(logit) }] : []
}
