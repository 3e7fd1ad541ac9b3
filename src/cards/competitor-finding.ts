import type { Card } from '../model/card.ts'
import type { Band } from '../model/churn.ts'
import type { MeasuredFinding } from '../model/competitor-event.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'
import { causeWords, type DipCause, expectedOf, joinedNames } from './group-dip.ts'

export interface CompetitorFindingInput extends MeasuredFinding {
  /** Customers of the reader's team among them, the most valuable first. */
  readonly ours: readonly { readonly id: number; readonly name: string }[]
  /** What else fell into the days. */
  readonly causes: readonly DipCause[]
  /** The calmest band that counts as at risk. */
  readonly minBand: Band
}

const NAMES = 3
const CAUSES = 2
const BUTTONS = 2

/** More customers at risk in the days of a competitor's event than usual: how many, against what, and who first. */
export function competitorFindingCard(input: CompetitorFindingInput, text: Text): Card {
  const { found, everywhere } = text.noise.competitors
  const { names, ours } = text.noise.dips
  const { event, size, segment, range } = input
  const name = clip(event.name, 16)
  const expected = expectedOf(input.expected)
  const days = `${text.common.date(event.from)}–${text.common.date(Math.min(event.to, input.asOf))}`
  const where = [event.region ?? everywhere, ...(segment === null ? [] : [found.segment(clip(segment, 12))])]
  return fitCard({
    summary: found.summary(name, size, expected),
    title: found.title(name),
    tone: 'warning',
    figure: { value: found.value(size), label: found.label(days, where.join(' · ')) },
    fields: [{ label: found.usual, value: found.range(expected, range[0], range[1]) }],
    facts: [
      ...(input.ours.length < size ? [ours(input.ours.length)] : []),
      names(
        joinedNames(
          input.ours.slice(0, NAMES).map((one) => one.name),
          text,
        ),
        input.ours.length - Math.min(NAMES, input.ours.length),
      ),
      ...input.causes.slice(0, CAUSES).map((one) => found.also(causeWords(one, text))),
    ],
    notes: [
      found.definition(text.common.bands[input.minBand], input.mornings),
      found.caution(text.common.day(input.asOf)),
    ],
    actions: input.ours.slice(0, BUTTONS).map((one) => ({
      action: 'customer',
      label: found.open(clip(one.name, 8)),
      payload: { customer: one.id },
    })),
  })
}
