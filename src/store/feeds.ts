import type { Ctx } from '../context.ts'

/** One source of events, as its finished loads tell. */
export interface EventFeed {
  readonly source: string
  /** The newest fact of all loads. */
  readonly latestAt: number
  /** Rows of its loads of files, the newest first. A connector's loads tell nothing: they bring what is new. */
  readonly fileRows: readonly number[]
  /** When its newest load ended. */
  readonly loadedAt: number
}

/** Loads of a source that are looked at. */
const LOADS = 13

/** Every source that ever brought events. */
export async function eventFeeds(ctx: Ctx): Promise<EventFeed[]> {
  const sources = await ctx.db
    .selectFrom('import_runs')
    .select(['source', (eb) => eb.fn.max('latest_at').as('latestAt')])
    .where('entity', '=', 'events')
    .where('state', '=', 'done')
    .where('latest_at', 'is not', null)
    .groupBy('source')
    .orderBy('source')
    .execute()
  const feeds: EventFeed[] = []
  for (const { source, latestAt } of sources) {
    const loads = await ctx.db
      .selectFrom('import_runs')
      .select(['file', 'read', 'finished_at'])
      .where('source', '=', source)
      .where('entity', '=', 'events')
      .where('state', '=', 'done')
      .orderBy('id', 'desc')
      .limit(LOADS)
      .execute()
    feeds.push({
      source,
      latestAt: Number(latestAt),
      fileRows: loads.filter((load) => !load.file.startsWith('connector:')).map((load) => Number(load.read)),
      loadedAt: Number(loads[0]?.finished_at ?? 0),
    })
  }
  return feeds
}
