import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import { type Band, bandRank } from '../../model/churn.ts'
import type { Day } from '../../model/day.ts'
import type { BeforeAfter } from '../../model/preview.ts'
import { asKnownThen } from '../as-known-then.ts'
import type { LastState, ScoredState } from '../score-one.ts'
import type { YardsticksOn } from './draft-yardsticks.ts'
import { judgeBoth, type LastStates } from './judge-both.ts'

const WEEK = 7

/**
 * New warnings per rep and workday over the weeks before as-of, scored once a week by either settings: a customer that
 * enters `push.minBand` or gets worse in it. What people would have answered is not known, so nobody is repeated, and
 * no daily budget cuts anything off.
 */
export async function replayPushes(
  ctx: Ctx,
  asOf: Day,
  yardsticksOn: YardsticksOn,
  options: {
    readonly weeks: number
    readonly reps: number
    readonly signal: AbortSignal | undefined
    readonly progress: (done: number) => void
  },
): Promise<BeforeAfter> {
  const { weeks, reps, signal, progress } = options
  const from = asOf - weeks * WEEK
  const [now, draft] = [alerts(ctx), alerts(ctx)]
  const lastStates: LastStates = async () => now.states(draft)
  for (let week = 0; week <= weeks; week++) {
    const day = from + week * WEEK
    const yardsticks = await yardsticksOn(day, signal)
    const known = (customer: Parameters<typeof asKnownThen>[0]) => asKnownThen(customer, day)
    for await (const page of judgeBoth(ctx, day, yardsticks, { lastStates, known, signal })) {
      for (const one of page) {
        now.add(one.now, week > 0)
        draft.add(one.draft, week > 0)
      }
    }
    progress((week + 1) / (weeks + 1))
  }
  const repDays = Math.max(1, calendarFor(ctx.settings).workdaysBetween(from, asOf)) * Math.max(1, reps)
  return { before: now.count() / repDays, after: draft.count() / repDays }
}

interface Alerts {
  add(state: ScoredState, counts: boolean): void
  count(): number
  states(other: Alerts): Awaited<ReturnType<LastStates>>
  last(customerId: number): LastState | null
}

/** Follows the bands from week to week; only customers in a band are remembered. */
function alerts({ settings }: Ctx): Alerts {
  const pushed = bandRank(settings.push.minBand)
  const bands = new Map<number, Band>()
  let total = 0
  const last = (customerId: number): LastState => {
    const band = bands.get(customerId) ?? 'none'
    return { asOf: 0, band, bandSince: 0, stage: '', stageSince: 0 }
  }
  return {
    add({ customerId, band, churned }, counts) {
      const before = bands.get(customerId) ?? 'none'
      const warns = bandRank(band) >= pushed && bandRank(band) > 0 && !churned
      if (counts && warns && bandRank(band) > bandRank(before)) total++
      if (band === 'none') bands.delete(customerId)
      else bands.set(customerId, band)
    },
    count: () => total,
    last,
    states: (other) => ({ now: last, draft: other.last }),
  }
}
