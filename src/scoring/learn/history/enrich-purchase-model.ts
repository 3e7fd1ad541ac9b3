import { mbgNbd } from '../../models/fit-purchase-model.ts'
import { purchaseModelRisk } from '../backtest/purchase-model-scorer.ts'
import { logit } from '../logit.ts'
import type { Enrich } from './dataset.ts'

/** One more column: the log-odds of no purchase by MBG/NBD, fitted to each snapshot alone. */
export const withPurchaseModel: Enrich = async (snapshot) => {
  const risk = purchaseModelRisk(mbgNbd, snapshot)
  return risk ? [{ name: 'noPurchase', log1p: false, monotone: 1, values: risk.map(logit) }] : []
}
