import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { Assignment, Experiment } from '../model/experiment.ts'
import { assignmentsIn } from '../store/assignments.ts'
import { orderDaysOf } from '../store/purchase-days.ts'
import type { Unit } from './effect/strata.ts'
import { type Effect, effectOf } from './effect.ts'
import { type Bought, outcomeOf } from './outcomes.ts'

export interface Measured {
  readonly effect: Effect
  /** Alerts whose outcome is not known yet. */
  readonly waiting: number
}

/** Customers whose orders are read at once. */
const PAGE = 500

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
  const orders = await ordersOf(ctx, asOf, mature)
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

async function ordersOf(
  ctx: Ctx,
  asOf: Day,
  assigned: readonly Assignment[],
): Promise<ReadonlyMap<number, readonly Bought[]>> {
  const ids = [...new Set(assigned.map(({ customerId }) => customerId))]
  const orders = new Map<number, Bought[]>()
  for (let from = 0; from < ids.length; from += PAGE) {
    for (const one of await orderDaysOf(ctx, asOf, ids.slice(from, from + PAGE))) {
      const known = orders.get(one.customerId) ?? []
      orders.set(one.customerId, [...known, one])
    }
  }
  return orders
}
