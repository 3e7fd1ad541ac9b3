import { type Calendar, calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { CompetitorEvent, CompetitorFinding } from '../model/competitor-event.ts'
import type { Day } from '../model/day.ts'
import type { NewlyAtRisk } from '../model/group-dip.ts'
import { competitorEvents } from '../store/competitor-events.ts'
import { newlyAtRisk, scoredDays } from '../store/newly-at-risk.ts'
import { fallenWindows, lookOf, type WindowGroup } from './competitor-looks.ts'
import { forecast, likelyRange, type Morning } from './group-dip.ts'
import { type Slot, slotsBefore, within } from './slots.ts'

/** Windows that ended longer ago are history. */
const LOOK_BACK_DAYS = 60

/** A part of the customers whom a window concerns: all of them (null) or one segment. */
interface Group extends WindowGroup {
  readonly segment: string | null
  readonly rises: readonly NewlyAtRisk[]
  readonly members: readonly number[]
}

interface Window {
  readonly event: CompetitorEvent
  readonly looks: number
  readonly asOf: Day | null
  /** Mornings before the window whose scores are known; null: too few to compare with. */
  readonly baseline: readonly Slot[] | null
}

/**
 * What the windows of competitors' events did, as the scores up to the day before `day` tell (A49): customers that became
 * at risk in the window, by segment too, against the mornings before it. Nothing is stored: the same day finds the same,
 * and a window that was looked at once says the same until its next section is over. For jobs and leads: totals of the
 * company, and ids of customers for those who tell teams.
 */
export async function competitorFindings(ctx: Ctx, day: Day): Promise<CompetitorFinding[]> {
  const calendar = calendarFor(ctx.settings)
  const events = await competitorEvents(ctx, [day - LOOK_BACK_DAYS, day - 1])
  const [first] = events
  if (!first) return []
  const limits = ctx.settings.noise.competitors
  const since = slotsBefore(calendar, first.from, limits.baselineWorkdays).at(-1)?.from ?? first.from
  const scored = await scoredDays(ctx, [since - 1, day - 1])
  const rises = await newlyAtRisk(ctx, ctx.settings.push.minBand, [since, day - 1])
  const windows = events.map((event) => windowOf(calendar, event, { day, scored, ...limits }))
  const groups = windows.flatMap((window) => groupsOf(calendar, window, rises))
  const fallen = fallenWindows(groups, limits)
  return windows.map((window) => findingOf(window, groups, fallen.get(window.event.id)))
}

function windowOf(
  calendar: Calendar,
  event: CompetitorEvent,
  given: { readonly day: Day; readonly scored: ReadonlySet<Day>; readonly baselineWorkdays: number },
): Window {
  const { day, scored, baselineWorkdays } = given
  const known = slotsBefore(calendar, event.from, baselineWorkdays).filter(
    ({ from, to }) => scored.has(from - 1) && scored.has(to),
  )
  const { looks, asOf: end } = lookOf(calendar, event, day - 1)
  if (end === null) return { event, looks, asOf: null, baseline: null }
  // A section may end on a day without scores. The day before the window needs them: else its first scores tell older rises too.
  const days = Array.from({ length: end - event.from + 1 }, (_, at) => end - at)
  const asOf = days.find((one) => scored.has(one)) ?? end
  const judged = scored.has(event.from - 1) && scored.has(asOf)
  const enough = judged && known.length * 2 >= baselineWorkdays && openDays(calendar, event.from, asOf) > 0
  return { event, looks, asOf, baseline: enough ? known : null }
}

function groupsOf(
  calendar: Calendar,
  { event, looks, asOf, baseline }: Window,
  rises: readonly NewlyAtRisk[],
): Group[] {
  if (asOf === null || baseline === null) return []
  const near = rises.filter(({ groups }) => concerns(event, groups))
  const bySegment = Map.groupBy(near, (one) => one.groups.segment)
  // A single segment is all of them.
  const segments = bySegment.size > 1 ? [...bySegment] : []
  return [[undefined, near] as const, ...segments].map(([segment, own]) => {
    const members = within(own, { from: event.from, to: asOf })
    const mornings = baseline.map((slot): Morning => {
      return { count: within(own, slot).length, days: openDays(calendar, slot.from, slot.to) }
    })
    const now = { count: members.length, days: openDays(calendar, event.from, asOf) }
    return { event: event.id, looks, segment: segment ?? null, rises: own, members, baseline: mornings, now }
  })
}

/** An event of a region concerns the customers of that region, and of a team that is called so. */
function concerns({ region }: CompetitorEvent, { region: own, team }: NewlyAtRisk['groups']): boolean {
  return region === null || region === own || region === team
}

/** Days on which silence grows: public holidays do not count. */
function openDays(calendar: Calendar, from: Day, to: Day): number {
  let days = 0
  for (let day = from; day <= to; day++) if (calendar.holidayName(day) === null) days++
  return days
}

function findingOf(
  { event, asOf, baseline }: Window,
  groups: readonly Group[],
  fallen: Group | undefined,
): CompetitorFinding {
  if (asOf === null) return { event, state: 'waiting' }
  const told = fallen ?? groups.find((one) => one.event === event.id)
  if (baseline === null || !told) return { event, state: 'too-short' }
  const { segment, members, rises, now } = told
  const expected = forecast(told.baseline, now.days)
  const teamOf = new Map(rises.map((one) => [one.customerId, one.teamId]))
  return {
    event,
    state: fallen ? 'more' : 'as-usual',
    asOf,
    segment,
    size: members.length,
    expected: expected.mean,
    range: likelyRange(expected),
    mornings: baseline.length,
    byTeam: Map.groupBy(members, (id) => teamOf.get(id) ?? null),
  }
}
