import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { OUTCOME_DAYS, type OutcomeDays } from '../model/experiment.ts'
import { alertsIn } from '../store/alerts.ts'
import { ordersOf } from './effect/orders-of.ts'
import { outcomeOf } from './outcomes.ts'

/** What became of pushed customers, by window. It has no control group, so it is no effect of pushing. */
export interface PastOutcome {
  readonly days: OutcomeDays
  /** Alerts whose window is over. */
  readonly known: number
  /** Those of them with an order in the window. */
  readonly kept: number
  /** Alerts whose window is not over. */
  readonly unknown: number
}

/**
 * The outcomes of the alerts pushed in [since, until], after 30, 60 and 90 days: a description for `成效`, and the
 * baseline that an experiment is planned with.
 * @param asOf the last day whose orders are all there
 */
export async function pastOutcomes(
  ctx: Ctx,
  scope: Scope,
  { since, until, asOf }: { readonly since: Day; readonly until: Day; readonly asOf: Day },
): Promise<PastOutcome[]> {
  const alerts = await alertsIn(ctx, scope, { since, until })
  const orders = await ordersOf(
    ctx,
    asOf,
    alerts.map(({ customerId }) => customerId),
  )
  return OUTCOME_DAYS.map((days) => {
    const states = alerts.map(
      ({ customerId, day }) => outcomeOf(day, orders.get(customerId) ?? [], { days, asOf }).state,
    )
    const known = states.filter((state) => state !== 'unknown').length
    const kept = states.filter((state) => state === 'kept').length
    return { days, known, kept, unknown: states.length - known }
  })
}
