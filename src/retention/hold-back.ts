import { type Ctx, inTransaction } from '../context.ts'
import type { Day } from '../model/day.ts'
import { type Alert, HOLDOUT, OUTCOME_DAYS } from '../model/experiment.ts'
import { addAssignments, lockAssignments, openAssignments, placesTaken } from '../store/assignments.ts'
import { runningExperiment } from '../store/experiments.ts'
import { assignArms, isHeld, sameEpisode } from './holdout.ts'

/** An episode lasts until its longest outcome is known. */
const EPISODE_DAYS = Math.max(...OUTCOME_DAYS)

/**
 * Customers of these alerts that stay unpushed on `day`: the control arm of the holdout, until its delay is over.
 * Who has no arm yet gets one, stored before anything is sent; a dry run works out the same arms and stores none.
 * Nobody is held back while no holdout runs.
 * @param alerts customers about to be pushed for the first time in this episode, or held back before
 */
export async function holdBack(
  ctx: Ctx,
  day: Day,
  alerts: readonly Alert[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<ReadonlySet<number>> {
  const experiment = alerts.length === 0 ? null : await runningExperiment(ctx, HOLDOUT)
  if (!experiment) return new Set()
  return await inTransaction(ctx, async (ctx) => {
    if (!dryRun) await lockAssignments(ctx)
    const open = await openAssignments(ctx, HOLDOUT, day - EPISODE_DAYS)
    const known = alerts.flatMap(({ customerId }) => {
      const one = open.get(customerId)
      return one && sameEpisode(one.day, day, EPISODE_DAYS) ? [one] : []
    })
    const withArm = new Set(known.map(({ customerId }) => customerId))
    const fresh = assignArms(
      alerts.filter(({ customerId }) => !withArm.has(customerId)),
      experiment,
      await placesTaken(ctx, experiment.id),
    )
    if (!dryRun) await addAssignments(ctx, experiment.id, fresh)
    const held = [
      ...known.filter((one) => isHeld(one, day, one)),
      ...fresh.filter((one) => isHeld(one, day, experiment)),
    ]
    return new Set(held.map(({ customerId }) => customerId))
  })
}
