import { type Calendar, calendarFor } from '../calendar.ts'
import type { DipCause } from '../cards/group-dip.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { GroupDip } from '../model/group-dip.ts'
import { competitorEvents } from '../store/competitor-events.ts'
import { checkFreshness } from '../sync/freshness.ts'

/** Causes older than this are none. */
const WINDOW_DAYS = 14
/** Shorter holidays keep nobody from ordering. */
const MIN_HOLIDAY_DAYS = 3
/** Feeds that are still good enough for pushes and may yet explain a dip: a workday without facts, a fifth of them missing. */
const NEARLY = { staleAfterDays: 1, halfEmptyShare: 0.8 }

/**
 * What may have made a group fall together in the morning of `day`, as far as calendars and feeds tell. An event of a
 * competitor elsewhere is no cause for the dip of a region.
 */
export async function dipCauses(
  ctx: Ctx,
  { day, kind, name }: Pick<GroupDip, 'day' | 'kind' | 'name'>,
): Promise<DipCause[]> {
  const events = await competitorEvents(ctx, [day - WINDOW_DAYS, day - 1])
  const near = events.filter(({ region }) => kind !== 'region' || region === null || region === name)
  const others = await otherCauses(ctx, [day - WINDOW_DAYS, day - 1])
  return [...near.map((one): DipCause => ({ ...one, kind: 'competitor' })), ...others]
}

/** Causes that nobody entered: holidays that touch the days [from, to], and feeds that are not quite alive now. */
export async function otherCauses(ctx: Ctx, span: readonly [Day, Day]): Promise<DipCause[]> {
  const { problems } = await checkFreshness(ctx, { ...ctx.settings.sync.freshness, ...NEARLY })
  return [...holidaysIn(ctx, span), ...problems.map((problem): DipCause => ({ kind: 'feed', problem }))]
}

function holidaysIn(ctx: Ctx, [first, last]: readonly [Day, Day]): DipCause[] {
  const calendar = calendarFor(ctx.settings)
  const causes: DipCause[] = []
  for (let day = first; day <= last; day++) {
    const name = calendar.holidayName(day)
    if (name === null) continue
    // The whole holiday, also what lies outside the span.
    const [from, to] = holidayAround(calendar, day, name)
    if (to - from + 1 >= MIN_HOLIDAY_DAYS) causes.push({ kind: 'holiday', name, from, to })
    day = to
  }
  return causes
}

function holidayAround(calendar: Calendar, day: Day, name: string): [Day, Day] {
  let [from, to] = [day, day]
  while (calendar.holidayName(from - 1) === name) from--
  while (calendar.holidayName(to + 1) === name) to++
  return [from, to]
}
