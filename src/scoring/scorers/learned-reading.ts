import type { Population } from '../../model/population.ts'
import type { Settings } from '../../settings.ts'
import type { Features } from '../features.ts'
import { type FittedPurchase, noPurchaseLogit } from '../fitted-purchase.ts'
import { calibrate } from '../learn/calibrate/calibrator.ts'
import { featureRow } from '../learn/history/feature-row.ts'
import { modelAsOf } from '../learn/learned/model-as-of.ts'
import { rowModel } from '../learn/learned/row-model.ts'
import { probabilityOf, SEGMENT } from '../learn/learned/score-learned.ts'
import { logit } from '../learn/logit.ts'
import { type LearnedParams, liveColumns } from './learned-params.ts'

/** What a learned model reads in one customer's facts. All numbers are log-odds of churn. */
export interface Reading {
  /** Calibrated. */
  readonly logit: number
  /** By the purchase model alone; NaN without one. */
  readonly noOrder: number
  reasons(): Reasons
}

/** base + Σ contributions = the calibrated log-odds. */
export interface Reasons {
  /** An average customer of the training days. */
  readonly base: number
  readonly contributions: readonly { readonly column: string; readonly value: number }[]
}

export type Reader = (one: Features, settings: Settings['scoring']) => Reading

/** Nearer than this to the average customer the slope of the calibration is taken as 1. */
const SAME = 1e-9

/** Binds a model to the company as of a day: its population, and the purchase model fitted that day (null: none). */
export function learnedReader(
  params: LearnedParams,
  population: Population,
  purchase: FittedPurchase | null,
): Reader {
  const { plan } = params
  const model = modelAsOf(params.model, population.asOf)
  const columns = liveColumns(plan)
  const bound = rowModel(model, columns)
  const noOrderOf = purchase && noPurchaseLogit(purchase, plan.horizon)
  const calibrated = (raw: number): number => logit(calibrate(model.calibrator, raw))
  return (one, settings) => {
    const noOrder = noOrderOf?.(one.orders, one.asOf) ?? Number.NaN
    const row = [...featureRow(one, population, plan, settings), noOrder]
    const raw = bound.logit(row)
    const known = calibrated(raw)
    const full = logit(probabilityOf(model, raw, one.segment))
    return {
      logit: full,
      noOrder,
      reasons() {
        const slope =
          Math.abs(raw - bound.base) < SAME ? 1 : (known - calibrated(bound.base)) / (raw - bound.base)
        const values = bound.explain(row).map((value) => value * slope)
        const own = columns.map((column, j) => ({ column, value: values[j] ?? 0 }))
        return {
          base: known - values.reduce((sum, value) => sum + value, 0),
          contributions: [...own, { column: SEGMENT, value: full - known }],
        }
      },
    }
  }
}
