import type { Population } from '../../model/population.ts'
import type { Settings } from '../../settings.ts'
import { SEGMENT } from '../explain/groups.ts'
import type { Features } from '../features.ts'
import { type FittedPurchase, noPurchaseLogit } from '../fitted-purchase.ts'
import { featureRow } from '../learn/history/feature-row.ts'
import { modelAsOf } from '../learn/learned/model-as-of.ts'
import { riskRow } from '../learn/learned/risk-row.ts'
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

/** Binds a model to the company as of a day: its population, and the purchase model fitted that day (null: none). */
export function learnedReader(
  params: LearnedParams,
  population: Population,
  purchase: FittedPurchase | null,
): Reader {
  const { plan } = params
  const model = modelAsOf(params.model, population.asOf)
  const columns = liveColumns(plan)
  const bound = riskRow(model, columns)
  const noOrderOf = purchase && noPurchaseLogit(purchase, plan.horizon)
  return (one, settings) => {
    const noOrder = noOrderOf?.(one.orders, one.asOf) ?? Number.NaN
    const row = [...featureRow(one, population, plan, settings), noOrder]
    return {
      logit: bound.logit(row, one.segment),
      noOrder,
      reasons() {
        const { base, columns: values, segment } = bound.explain(row, one.segment)
        const own = columns.map((column, j) => ({ column, value: values[j] ?? 0 }))
        return { base, contributions: [...own, { column: SEGMENT, value: segment }] }
      },
    }
  }
}
