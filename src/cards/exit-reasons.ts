import type { Card } from '../model/card.ts'
import type { LostReason } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

const SHOWN = 6
const NAMES = 8

export interface ExitReasonsInput {
  readonly period: string
  /** Whose customers are counted; empty: everybody's. */
  readonly team: string
  readonly lost: number
  readonly enough: boolean
  readonly ranked: readonly {
    readonly reason: LostReason
    readonly lost: number
    readonly share: number | null
    readonly interval: readonly [number, number] | null
    readonly told: number
  }[]
  readonly segments: readonly { segment: string; lost: number; reason: LostReason; share: number }[]
  readonly to: Day
  readonly unfinished: boolean
  /** The words of the question, for the buttons that show customers; null: no buttons. */
  readonly question: string | null
}

/** Why customers leave, ranked, with n/N and interval; what was only named stands apart (A26, A85). */
export function exitReasonsCard(input: ExitReasonsInput, text: Text): Card {
  const words = text.voices.reasons
  const { ranked, lost, question } = input
  const title = words.title(clip(input.period, 20), clip(input.team, 16))
  return fitCard({
    summary: `${title}：${words.lost(lost)}`,
    title,
    figure: { value: String(lost), label: words.figure },
    facts: [
      ...ranked.slice(0, SHOWN).map((one, at) => reasonLine(one, at + 1, lost, text)),
      ...(ranked.length === 0 ? [words.none] : []),
      ...(lost > 0 && !input.enough ? [text.cards.churn.smallSample] : []),
      ...input.segments
        .slice(0, 2)
        .map(({ segment, lost: n, reason, share }) =>
          words.segment(clip(segment, 12), n, text.sla.lostReasons[reason], text.common.percent(share)),
        ),
    ],
    notes: [
      words.definition,
      (input.unfinished ? text.stats.unfinished : text.stats.asOf)(text.common.day(input.to)),
    ],
    ...(question !== null && {
      actions: ranked.slice(0, 3).map(({ reason }) => ({
        action: 'reasons',
        label: words.who(text.sla.lostReasons[reason]),
        payload: { words: question, reason },
      })),
    }),
  })
}

function reasonLine(
  { reason, lost, share, interval, told }: ExitReasonsInput['ranked'][number],
  rank: number,
  total: number,
  text: Text,
): string {
  const words = text.voices.reasons
  const name = text.sla.lostReasons[reason]
  const { percent } = text.common
  const figure =
    lost === 0 || share === null || interval === null
      ? ''
      : words.share(
          lost,
          total,
          percent(share),
          text.cards.churn.interval(percent(interval[0]), percent(interval[1])),
        )
  return words.line(rank, name, figure, told)
}

/** The customers behind a reason; in a group their names come masked. */
export function reasonCustomersCard(
  input: {
    readonly period: string
    readonly reason: LostReason
    readonly customers: readonly { readonly name: string; readonly lost: boolean }[]
  },
  text: Text,
): Card {
  const words = text.voices.reasons
  const title = words.customers(
    text.sla.lostReasons[input.reason],
    clip(input.period, 20),
    input.customers.length,
  )
  const hidden = input.customers.length - NAMES
  return fitCard({
    summary: title,
    title,
    facts: input.customers
      .slice(0, NAMES)
      .map(({ name, lost }) => words.customer(clip(name, 24), lost ? words.isLost : words.isTold)),
    notes: hidden > 0 ? [text.push.more(hidden)] : [],
  })
}
