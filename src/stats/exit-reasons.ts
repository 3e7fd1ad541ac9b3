import { type Scope, withoutReach } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { LOST_REASONS, type LostReason } from '../model/case.ts'
import { wilson } from '../model/cohort.ts'
import type { Day } from '../model/day.ts'
import { followUpReasons, type GivenReason, lostCaseReasons } from '../store/told-reasons.ts'
import type { Period } from './period.ts'

/** Fewer lost customers than this give no share of a segment, and 样本不足 for the whole. */
export const MIN_LOST = 20

export interface ReasonCustomer {
  readonly id: number
  readonly name: string
  readonly lost: boolean
}

/** One reason: lost customers first, then those who only named it. */
export interface RankedReason {
  readonly reason: LostReason
  readonly lost: number
  /** Of all lost customers of the period; null when nobody was lost. */
  readonly share: number | null
  /** Wilson 95 % interval of the share. */
  readonly interval: readonly [number, number] | null
  /** Customers who named it in a follow-up and were not lost. */
  readonly told: number
  readonly customers: readonly ReasonCustomer[]
}

export interface ExitReasons {
  readonly period: string
  /** The last day that is counted. */
  readonly to: Day
  readonly unfinished: boolean
  readonly lost: number
  readonly enough: boolean
  /** The most frequent first; reasons nobody gave are absent. */
  readonly ranked: readonly RankedReason[]
  /** The first reason of every segment with at least `MIN_LOST` lost customers. */
  readonly segments: readonly { segment: string; lost: number; reason: LostReason; share: number }[]
}

/**
 * Why customers leave (A26, A85): customers whose loss was registered in the period, by the reason given last, and those
 * who named a reason in a follow-up without being lost. A customer counts once a reason.
 */
export async function exitReasons(
  ctx: Ctx,
  { scope, period }: { scope: Scope; period: Period },
): Promise<ExitReasons> {
  const calendar = calendarFor(ctx.settings)
  const to = Math.min(period.to, calendar.dayOf(ctx.clock.now()))
  const own = withoutReach(scope)
  const span = { from: calendar.instant(period.from), before: calendar.instant(to + 1) }
  const closed = await lostCaseReasons(ctx, own, span)
  const told = await followUpReasons(ctx, own, { from: period.from, to })
  return {
    ...rankReasons([...closed, ...told]),
    period: period.label,
    to,
    unfinished: to < period.to,
  }
}

/** Counts and ranks. Pure. @param given in the order they were given, closed cases before follow-ups */
export function rankReasons(
  given: readonly GivenReason[],
): Pick<ExitReasons, 'lost' | 'enough' | 'ranked' | 'segments'> {
  const lost = new Map(given.filter((one) => one.lost).map((one) => [one.customerId, one]))
  const named = new Map(
    given
      .filter((one) => !lost.has(one.customerId))
      .map((one) => [`${one.customerId} ${reasonOf(one)}`, one]),
  )
  const all = [...lost.values(), ...named.values()]
  const ranked = LOST_REASONS.map((reason) => ranking(reason, all, lost.size))
    .filter((one) => one.customers.length > 0)
    .sort((a, b) => b.lost - a.lost || b.told - a.told)
  return {
    lost: lost.size,
    enough: lost.size >= MIN_LOST,
    ranked,
    segments: segmentsOf([...lost.values()]),
  }
}

function ranking(reason: LostReason, all: readonly GivenReason[], total: number): RankedReason {
  const mine = all.filter((one) => reasonOf(one) === reason)
  const lost = mine.filter((one) => one.lost).length
  return {
    reason,
    lost,
    share: total === 0 ? null : lost / total,
    interval: total === 0 ? null : wilson(lost, total),
    told: mine.length - lost,
    customers: mine.map((one) => ({ id: one.customerId, name: one.customerName, lost: one.lost })),
  }
}

function segmentsOf(lost: readonly GivenReason[]): ExitReasons['segments'] {
  return [...new Set(lost.map((one) => one.segment))].sort().flatMap((segment) => {
    const mine = lost.filter((one) => one.segment === segment)
    if (mine.length < MIN_LOST) return []
    const counts = LOST_REASONS.map((reason) => ({
      reason,
      n: mine.filter((one) => reasonOf(one) === reason).length,
    }))
    const [first] = counts.sort((a, b) => b.n - a.n)
    return first ? [{ segment, lost: mine.length, reason: first.reason, share: first.n / mine.length }] : []
  })
}

/** Follow-ups call 转渠道 another name; a word of a newer version is 其他. */
function reasonOf({ reason }: GivenReason): LostReason {
  const word = reason === 'channel-switch' ? 'moved-channel' : reason
  return LOST_REASONS.find((one) => one === word) ?? 'other'
}
