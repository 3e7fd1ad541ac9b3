import { type Scope, withoutReach } from '../access.ts'
import { type Calendar, calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { wilson } from '../model/cohort.ts'
import type { Day } from '../model/day.ts'
import { type AnsweredCase, answeredCases } from '../store/answered-cases.ts'
import { textFor } from '../text/index.ts'
import type { Period } from './period.ts'

/** Below this many alerts a rate is shown with 样本不足. */
export const MIN_ALERTS = 20

/**
 * How many alerts were followed up in time, and how fast (A107, A115). `inTime / judged` is the rate: alerts opened in
 * the period whose time is over or that were answered; answered is a follow-up with a result. No valid alerts, and so in
 * neither number, are false alarms and those whose risk went away by itself while there still was time. One that went
 * away after its time was late by then, and stays so.
 */
export interface FollowUpRate {
  readonly judged: number
  readonly inTime: number
  /** Null without a base. */
  readonly rate: number | null
  /** Wilson 95 % interval. */
  readonly interval: readonly [number, number] | null
  readonly enough: boolean
  readonly falseAlarms: number
  /** Over by themselves in time, and not answered. */
  readonly recovered: number
  /** Not answered, and still in time. */
  readonly pending: number
  /** Work minutes from alert to answer of the answered ones; null when there are none. */
  readonly response: { readonly median: number; readonly p90: number; readonly n: number } | null
  /** Judged and not in time, the oldest first. */
  readonly late: readonly AnsweredCase[]
}

export interface FollowUpFigures extends FollowUpRate {
  readonly period: string
  /** The last day that is counted. */
  readonly to: Day
  readonly unfinished: boolean
}

/** @throws AppError `bad-input` for a period that has not begun */
export async function followUpFigures(
  ctx: Ctx,
  { scope, period }: { readonly scope: Scope; readonly period: Period },
): Promise<FollowUpFigures> {
  const calendar = calendarFor(ctx.settings)
  const now = ctx.clock.now()
  const today = calendar.dayOf(now)
  if (period.from > today) {
    const say = textFor(ctx.settings.locale).stats.notBegun(period.label)
    throw new AppError('bad-input', 'the period has not begun', { say })
  }
  const to = Math.min(period.to, today)
  const cases = await answeredCases(ctx, withoutReach(scope), { from: period.from, to })
  return { ...followUpRate(cases, now, calendar), period: period.label, to, unfinished: to < period.to }
}

/** Pure: the figures of these cases at `now`. */
export function followUpRate(cases: readonly AnsweredCase[], now: number, calendar: Calendar): FollowUpRate {
  const falseAlarms = cases.filter((one) => one.state === 'false-alarm')
  const recovered = cases.filter(recoveredInTime)
  const valid = cases.filter((one) => one.state !== 'false-alarm' && !recoveredInTime(one))
  const judged = valid.filter((one) => one.answeredAt !== null || one.slaDueAt <= now)
  const late = judged.filter((one) => one.answeredAt === null || one.answeredAt > one.slaDueAt)
  const minutes = valid.flatMap((one) =>
    one.answeredAt === null ? [] : [calendar.workMinutesBetween(one.openedAt, one.answeredAt)],
  )
  const inTime = judged.length - late.length
  const some = judged.length > 0
  return {
    judged: judged.length,
    inTime,
    rate: some ? inTime / judged.length : null,
    interval: some ? wilson(inTime, judged.length) : null,
    enough: judged.length >= MIN_ALERTS,
    falseAlarms: falseAlarms.length,
    recovered: recovered.length,
    pending: valid.length - judged.length,
    response: responseOf(minutes),
    late,
  }
}

function recoveredInTime({ answeredAt, recoveredAt, slaDueAt }: AnsweredCase): boolean {
  return answeredAt === null && recoveredAt !== null && recoveredAt < slaDueAt
}

function responseOf(minutes: readonly number[]): FollowUpRate['response'] {
  if (minutes.length === 0) return null
  const sorted = [...minutes].sort((a, b) => a - b)
  return { median: nearestRank(sorted, 0.5), p90: nearestRank(sorted, 0.9), n: sorted.length }
}

/** The smallest value that at least `share` of the values do not exceed: a wait that really happened. */
function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
