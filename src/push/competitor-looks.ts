import type { Calendar } from '../calendar.ts'
import type { CompetitorEvent } from '../model/competitor-event.ts'
import type { Day } from '../model/day.ts'
import {
  benjaminiHochberg,
  type DipLimits,
  type GroupMornings,
  type Morning,
  type Unusual,
  unusual,
} from './group-dip.ts'

/** A section of a window has at least so many workdays, and a window at most so many sections. */
const SECTION_WORKDAYS = 5
const MOST_LOOKS = 4
const WEEK = 5

/** How often a window is looked at, and the last day of the newest section that is over. */
export interface Look {
  readonly looks: number
  /** Null: none is over yet. */
  readonly asOf: Day | null
}

/**
 * A long window is looked at after each of up to four equal sections, so that its end need not be waited for; a short one
 * once, when it is over. How often is known before the first look, so that p can pay for it.
 * @param lastDay the last day whose scores are known
 */
export function lookOf(
  calendar: Calendar,
  { from, to }: Pick<CompetitorEvent, 'from' | 'to'>,
  lastDay: Day,
): Look {
  const workdays = calendar.workdaysBetween(from - 1, to)
  const looks = Math.min(MOST_LOOKS, Math.max(1, Math.floor(workdays / SECTION_WORKDAYS)))
  const ends = Array.from({ length: looks }, (_, at) =>
    at === looks - 1 ? to : calendar.addWorkdays(from - 1, Math.ceil((workdays * (at + 1)) / looks)),
  )
  return { looks, asOf: ends.findLast((end) => end <= lastDay) ?? null }
}

/** Customers of one group in one window, against the mornings before it. */
export interface WindowGroup extends GroupMornings {
  readonly event: number
  readonly looks: number
}

/** Whole weeks swing too, and a window is as long as weeks: the baseline by five mornings each; the oldest rest is left. */
function weeksOf(mornings: readonly Morning[]): Morning[] {
  return Array.from({ length: Math.floor(mornings.length / WEEK) }, (_, at) => {
    const week = mornings.slice(at * WEEK, (at + 1) * WEEK)
    return {
      count: week.reduce((sum, one) => sum + one.count, 0),
      days: week.reduce((sum, one) => sum + one.days, 0),
    }
  })
}

/**
 * The groups with more customers at risk in their window than chance explains: p is multiplied by the number of looks
 * (Bonferroni) and then judged among all groups of all windows (Benjamini–Hochberg). Of a window with several of them the
 * least likely one. Generic in what a group is.
 */
export function fallenWindows<G extends WindowGroup>(
  groups: readonly G[],
  limits: DipLimits,
): Map<number, G & Unusual> {
  const tested = groups.map((group) => {
    const { expected, p } = unusual(group)
    const byWeek = unusual({ ...group, baseline: weeksOf(group.baseline) }).p
    return { ...group, expected, p: Math.min(1, Math.max(p, byWeek) * group.looks) }
  })
  const fell = benjaminiHochberg(
    tested.map((one) => one.p),
    limits.falseShare,
  )
  const found = new Map<number, G & Unusual>()
  for (const [at, one] of tested.entries()) {
    const { count } = one.now
    if (!fell[at] || count < limits.minCustomers || count < limits.minRatio * one.expected) continue
    const known = found.get(one.event)
    if (!known || one.p < known.p) found.set(one.event, one)
  }
  return found
}
