import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { Assignment, Experiment } from '../model/experiment.ts'
import { assignmentsIn } from '../store/assignments.ts'
import { ordersOf } from './effect/orders-of.ts'
import type { Unit } from './effect/strata.ts'
import { type Effect, effectOf } from './effect.ts'
import { type Bought, outcomeOf } from './outcomes.ts'

export interface Measured {
  readonly effect: Effect
  /** Alerts whose outcome is not known yet. */
  readonly waiting: number
}

/**
 * The effect of an experiment over the customers the reader may see, by the outcomes known at `asOf`.
 * @param asOf the last day whose orders are all there
 */
export async function measureEffect(
  ctx: Ctx,
  scope: Scope,
  experiment: Experiment,
  asOf: Day,
): Promise<Measured> {
  const assigned = await assignmentsIn(ctx, scope, experiment.id)
  const mature = assigned.filter(({ day }) => day + experiment.windowDays <= asOf)
  const orders = await ordersOf(
    ctx,
    asOf,
    mature.map(({ customerId }) => customerId),
  )
  const units = mature.flatMap((one) => unitOf(one, orders.get(one.customerId) ?? [], experiment, asOf))
  return { effect: effectOf(units, experiment), waiting: assigned.length - units.length }
}

function unitOf(
  { stratum, arm, day }: Assignment,
  orders: readonly Bought[],
  { windowDays }: Experiment,
  asOf: Day,
): Unit[] {
  const { state, revenue } = outcomeOf(day, orders, { days: windowDays, asOf })
  return state === 'unknown' ? [] : [{ stratum, arm, kept: state === 'kept', revenue }]
}
