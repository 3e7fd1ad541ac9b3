import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { GroupDip, GroupKind, NewlyAtRisk } from '../model/group-dip.ts'
import { addDip } from '../store/group-dips.ts'
import { newlyAtRisk, scoredDays } from '../store/newly-at-risk.ts'
import { dipsAmong, type GroupMornings, type Morning } from './group-dip.ts'
import { type Slot, slotsBefore, within } from './slots.ts'

const KINDS: readonly GroupKind[] = ['team', 'region', 'segment', 'industry']

interface Group extends GroupMornings {
  readonly kind: GroupKind
  readonly name: string
  readonly members: readonly number[]
}

/**
 * Looks for groups in which unusually many customers became at risk since the last morning, and holds their alerts.
 * Returns what is new, one for each team that has customers in it. Runs in the caller's transaction; a second run of
 * the day finds the same and returns nothing.
 */
export async function holdDips(ctx: Ctx, day: Day): Promise<GroupDip[]> {
  const { dips } = ctx.settings.noise
  if (!dips.enabled) return []
  const until = calendarFor(ctx.settings).addWorkdays(day, dips.holdWorkdays)
  const held: GroupDip[] = []
  const { groups, teamOf } = await groupsOn(ctx, day)
  for (const { kind, name, expected, p, members } of dipsAmong(groups, dips)) {
    for (const [teamId, customers] of Map.groupBy(members, (id) => teamOf.get(id) ?? null)) {
      const size = members.length
      const dip = await addDip(ctx, { day, kind, name, teamId, size, expected, p, customers, until })
      if (dip) held.push(dip)
    }
  }
  return held
}

/** Every group with somebody newly at risk in these weeks; none while the past is too short to compare with. */
async function groupsOn(
  ctx: Ctx,
  day: Day,
): Promise<{ groups: Group[]; teamOf: Map<number, number | null> }> {
  const { baselineWorkdays } = ctx.settings.noise.dips
  const [now, ...earlier] = slotsBefore(calendarFor(ctx.settings), day, baselineWorkdays + 1)
  const span = [earlier.at(-1)?.from ?? day, day - 1] as const
  const scored = await scoredDays(ctx, [span[0] - 1, span[1]])
  const known = earlier.filter((slot) => scored.has(slot.from - 1) && scored.has(slot.to))
  if (!now || known.length * 2 < baselineWorkdays || !scored.has(now.from - 1)) {
    return { groups: [], teamOf: new Map() }
  }
  const rises = await newlyAtRisk(ctx, ctx.settings.push.minBand, span)
  const groups = KINDS.flatMap((kind) => groupsOfKind(kind, rises, { now, known }))
  return { groups, teamOf: new Map(rises.map((one) => [one.customerId, one.teamId])) }
}

function groupsOfKind(
  kind: GroupKind,
  rises: readonly NewlyAtRisk[],
  { now, known }: { readonly now: Slot; readonly known: readonly Slot[] },
): Group[] {
  const byName = Map.groupBy(rises, (one) => one.groups[kind])
  return [...byName].flatMap(([name, own]) => {
    const members = within(own, now)
    if (name === undefined) return []
    const baseline = known.map((slot): Morning => ({ count: within(own, slot).length, days: lengthOf(slot) }))
    return [{ kind, name, members, baseline, now: { count: members.length, days: lengthOf(now) } }]
  })
}

function lengthOf({ from, to }: Slot): number {
  return to - from + 1
}
