import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { type Experiment, type ExperimentPlan, OUTCOME_DAYS, scriptTrial } from '../model/experiment.ts'

/**
 * Starts an experiment.
 * @throws AppError `conflict` when one of this name is running: it must be ended first
 */
export async function startExperiment(
  ctx: Ctx,
  plan: ExperimentPlan,
  memberId: number | null,
): Promise<Experiment> {
  const startedAt = ctx.clock.now()
  const row = await ctx.db
    .insertInto('experiments')
    .values({
      name: plan.name,
      seed: plan.seed,
      share: plan.share,
      exclude_top: plan.excludeTop ? 1 : 0,
      delay_days: plan.delayDays,
      window_days: plan.windowDays,
      baseline: plan.baseline,
      min_effect: plan.minEffect,
      power: plan.power,
      wording: plan.wording ?? null,
      started_at: startedAt,
      started_by: memberId,
      ended_at: null,
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row)
    throw new AppError('conflict', 'an experiment of this name is running', { data: { name: plan.name } })
  return { ...plan, id: Number(row.id), startedAt, endedAt: null }
}

/** Nobody is assigned any more; those who were keep their arms. False when it had ended before. */
export async function endExperiment(ctx: Ctx, id: number): Promise<boolean> {
  const result = await ctx.db
    .updateTable('experiments')
    .set({ ended_at: ctx.clock.now() })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** The experiment of this name that runs, or null. */
export async function runningExperiment(ctx: Ctx, name: string): Promise<Experiment | null> {
  const row = await experiments(ctx).where('name', '=', name).where('ended_at', 'is', null).executeTakeFirst()
  return row ? asExperiment(row) : null
}

/** The running or else the newest experiment of this name, or null. */
export async function latestExperiment(ctx: Ctx, name: string): Promise<Experiment | null> {
  const row = await experiments(ctx).where('name', '=', name).orderBy('id', 'desc').executeTakeFirst()
  return row ? asExperiment(row) : null
}

/** Of every name of a trial of scripts the newest one: running ones first, then the newest. */
export async function latestScripts(ctx: Ctx): Promise<Experiment[]> {
  const rows = await experiments(ctx)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('experiments')
        .select((max) => max.fn.max('id').as('id'))
        .where('name', 'like', scriptTrial('%'))
        .groupBy('name'),
    )
    .orderBy('id', 'desc')
    .execute()
  const all = rows.map(asExperiment)
  return [...all.filter(({ endedAt }) => endedAt === null), ...all.filter(({ endedAt }) => endedAt !== null)]
}

function experiments(ctx: Ctx) {
  return ctx.db.selectFrom('experiments').selectAll()
}

type Row = Awaited<ReturnType<ReturnType<typeof experiments>['executeTakeFirstOrThrow']>>

function asExperiment(row: Row): Experiment {
  const windowDays = OUTCOME_DAYS.find((days) => days === Number(row.window_days))
  if (windowDays === undefined) throw new AppError('bug', 'an experiment with an unknown window')
  return {
    id: Number(row.id),
    name: row.name,
    seed: Number(row.seed),
    share: Number(row.share),
    excludeTop: Number(row.exclude_top) === 1,
    delayDays: Number(row.delay_days),
    windowDays,
    baseline: Number(row.baseline),
    minEffect: Number(row.min_effect),
    power: Number(row.power),
    ...(row.wording !== null && { wording: row.wording }),
    startedAt: Number(row.started_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
  }
}
