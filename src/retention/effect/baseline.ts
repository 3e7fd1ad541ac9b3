import { UNSCOPED } from '../../access.ts'
import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import type { ExperimentPlan } from '../../model/experiment.ts'
import { pastOutcomes } from '../past-outcomes.ts'

/** Alerts of so many days before tell how many stay without an experiment. */
const PAST_DAYS = 180
/** Fewer known outcomes tell nothing. */
const MIN_PAST = 50
/** A gain must fit above the baseline, and no baseline is nothing. */
const EDGE = 0.02

/**
 * The share that stayed after past alerts; without enough of them the one that asks for the most customers, so that
 * the number is never too small.
 */
export async function baselineOf(
  ctx: Ctx,
  day: Day,
  { windowDays, minEffect }: Pick<ExperimentPlan, 'windowDays' | 'minEffect'>,
): Promise<number> {
  const past = await pastOutcomes(ctx, UNSCOPED, { since: day - PAST_DAYS, until: day, asOf: day - 1 })
  const { known = 0, kept = 0 } = past.find(({ days }) => days === windowDays) ?? {}
  const share = known < MIN_PAST ? (1 - minEffect) / 2 : kept / known
  return Math.min(1 - minEffect - EDGE, Math.max(EDGE, share))
}
