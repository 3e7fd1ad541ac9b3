import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'

/** One scoring run: what it was made of, and how far it got. */
export interface ScoreRun {
  readonly id: number
  readonly asOf: Day
  readonly state: 'running' | 'done' | 'failed'
  readonly scorer: string
  readonly settingsDigest: string
  /** Population and scorer parameters as JSON, frozen when the run began. */
  readonly params: string
  readonly startedAt: number
  readonly finishedAt: number | null
  readonly customers: number
  readonly scored: number
  readonly insufficient: number
  /** The last customer id that is done. */
  readonly cursor: number
  readonly latestEventAt: number | null
}

export type NewScoreRun = Pick<ScoreRun, 'asOf' | 'scorer' | 'settingsDigest' | 'params' | 'latestEventAt'>

/** Begins a run; any other that still counted as running was interrupted for good. */
export async function insertRun(ctx: Ctx, run: NewScoreRun): Promise<ScoreRun> {
  await ctx.db
    .updateTable('score_runs')
    .set({ state: 'failed', finished_at: ctx.clock.now() })
    .where('state', '=', 'running')
    .execute()
  const row = await ctx.db
    .insertInto('score_runs')
    .values({
      as_of: run.asOf,
      state: 'running',
      scorer: run.scorer,
      settings_digest: run.settingsDigest,
      params_json: run.params,
      started_at: ctx.clock.now(),
      finished_at: null,
      customers: 0,
      scored: 0,
      insufficient: 0,
      counts_json: '{}',
      cursor: 0,
      latest_event_at: run.latestEventAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return asRun(row)
}

/** The interrupted run of that day and those settings, if it is the newest one. */
export async function interruptedRun(ctx: Ctx, asOf: Day, settingsDigest: string): Promise<ScoreRun | null> {
  const row = await ctx.db
    .selectFrom('score_runs')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row?.state !== 'running') return null
  const run = asRun(row)
  return run.asOf === asOf && run.settingsDigest === settingsDigest ? run : null
}

/**
 * Remembers how far the run is, in the transaction of the rows it wrote. False when another run has begun since:
 * the rows must not stand.
 */
export async function moveCursor(ctx: Ctx, runId: number, cursor: number): Promise<boolean> {
  const result = await running(ctx, runId).set({ cursor }).executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** Only a running run changes: one that another has replaced stays failed. */
function running(ctx: Ctx, runId: number) {
  return ctx.db.updateTable('score_runs').where('id', '=', runId).where('state', '=', 'running')
}

/** Ends a run; false when another run has begun since, whose scores stand now. */
export async function finishRun(
  ctx: Ctx,
  runId: number,
  counts: { customers: number; scored: number; insufficient: number; json: string },
): Promise<boolean> {
  const result = await running(ctx, runId)
    .set({
      state: 'done',
      finished_at: ctx.clock.now(),
      customers: counts.customers,
      scored: counts.scored,
      insufficient: counts.insufficient,
      counts_json: counts.json,
    })
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** The last finished run, or the last finished one as of `asOf`. */
export async function latestRun(ctx: Ctx, asOf?: Day): Promise<ScoreRun | null> {
  let query = ctx.db.selectFrom('score_runs').selectAll().where('state', '=', 'done')
  if (asOf !== undefined) query = query.where('as_of', '=', asOf)
  const row = await query.orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row ? asRun(row) : null
}

interface RunRow {
  id: number
  as_of: number
  state: 'running' | 'done' | 'failed'
  scorer: string
  settings_digest: string
  params_json: string
  started_at: number
  finished_at: number | null
  customers: number
  scored: number
  insufficient: number
  cursor: number
  latest_event_at: number | null
}

function asRun(row: RunRow): ScoreRun {
  return {
    id: Number(row.id),
    asOf: row.as_of,
    state: row.state,
    scorer: row.scorer,
    settingsDigest: row.settings_digest,
    params: row.params_json,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    customers: row.customers,
    scored: row.scored,
    insufficient: row.insufficient,
    cursor: row.cursor,
    latestEventAt: row.latest_event_at,
  }
}
