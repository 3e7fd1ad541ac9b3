import { UNSCOPED } from '../access.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Day } from '../model/day.ts'
import { type Experiment, type ExperimentPlan, HOLDOUT } from '../model/experiment.ts'
import { addAudit } from '../store/audit.ts'
import { endExperiment, runningExperiment, startExperiment } from '../store/experiments.ts'
import { pastOutcomes } from './past-outcomes.ts'

/** Alerts of so many days before tell how many stay without an experiment. */
const PAST_DAYS = 180
/** Fewer known outcomes tell nothing. */
const MIN_PAST = 50
/** A gain must fit above the baseline, and no baseline is nothing. */
const EDGE = 0.02

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

/**
 * The share that stayed after past alerts; without enough of them the one that asks for the most customers, so that
 * the number is never too small.
 */
async function baselineOf(ctx: Ctx, day: Day, { windowDays, minEffect }: Wanted): Promise<number> {
  const past = await pastOutcomes(ctx, UNSCOPED, { since: day - PAST_DAYS, until: day, asOf: day - 1 })
  const { known = 0, kept = 0 } = past.find(({ days }) => days === windowDays) ?? {}
  const share = known < MIN_PAST ? (1 - minEffect) / 2 : kept / known
  return Math.min(1 - minEffect - EDGE, Math.max(EDGE, share))
}
