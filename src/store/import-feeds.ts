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

/** The state of one feed for the administrator. */
export interface FeedStatus {
  readonly source: string
  readonly entity: string
  readonly state: 'running' | 'done' | 'failed'
  readonly startedAt: number
  readonly finishedAt: number | null
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly rejected: number
  readonly latestAt: number | null
  readonly error: string | null
}

/** The latest load of every feed, for `liuke sync` and the administrator's view. */
export async function feedStatuses(ctx: Ctx): Promise<FeedStatus[]> {
  const latest = ctx.db
    .selectFrom('import_runs')
    .select((eb) => eb.fn.max('id').as('id'))
    .groupBy(['source', 'entity'])
  const rows = await ctx.db
    .selectFrom('import_runs')
    .selectAll()
    .where('id', 'in', latest)
    .orderBy('source')
    .orderBy('entity')
    .execute()
  return rows.map((row) => ({
    source: row.source,
    entity: row.entity,
    state: row.state,
    startedAt: Number(row.started_at),
    finishedAt: row.finished_at === null ? null : Number(row.finished_at),
    read: Number(row.read),
    added: Number(row.added),
    changed: Number(row.changed),
    rejected: Number(row.rejected),
    latestAt: row.latest_at === null ? null : Number(row.latest_at),
    error: row.error,
  }))
}
