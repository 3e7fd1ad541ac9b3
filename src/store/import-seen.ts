import type { Ctx } from '../context.ts'
import { bulkInsert, textList } from '../db/bulk.ts'

/** Where an own key was first met in a load, and the hash of its content there. */
export interface FirstSeen {
  readonly line: number
  readonly fingerprint: string
}

/**
 * Notes the own keys of a batch and returns those that an earlier row of this load has already.
 * Keys must be distinct within the batch.
 */
export async function noteOwnKeys(
  ctx: Ctx,
  runId: number,
  keys: readonly string[],
  fingerprints: readonly string[],
  lines: readonly number[],
): Promise<Map<string, FirstSeen>> {
  const columns = { run_id: runId, key: keys, fingerprint: fingerprints, line: lines, times: 1 }
  const added = await bulkInsert(
    ctx.db,
    'import_seen',
    columns,
    keys.length,
    'on conflict (run_id, key) do nothing',
  )
  if (added === keys.length) return new Map()
  const rows = await ctx.db
    .selectFrom('import_seen')
    .select(['key', 'fingerprint', 'line'])
    .where('run_id', '=', runId)
    .where('key', 'in', textList(ctx.db, keys))
    .execute()
  const lineOf = new Map(keys.map((key, at) => [key, lines[at]]))
  const earlier = rows.filter((row) => lineOf.get(row.key) !== Number(row.line))
  return new Map(earlier.map((row) => [row.key, { line: Number(row.line), fingerprint: row.fingerprint }]))
}

/** How often each of these contents was met in this load (only those that were noted). */
export async function timesSeen(
  ctx: Ctx,
  runId: number,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const rows = await ctx.db
    .selectFrom('import_seen')
    .select(['key', 'times'])
    .where('run_id', '=', runId)
    .where('key', 'in', textList(ctx.db, keys))
    .execute()
  return new Map(rows.map((row) => [row.key, Number(row.times)]))
}

export async function noteTimes(ctx: Ctx, runId: number, times: ReadonlyMap<string, number>): Promise<void> {
  const columns = {
    run_id: runId,
    key: [...times.keys()],
    fingerprint: '',
    line: 0,
    times: [...times.values()],
  }
  const tail = 'on conflict (run_id, key) do update set times = excluded.times'
  await bulkInsert(ctx.db, 'import_seen', columns, times.size, tail)
}

/** Forgets the keys of ended loads. */
export async function clearSeen(ctx: Ctx, runIds: readonly number[]): Promise<void> {
  if (runIds.length === 0) return
  await ctx.db.deleteFrom('import_seen').where('run_id', 'in', runIds).execute()
}
