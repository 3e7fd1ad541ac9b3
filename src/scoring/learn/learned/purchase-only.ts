import { bgNbd, mbgNbd, paretoNbd } from '../../models/fit-purchase-model.ts'
import { purchaseModelRisk } from '../backtest/purchase-model-scorer.ts'
import type { Snapshot } from '../history/dataset.ts'
import { NO_PURCHASE } from '../history/enrich-purchase-model.ts'
import { logit } from '../logit.ts'
import { driftBins } from '../psi.ts'
import { type LearnedModel, SCORE_DRIFT } from './learned-model.ts'

/** A purchase model as a learned model of one column, neither calibrated nor trained on answers; null when none fits. */
export function purchaseOnly(
  snapshot: Snapshot,
  name: 'mbg-nbd' | 'bg-nbd' | 'pareto-nbd',
): LearnedModel | null {
  const risk = riskBy(snapshot, name)
  if (!risk || risk.length === 0) return null
  const values = risk.map(logit)
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    version: 1,
    horizon: snapshot.horizon,
    cutoffs: [],
    parts: [{ weight: 1, model: { kind: 'column', name: NO_PURCHASE, centre } }],
    calibrator: { kind: 'none' },
    segments: {},
    level: null,
    drift: { [NO_PURCHASE]: driftBins(values), [SCORE_DRIFT]: driftBins(values) },
  }
}

function riskBy(snapshot: Snapshot, name: 'mbg-nbd' | 'bg-nbd' | 'pareto-nbd'): Float64Array | null {
  if (name === 'pareto-nbd') return purchaseModelRisk(paretoNbd, snapshot)
  return purchaseModelRisk(name === 'bg-nbd' ? bgNbd : mbgNbd, snapshot)
}
