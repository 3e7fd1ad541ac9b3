import { bgNbd, mbgNbd, type PurchaseModel, paretoNbd } from '../../models/fit-purchase-model.ts'
import { createPurchaseCounter } from '../../models/purchase-cells.ts'
import type { PurchaseHistory } from '../../models/purchase-model.ts'
import { clampProbability } from '../calibrate/calibrator.ts'
import type { Snapshot } from '../history/dataset.ts'
import { historyOf } from '../history/purchase-log.ts'
import type { BacktestScorer } from './backtest-scorer.ts'

const DAYS_PER_WEEK = 7

/** P(no purchase within the horizon) of each row, from a model fitted to the snapshot itself; null when none fits. */
export function purchaseModelRisk<P>(model: PurchaseModel<P>, snapshot: Snapshot): Float64Array | null {
  const counter = createPurchaseCounter()
  for (const customer of snapshot.members) {
    const { x, tx, age } = daysHistory(snapshot, customer)
    counter.add(x, tx, age)
  }
  const fit = model.fit(counter.cells(DAYS_PER_WEEK))
  if (fit.kind === 'insufficient') return null
  const forecast = model.forecast(fit.params)
  const weeks = snapshot.horizon / DAYS_PER_WEEK
  return Float64Array.from(snapshot.members, (customer) => {
    const { x, tx, age } = daysHistory(snapshot, customer)
    const history = { x, tx: tx / DAYS_PER_WEEK, age: age / DAYS_PER_WEEK }
    return clampProbability(forecast.pNoPurchase(history, weeks))
  })
}

function daysHistory({ log, asOf }: Snapshot, customer: number): PurchaseHistory {
  const { days } = historyOf(log, customer)
  const first = days[0] ?? asOf
  return { x: Math.max(0, days.length - 1), tx: (days.at(-1) ?? first) - first, age: asOf - first }
}

/** A purchase model as a scorer: it needs no labels, so it can speak on the company's first day with repeat orders. */
export function purchaseModelScorer<P>(model: PurchaseModel<P>): BacktestScorer {
  return {
    name: model.name,
    untaught: true,
    risk: async (stage) => purchaseModelRisk(model, stage),
  }
}

/** In the order of preference: MBG/NBD first, since BG/NBD cannot tell that a customer left after the first order. */
export const purchaseModelScorers: readonly BacktestScorer[] = [
  purchaseModelScorer(mbgNbd),
  purchaseModelScorer(bgNbd),
  purchaseModelScorer(paretoNbd),
]
