import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

interface Counted {
  readonly worked: number
  readonly won: number
}

export interface WinBackInput {
  /** Whose customers; empty: everybody's. */
  readonly team: string
  readonly period: string
  /** One line each: a reason of the loss or a play, in words. */
  readonly rates: readonly (Counted & { readonly label: string })[]
  readonly untouched: number
  readonly waiting: number
  readonly asOf: Day
  /** An order within so many days after the first effort counts. */
  readonly windowDays: number
}

/** Fewer say nothing. */
const MIN_SHOWN = 20
const MAX_RATES = 6

/**
 * 成效 挽回: won-back over churned-and-worked customers, by the reason of the loss or by play, every denominator printed
 * (A116).
 */
export function winBackCard(input: WinBackInput, text: Text): Card {
  const words = text.effect.winBack
  const all = input.rates.reduce(
    (sum, { worked, won }) => ({ worked: sum.worked + worked, won: sum.won + won }),
    { worked: 0, won: 0 },
  )
  const rate = rateOf(all, text)
  return fitCard({
    summary: words.summary(clip(input.team, 16), rate, all.won, all.worked),
    title: words.title(clip(input.team, 16)),
    figure: { value: rate, label: words.label(all.won, all.worked) },
    fields: input.rates.slice(0, MAX_RATES).map((one) => ({
      label: clip(one.label, 24),
      value: words.share(one.won, one.worked, rateOf(one, text)),
    })),
    facts: [
      ...(input.rates.length > MAX_RATES ? [words.more(input.rates.length - MAX_RATES)] : []),
      ...(input.untouched > 0 ? [words.untouched(input.untouched)] : []),
      words.noControl,
    ],
    notes: [
      words.definition(input.period, input.windowDays),
      [
        ...(input.waiting > 0 ? [words.waiting(input.waiting)] : []),
        text.cards.asOf(text.common.day(input.asOf)),
      ].join(' · '),
    ],
  })
}

function rateOf({ worked, won }: Counted, text: Text): string {
  return worked < MIN_SHOWN ? text.effect.tooFew : text.common.percent(won / worked)
}
