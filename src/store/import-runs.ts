import type { Ctx } from '../context.ts'
import { bulkInsert } from '../db/bulk.ts'
import { clearSeen } from './import-seen.ts'

/** Counts of one load so far. */
export interface LoadCounts {
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
}

export interface NewRun {
  readonly source: string
  readonly entity: string
  readonly file: string
  readonly digest: string | null
}

/** A load without a sign of life for this long has died. */
const DEAD_AFTER_MS = 60_000

/** Records the start of a load, and that loads which died are over. */
export async function startRun(ctx: Ctx, run: NewRun): Promise<number> {
  await closeDeadRuns(ctx)
  const now = ctx.clock.now()
  const { source, entity, file, digest } = run
  const row = await ctx.db
    .insertInto('import_runs')
    .values({
      source,
      entity,
      file,
      file_digest: digest,
      state: 'running',
      started_at: now,
      alive_at: now,
      read: 0,
      added: 0,
      changed: 0,
      unchanged: 0,
      rejected: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

async function closeDeadRuns(ctx: Ctx): Promise<void> {
  const dead = await ctx.db
    .updateTable('import_runs')
    .set({ state: 'failed', error: 'interrupted' })
    .where('state', '=', 'running')
    .where('alive_at', '<', ctx.clock.now() - DEAD_AFTER_MS)
    .returning('id')
    .execute()
  await clearSeen(
    ctx,
    dead.map((row) => Number(row.id)),
  )
}

/** Stores how far a load is; part of the transaction of its batch. */
export async function noteProgress(
  ctx: Ctx,
  runId: number,
  counts: LoadCounts,
  latestAt: number | null,
): Promise<void> {
  const { read, added, changed, unchanged, rejected } = counts
  await ctx.db
    .updateTable('import_runs')
    .set({ read, added, changed, unchanged, rejected, latest_at: latestAt, alive_at: ctx.clock.now() })
    .where('id', '=', runId)
    .execute()
}

/** Ends a load; `error` null = it read everything. */
export async function finishRun(ctx: Ctx, runId: number, error: string | null): Promise<void> {
  await ctx.db
    .updateTable('import_runs')
    .set({ state: error === null ? 'done' : 'failed', error, finished_at: ctx.clock.now() })
    .where('id', '=', runId)
    .execute()
  await clearSeen(ctx, [runId])
}

export interface StoredReject {
  readonly line: number
  readonly field: string
  readonly value: string
  readonly expected: string
  readonly row: string
}

export async function addRejects(ctx: Ctx, runId: number, rejects: readonly StoredReject[]): Promise<void> {
  const columns = {
    run_id: runId,
    line: rejects.map((one) => one.line),
    field: rejects.map((one) => one.field),
    value: rejects.map((one) => one.value),
    expected: rejects.map((one) => one.expected),
    row_text: rejects.map((one) => one.row),
  }
  await bulkInsert(ctx.db, 'import_rejects', columns, rejects.length, '')
}

/** The rejects of a load in file order, page by page. */
export async function* rejectsOf(ctx: Ctx, runId: number): AsyncGenerator<StoredReject[]> {
  let after = 0
  for (;;) {
    const rows = await ctx.db
      .selectFrom('import_rejects')
      .select(['id', 'line', 'field', 'value', 'expected', 'row_text as row'])
      .where('run_id', '=', runId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(1000)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    after = Number(last.id)
    yield rows.map(({ id: _, ...row }) => ({ ...row, line: Number(row.line) }))
  }
}

/** True when a file of this content was loaded to its end before. */
export async function wasImported(
  ctx: Ctx,
  source: string,
  entity: string,
  digest: string,
): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('import_runs')
    .select('id')
    .where('source', '=', source)
    .where('entity', '=', entity)
    .where('file_digest', '=', digest)
    .where('state', '=', 'done')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
