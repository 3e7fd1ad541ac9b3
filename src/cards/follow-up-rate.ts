import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

export interface FollowUpRateInput {
  readonly period: string
  /** Whose alerts are counted; empty: everybody's. */
  readonly team: string
  readonly judged: number
  readonly inTime: number
  readonly rate: number | null
  readonly interval: readonly [number, number] | null
  readonly enough: boolean
  readonly falseAlarms: number
  /** The risk went away by itself in time. */
  readonly recovered: number
  readonly pending: number
  /** Work minutes. */
  readonly response: { readonly median: number; readonly p90: number; readonly n: number } | null
  readonly to: Day
  readonly unfinished: boolean
  /** The times to follow up that were in force: digest workdays, event work hours. */
  readonly limits: { readonly workdays: number; readonly workHours: number }
  /** The words of the question, for the button that shows names; null where no names are shown. */
  readonly names: string | null
}

/** Followed up in time, with n/N, interval, response time, definition and as-of. Totals only. */
export function followUpRateCard(input: FollowUpRateInput, text: Text): Card {
  const words = text.sla.rate
  const { percent, insufficient } = text.common
  const { rate, interval, response, judged, inTime } = input
  const value = rate === null ? insufficient : percent(rate)
  const late = judged - inTime
  return fitCard({
    summary: words.summary(input.period, value, inTime, judged),
    title: words.title(clip(input.period, 20), clip(input.team, 16)),
    figure: { value, label: words.label },
    fields: [
      { label: words.share, value: text.cards.churn.share(inTime, judged) },
      ...(interval
        ? [
            {
              label: text.cards.labels.interval,
              value: text.cards.churn.interval(percent(interval[0]), percent(interval[1])),
            },
          ]
        : []),
      {
        label: words.response,
        value: response === null ? insufficient : responseWords(response, text),
      },
    ],
    facts: [
      words.besides(input.pending, input.falseAlarms, input.recovered),
      rate !== null && !input.enough ? text.cards.churn.smallSample : '',
    ],
    notes: [
      words.definition(input.limits.workdays, input.limits.workHours),
      (input.unfinished ? text.stats.unfinished : text.stats.asOf)(text.common.day(input.to)),
    ],
    actions:
      input.names === null || late === 0
        ? []
        : [
            {
              action: 'follow-up-rate',
              label: words.showLate(late),
              payload: { words: input.names, late: 1 },
            },
          ],
  })
}

/** `中位 12 分钟，P90 3.5 小时（工作时间）`. */
function responseWords(response: Readonly<Record<'median' | 'p90', number>>, text: Text): string {
  return text.sla.rate.times(duration(response.median, text), duration(response.p90, text))
}

/** Below an hour in minutes: 0.0 hours tells nothing. */
function duration(minutes: number, { sla: { rate } }: Text): string {
  return minutes < 60 ? rate.minutes(Math.max(1, Math.round(minutes))) : rate.hours((minutes / 60).toFixed(1))
}

/** Fewer answers say nothing about their times. */
const MIN_ANSWERS = 20

/** The churn card of a team with two more lines: how last week's alerts were followed up, and how fast (A107, A115). */
export function weeklyCard(
  churn: Card,
  input: Pick<FollowUpRateInput, 'judged' | 'inTime' | 'rate' | 'enough' | 'response' | 'limits'>,
  text: Text,
): Card {
  const { weekly, definition } = text.sla.rate
  const { judged, inTime, rate, enough, response, limits } = input
  const share = rate === null || !enough ? weekly.tooFew : text.common.percent(rate)
  const known = response !== null && response.n >= MIN_ANSWERS
  return fitCard({
    ...churn,
    fields: [
      ...(churn.fields ?? []),
      { label: weekly.rate, value: weekly.value(inTime, judged, share) },
      {
        label: weekly.response,
        value: weekly.answered(known ? responseWords(response, text) : weekly.tooFew, response?.n ?? 0),
      },
    ],
    notes: [...(churn.notes ?? []), definition(limits.workdays, limits.workHours)],
  })
}

export interface LateAnswer {
  readonly customerId: number
  readonly customerName: string
  readonly ownerName: string
  readonly dueOn: Day
  readonly answeredOn: Day | null
}

const SHOWN = 9

/** The names behind the figure, for those who may see them. */
export function lateAnswersCard(
  { period, late }: { readonly period: string; readonly late: readonly LateAnswer[] },
  text: Text,
): Card {
  const words = text.sla.rate
  const title = words.lateTitle(period, late.length)
  return fitCard({
    summary: title,
    title,
    facts: late.slice(0, SHOWN).map((one) => {
      const name = text.handOver.named(clip(one.customerName, 18), clip(one.ownerName, 8))
      const answered = one.answeredOn === null ? null : text.common.date(one.answeredOn)
      return words.lateLine(name, text.common.date(one.dueOn), answered)
    }),
    notes: late.length > SHOWN ? [text.cards.mine.more(late.length - SHOWN)] : [],
  })
}
