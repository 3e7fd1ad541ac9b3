import { UNSCOPED } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { type Experiment, HOLDOUT, type HoldoutState, isHeld, type PerArm } from '../model/experiment.ts'
import { assignmentsIn } from '../store/assignments.ts'
import { latestExperiment } from '../store/experiments.ts'
import { holdoutToBe } from './align-holdout.ts'
import { neededPerArm } from './effect/needed.ts'

/** Totals of the company: for administrators. */
export async function holdoutState(ctx: Ctx, day: Day): Promise<HoldoutState> {
  const { share, excludeTop, delayDays } = ctx.settings.retention.holdout
  const latest = await latestExperiment(ctx, HOLDOUT)
  return { share, excludeTop, delayDays, trial: latest && (await trialOf(ctx, latest, day)) }
}

async function trialOf(ctx: Ctx, experiment: Experiment, day: Day): Promise<HoldoutState['trial']> {
  const assigned = await assignmentsIn(ctx, UNSCOPED, experiment.id)
  const control = assigned.filter(({ arm }) => arm === 'control')
  const running = experiment.endedAt === null
  return {
    share: experiment.share,
    running,
    startedOn: calendarFor(ctx.settings).dayOf(experiment.startedAt),
    arms: { treated: assigned.length - control.length, control: control.length },
    waiting: running ? control.filter((one) => isHeld(one, day, experiment)).length : 0,
  }
}

/** Customers of each arm that a verdict would need by these settings; null while they are off. */
export async function holdoutNeeds(ctx: Ctx, day: Day): Promise<PerArm<number> | null> {
  const plan = await holdoutToBe(ctx, day)
  return plan && neededPerArm(plan)
}
