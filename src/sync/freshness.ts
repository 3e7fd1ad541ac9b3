import { type Calendar, calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { Settings } from '../settings.ts'
import { type FeedLoad, recentLoads } from '../store/import-feeds.ts'

/** Why a feed cannot be trusted. */
export interface FreshnessProblem {
  readonly source: string
  readonly entity: string
  readonly kind: 'stale' | 'half-empty'
  /** Stale: workdays since the latest fact. */
  readonly days?: number
  /** Half-empty: rows of the latest workday, and of a usual one. */
  readonly rows?: number
  readonly usual?: number
  /** When it began: the latest fact, or the end of the load that came half-empty (UTC ms). */
  readonly since: number
}

export interface Freshness {
  readonly ok: boolean
  readonly problems: readonly FreshnessProblem[]
}

type Limits = Settings['sync']['freshness']

/** Loads looked at per feed: months of daily loads, days of loads every few minutes. */
const HISTORY = 500

/**
 * Whether the feeds of events are alive. With a stale or half-empty feed everybody looks silent, so risk pushes
 * wait. Only feeds are judged, i.e. sources that were loaded on at least `minHistory` different days: a log
 * imported from a file once is history, not a feed that could have stopped.
 * @param limits from where on a feed counts as stale or half-empty; by default those of the settings
 */
export async function checkFreshness(
  ctx: Ctx,
  limits: Limits = ctx.settings.sync.freshness,
): Promise<Freshness> {
  const calendar = calendarFor(ctx.settings)
  const feeds = await recentLoads(ctx, HISTORY)
  const problems = feeds
    .filter((loads) => isFeed(calendar, loads, limits))
    .flatMap((loads) => [
      staleness(ctx, loads, limits),
      emptiness(calendar, loads, { ...limits, now: ctx.clock.now() }),
    ])
    .filter((problem) => problem !== null)
  return { ok: problems.length === 0, problems }
}

/** A night without scoring is bridged; scores older than a feed may be would tell of a past that is over. */
export function scoresAreOld(ctx: Ctx, asOf: Day, day: Day): boolean {
  const { staleAfterDays } = ctx.settings.sync.freshness
  return calendarFor(ctx.settings).workdaysBetween(asOf, day - 1) >= staleAfterDays
}

function isFeed(calendar: Calendar, loads: readonly FeedLoad[], { minHistory }: Limits): boolean {
  const days = new Set(loads.map((load) => calendar.dayOf(load.finishedAt)))
  return days.size >= minHistory
}

/** Workdays without a fact, today not counted: what comes on a day may come until its end. */
function staleness(
  ctx: Ctx,
  loads: readonly FeedLoad[],
  { staleAfterDays }: Limits,
): FreshnessProblem | null {
  const calendar = calendarFor(ctx.settings)
  const latest = Math.max(...loads.map((load) => load.latestAt ?? Number.NEGATIVE_INFINITY))
  const [newest] = loads
  if (!newest || !Number.isFinite(latest)) return null
  const days = calendar.workdaysBetween(calendar.dayOf(latest), calendar.dayOf(ctx.clock.now()) - 1)
  if (days < staleAfterDays) return null
  return { source: newest.source, entity: newest.entity, kind: 'stale', days, since: latest }
}

/** The loads that brought facts up to one workday. */
interface DayVolume {
  readonly day: Day
  readonly rows: number
  readonly loads: number
  readonly finishedAt: number
}

/**
 * The newest workday's volume against the median of the earlier ones. Weekends and holidays are not compared: it
 * is normal that little happens on them.
 */
function emptiness(
  calendar: Calendar,
  loads: readonly FeedLoad[],
  { minHistory, halfEmptyShare, now }: Limits & { readonly now: number },
): FreshnessProblem | null {
  const [newest, ...earlier] = completeDays(calendar, loads, calendar.dayOf(now))
  if (!newest || earlier.length + 1 < minHistory) return null
  const usual = median(earlier.map((volume) => volume.rows))
  if (newest.rows >= usual * halfEmptyShare) return null
  const { source = '', entity = '' } = loads[0] ?? {}
  return { source, entity, kind: 'half-empty', rows: newest.rows, usual, since: newest.finishedAt }
}

/** Volumes by workday, newest first; today only when the feed comes in one load a day, so that it is complete. */
function completeDays(calendar: Calendar, loads: readonly FeedLoad[], today: Day): DayVolume[] {
  const days = new Map<Day, DayVolume>()
  for (const { latestAt, rows, finishedAt } of loads) {
    const day = latestAt === null ? null : calendar.dayOf(latestAt)
    if (day === null || !calendar.isWorkday(day)) continue
    const known = days.get(day) ?? { day, rows: 0, loads: 0, finishedAt }
    days.set(day, { ...known, rows: known.rows + rows, loads: known.loads + 1 })
  }
  const sorted = [...days.values()].sort((a, b) => b.day - a.day)
  const daily = median(sorted.map((volume) => volume.loads)) <= 1
  return sorted.filter((volume) => daily || volume.day < today)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
