import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Day } from '../model/day.ts'
import { type Experiment, type ExperimentPlan, HOLDOUT } from '../model/experiment.ts'
import { addAudit } from '../store/audit.ts'
import { endExperiment, runningExperiment, startExperiment } from '../store/experiments.ts'
import { baselineOf } from './effect/baseline.ts'

/**
 * Makes the running holdout that of the settings: starts it, ends it, or ends it and starts another when anything that
 * was laid down is another now. Leaves an audit row. Running it again, or in two processes, changes nothing.
 * @param day the morning from which it holds; it is the seed too, so that a draw can be repeated by anybody
 */
export async function alignHoldout(ctx: Ctx, day: Day): Promise<void> {
  const wanted = ctx.settings.retention.holdout
  const running = await runningExperiment(ctx, HOLDOUT)
  if (running ? isTheSame(running, wanted) : wanted.share === 0) return
  const plan = wanted.share > 0 ? await planFor(ctx, day) : null
  try {
    await inTransaction(ctx, (ctx) => change(ctx, running, plan))
  } catch (error) {
    // Another process was faster, with the same settings.
    if (!(error instanceof AppError && error.code === 'conflict')) throw error
  }
}

/** The holdout that will run once the settings are followed: the running one, or what would be started; null: none. */
export async function holdoutToBe(ctx: Ctx, day: Day): Promise<Experiment | ExperimentPlan | null> {
  const wanted = ctx.settings.retention.holdout
  const running = await runningExperiment(ctx, HOLDOUT)
  if (running && isTheSame(running, wanted)) return running
  return wanted.share > 0 ? await planFor(ctx, day) : null
}

async function change(ctx: Ctx, running: Experiment | null, plan: ExperimentPlan | null): Promise<void> {
  if (running && (await endExperiment(ctx, running.id))) {
    await addAudit(ctx, { memberId: null, action: 'holdout-end', subject: `experiment:${running.id}` })
  }
  if (!plan) return
  const { id } = await startExperiment(ctx, plan, null)
  await addAudit(ctx, { memberId: null, action: 'holdout-start', subject: `experiment:${id}`, detail: plan })
}

type Wanted = Ctx['settings']['retention']['holdout']

function isTheSame(running: ExperimentPlan, wanted: Wanted): boolean {
  const fields = ['share', 'excludeTop', 'delayDays', 'windowDays', 'minEffect', 'power'] as const
  return fields.every((field) => running[field] === wanted[field])
}

async function planFor(ctx: Ctx, day: Day): Promise<ExperimentPlan> {
  const wanted = ctx.settings.retention.holdout
  return { ...wanted, name: HOLDOUT, seed: day, baseline: await baselineOf(ctx, day, wanted) }
}
