import type { Ctx } from '../context.ts'

/** A finished load as freshness sees it. */
export interface FeedLoad {
  readonly id: number
  readonly source: string
  readonly entity: string
  readonly finishedAt: number
  /** Good rows in the load, new or not. */
  readonly rows: number
  /** Latest fact in it (UTC ms). */
  readonly latestAt: number | null
}

/** The newest `limit` finished loads of every feed of events, newest first. */
export async function recentLoads(ctx: Ctx, limit: number): Promise<FeedLoad[][]> {
  const feeds = await ctx.db
    .selectFrom('import_runs')
    .select(['source', 'entity'])
    .distinct()
    .where('state', '=', 'done')
    .where('entity', '=', 'events')
    .orderBy('source')
    .execute()
  const loads: FeedLoad[][] = []
  for (const { source, entity } of feeds) loads.push(await loadsOf(ctx, source, entity, limit))
  return loads
}

async function loadsOf(ctx: Ctx, source: string, entity: string, limit: number): Promise<FeedLoad[]> {
  const rows = await ctx.db
    .selectFrom('import_runs')
    .select(['id', 'finished_at', 'added', 'changed', 'unchanged', 'latest_at'])
    .where('source', '=', source)
    .where('entity', '=', entity)
    .where('state', '=', 'done')
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: Number(row.id),
    source,
    entity,
    finishedAt: Number(row.finished_at ?? 0),
    rows: Number(row.added) + Number(row.changed) + Number(row.unchanged),
    latestAt: row.latest_at === null ? null : Number(row.latest_at),
  }))
}
