import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

export interface ChurnCardInput {
  /** 本月, 2026-10 …: as the figure names it. */
  readonly period: string
  /** Whose customers are counted; empty: everybody's. */
  readonly team: string
  /** A team was asked for, but only the reader's own customers are counted. */
  readonly ownOnly: boolean
  readonly opening: number
  readonly lost: number
  /** lost ÷ opening; null without a base. */
  readonly rate: number | null
  readonly interval: readonly [number, number] | null
  readonly returned: number
  readonly fresh: number
  /** The definitions in words, with their version. */
  readonly definition: string
  /** The last day that is counted. */
  readonly asOf: Day
  /** The period goes on after it. */
  readonly unfinished: boolean
  /** Too few customers for a conclusion. */
  readonly small: boolean
}

/** The churn rate with everything that makes it honest: n/N, interval, definition, as-of (A1, T1). */
export function churnCard(input: ChurnCardInput, text: Text): Card {
  const { labels, churn: words } = text.cards
  const rate = input.rate === null ? words.noBase : text.common.percent(input.rate)
  const interval = input.rate === null ? null : input.interval
  return fitCard({
    summary: words.summary(input.period, rate, input.lost, input.opening),
    title: words.title(clip(input.period, 20), clip(input.team, 16)),
    figure: { value: rate, label: labels.churnRate },
    fields: [
      { label: labels.lost, value: words.share(input.lost, input.opening) },
      ...(interval
        ? [
            {
              label: labels.interval,
              value: words.interval(text.common.percent(interval[0]), text.common.percent(interval[1])),
            },
          ]
        : []),
      { label: labels.returned, value: words.families(input.returned) },
      { label: labels.fresh, value: words.fresh(input.fresh) },
    ],
    facts: [
      ...(input.ownOnly ? [words.ownOnly] : []),
      ...(input.rate === null ? [words.noBaseLine] : []),
      ...(input.rate !== null && input.small ? [words.smallSample] : []),
    ],
    notes: [
      input.definition,
      (input.unfinished ? text.stats.unfinished : text.stats.asOf)(text.common.day(input.asOf)),
    ],
  })
}
