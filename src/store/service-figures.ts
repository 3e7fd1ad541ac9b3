import type { Ctx } from '../context.ts'

/** Figures about the service itself, for `/readyz` and `/metrics`. */

export interface JobRun {
  readonly job: string
  readonly slot: number
  readonly state: 'running' | 'done' | 'failed'
}

/** How many rows of a message table are in each state. */
export async function countByState(ctx: Ctx, table: 'outbox' | 'inbox'): Promise<Record<string, number>> {
  const rows = await ctx.db
    .selectFrom(table)
    .select(['state', (eb) => eb.fn.countAll().as('n')])
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]))
}

/** The latest slot of every job that ever ran. */
export async function latestJobRuns(ctx: Ctx): Promise<JobRun[]> {
  const latest = ctx.db
    .selectFrom('job_runs')
    .select(['job', (eb) => eb.fn.max('slot').as('slot')])
    .groupBy('job')
    .as('latest')
  const rows = await ctx.db
    .selectFrom('job_runs as run')
    .innerJoin(latest, (on) => on.onRef('latest.job', '=', 'run.job').onRef('latest.slot', '=', 'run.slot'))
    .select(['run.job as job', 'run.slot as slot', 'run.state as state'])
    .orderBy('run.job')
    .execute()
  return rows.map(({ job, slot, state }) => ({ job, slot: Number(slot), state }))
}

/** The newest finished scoring run, or null before the first. */
export async function latestScoreRun(
  ctx: Ctx,
): Promise<{ asOf: number; scored: number; insufficient: number } | null> {
  const row = await ctx.db
    .selectFrom('score_runs')
    .select(['as_of', 'scored', 'insufficient'])
    .where('state', '=', 'done')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  return { asOf: Number(row.as_of), scored: Number(row.scored), insufficient: Number(row.insufficient) }
}

/** True while nobody and nothing was ever loaded. */
export async function isUnused({ db }: Ctx): Promise<boolean> {
  const loads = await db.selectFrom('import_runs').select('id').limit(1).execute()
  const members = await db.selectFrom('members').select('id').limit(1).execute()
  return loads.length === 0 && members.length === 0
}
