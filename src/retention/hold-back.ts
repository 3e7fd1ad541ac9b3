import { type Ctx, inTransaction } from '../context.ts'
import type { Day } from '../model/day.ts'
import {
  type Alert,
  type Assignment,
  type ExperimentPlan,
  HOLDOUT,
  isHeld,
  OUTCOME_DAYS,
} from '../model/experiment.ts'
import { addAssignments, lockAssignments, openAssignments, placesTaken } from '../store/assignments.ts'
import { runningExperiment } from '../store/experiments.ts'
import { holdoutToBe } from './align-holdout.ts'
import { assignArms, sameEpisode } from './holdout.ts'

/** An episode lasts until its longest outcome is known. */
export const EPISODE_DAYS = Math.max(...OUTCOME_DAYS)

/**
 * Customers that stay unpushed on `day`: the control arm of the holdout, until its delay is over. Who has no arm yet
 * gets one, stored before anything is sent; a dry run works out the same arms and stores none. Whoever moves up to a
 * place that was freed is an alert too, so `alertsOf` is asked again until nobody new stands there. Nobody is held
 * back while no holdout runs.
 * @param alertsOf customers about to be pushed for the first time in this episode, given those held back; pure
 */
export async function holdBack(
  ctx: Ctx,
  day: Day,
  alertsOf: (held: ReadonlySet<number>) => readonly Alert[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<ReadonlySet<number>> {
  const experiment = await (dryRun ? holdoutToBe(ctx, day) : runningExperiment(ctx, HOLDOUT))
  if (!experiment) return new Set()
  return await inTransaction(ctx, async (ctx) => {
    if (!dryRun) await lockAssignments(ctx)
    const open = await openAssignments(ctx, HOLDOUT, day - EPISODE_DAYS)
    const known = [...open.values()].filter((one) => sameEpisode(one.day, day, EPISODE_DAYS))
    const stored = 'id' in experiment ? experiment.id : null
    const taken = stored === null ? new Map<string, number>() : await placesTaken(ctx, stored)
    const held = new Set(known.filter((one) => isHeld(one, day, one)).map(({ customerId }) => customerId))
    const asked = new Set(known.map(({ customerId }) => customerId))
    const drawn = drawLots(alertsOf, experiment, { taken, held, asked })
    if (!dryRun && stored !== null) await addAssignments(ctx, stored, drawn)
    return held
  })
}

interface Lots {
  readonly taken: Map<string, number>
  readonly held: Set<number>
  /** Customers with an arm, or without a part. */
  readonly asked: Set<number>
}

/** Draws arms until nobody new is about to be pushed; adds to the lots what was drawn. */
function drawLots(
  alertsOf: (held: ReadonlySet<number>) => readonly Alert[],
  plan: ExperimentPlan,
  { taken, held, asked }: Lots,
): Assignment[] {
  const drawn: Assignment[] = []
  for (;;) {
    const alerts = alertsOf(held).filter(({ customerId }) => !asked.has(customerId))
    if (alerts.length === 0) return drawn
    for (const { customerId } of alerts) asked.add(customerId)
    for (const one of assignArms(alerts, plan, taken)) {
      taken.set(one.stratum, one.place + 1)
      if (isHeld(one, one.day, plan)) held.add(one.customerId)
      drawn.push(one)
    }
  }
}
