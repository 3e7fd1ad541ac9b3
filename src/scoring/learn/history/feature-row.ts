import type { Population } from '../../../model/population.ts'
import type { Settings } from '../../../settings.ts'
import type { Features } from '../../features.ts'
import { MINOR_UNITS } from '../../purchase-history.ts'
import type { ColumnSpec } from '../matrix.ts'
import { behaviourColumns, behaviourOf } from './behaviour.ts'
import { factColumns, factValues } from './fact-columns.ts'
import type { History } from './purchase-log.ts'
import type { RowPlan } from './row-plan.ts'

export { RowPlan } from './row-plan.ts'

/** The columns of `featureRow`, in its order. */
export function rowColumns(plan: RowPlan): readonly ColumnSpec[] {
  return [...behaviourColumns(plan.withAmounts), ...factColumns(plan)]
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
  settings: Settings['scoring'],
): readonly number[] {
  if (features.orders.length === 0) return rowColumns(plan).map(() => Number.NaN)
  const scale = { horizon: plan.horizon, gap: population.orderGap ?? plan.horizon }
  const behaviour = behaviourOf(historyOf(features, plan.withAmounts), features.asOf, scale)
  return [...behaviour, ...factValues(features, population, plan, settings)]
}

function historyOf({ orders }: Features, withAmounts: boolean): History {
  const days = new Int32Array(orders.length)
  const amounts = withAmounts ? new Float64Array(orders.length) : null
  // A loop, not `from` with a function, which takes several times as long: every customer passes here every night.
  for (const [i, { day, amount, priced }] of orders.entries()) {
    days[i] = day
    if (amounts) amounts[i] = priced && amount !== null ? amount / MINOR_UNITS : Number.NaN
  }
  return { days, amounts }
}
