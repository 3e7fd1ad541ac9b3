import { z } from 'zod'
import { EVENT_KINDS } from '../../../model/event.ts'
import type { Population } from '../../../model/population.ts'
import type { Settings } from '../../../settings.ts'
import type { Features } from '../../features.ts'
import { MINOR_UNITS } from '../../purchase-history.ts'
import type { ColumnSpec } from '../matrix.ts'
import { behaviourColumns, behaviourOf } from './behaviour.ts'
import type { History } from './purchase-log.ts'

/** Which columns a model sees. Plain JSON, kept with the model. */
export const RowPlan = z.object({
  /** Days ahead that risk speaks of; the windows of the counts are multiples of it. */
  horizon: z.number().int().positive(),
  /** Amounts of orders were known when the model was trained. */
  withAmounts: z.boolean(),
  /** Kinds of events besides orders that existed then; any other kind is no column. */
  kinds: z.array(z.enum(EVENT_KINDS)),
  /** Answers to NPS surveys existed then. */
  nps: z.boolean(),
})
export type RowPlan = z.infer<typeof RowPlan>

/** The columns of `featureRow`, in its order. */
export function rowColumns(plan: RowPlan): readonly ColumnSpec[] {
  return behaviourColumns(plan.withAmounts)
}

/**
 * One customer's values of the plan's columns; NaN is unknown. The same values fill the snapshots that a model is
 * trained on and the rows that it scores every night. Somebody without an order has no value at all: the models learn
 * from buyers.
 */
export function featureRow(
  features: Features,
  population: Population,
  plan: RowPlan,
  _settings: Settings['scoring'],
): readonly number[] {
  const scale = { horizon: plan.horizon, gap: population.orderGap ?? plan.horizon }
  if (features.orders.length === 0) return rowColumns(plan).map(() => Number.NaN)
  return behaviourOf(historyOf(features, plan.withAmounts), features.asOf, scale)
}

function historyOf({ orders }: Features, withAmounts: boolean): History {
  return {
    days: Int32Array.from(orders, (one) => one.day),
    amounts: withAmounts
      ? Float64Array.from(orders, ({ amount, priced }) =>
          priced && amount !== null ? amount / MINOR_UNITS : Number.NaN,
        )
      : null,
  }
}
