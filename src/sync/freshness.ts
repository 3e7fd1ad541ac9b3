import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { type FeedLoad, recentLoads } from '../store/import-feeds.ts'

/** Why a feed cannot be trusted. */
export interface FreshnessProblem {
  readonly source: string
  readonly entity: string
  readonly kind: 'stale' | 'half-empty'
  /** Stale: workdays since the latest fact. */
  readonly days?: number
  /** Half-empty: rows of the latest load, and of a usual one. */
  readonly rows?: number
  readonly usual?: number
  /** When it began: the latest fact, or the end of the load that came half-empty (UTC ms). */
  readonly since: number
}

export interface Freshness {
  readonly ok: boolean
  readonly problems: readonly FreshnessProblem[]
}

/** Loads that the usual volume is taken from. */
const HISTORY = 20

/**
 * Whether the feeds of events are alive. With a stale or half-empty feed everybody looks silent, so risk pushes
 * wait. Only feeds are judged, i.e. sources loaded at least `minHistory` times: a log imported once from a file
 * is history, not a feed that could have stopped.
 */
export async function checkFreshness(ctx: Ctx): Promise<Freshness> {
  const { minHistory } = ctx.settings.sync.freshness
  const feeds = await recentLoads(ctx, HISTORY)
  const problems = feeds
    .filter((loads) => loads.length >= minHistory)
    .flatMap((loads) => [staleness(ctx, loads), emptiness(ctx, loads)])
    .filter((problem) => problem !== null)
  return { ok: problems.length === 0, problems }
}

/** Workdays since the feed's latest fact; what comes on a day is expected by the end of it. */
function staleness(ctx: Ctx, loads: readonly FeedLoad[]): FreshnessProblem | null {
  const latest = Math.max(...loads.map((load) => load.latestAt ?? Number.NEGATIVE_INFINITY))
  const [newest] = loads
  if (!newest || !Number.isFinite(latest)) return null
  const calendar = calendarFor(ctx.settings)
  const days = calendar.workdaysBetween(calendar.dayOf(latest), calendar.dayOf(ctx.clock.now()) - 1)
  if (days < ctx.settings.sync.freshness.staleAfterDays) return null
  return { source: newest.source, entity: newest.entity, kind: 'stale', days, since: latest }
}

function emptiness(ctx: Ctx, loads: readonly FeedLoad[]): FreshnessProblem | null {
  const [newest, ...earlier] = loads
  if (!newest || earlier.length === 0) return null
  const usual = median(earlier.map((load) => load.rows))
  if (newest.rows >= usual * ctx.settings.sync.freshness.halfEmptyShare) return null
  const { source, entity, rows, finishedAt: since } = newest
  return { source, entity, kind: 'half-empty', rows, usual, since }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
