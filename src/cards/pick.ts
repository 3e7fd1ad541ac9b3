import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

export interface PickInput {
  /** The words that were typed. */
  readonly name: string
  /** Inbound key of the question. */
  readonly dialog: string
  readonly options: readonly {
    readonly id: number
    readonly name: string
    readonly region: string | null
    readonly industry: string | null
  }[]
  /** How many there are, listed or not. */
  readonly total: number
  /** Several customers bear exactly this name; otherwise these are guesses. */
  readonly sure: boolean
}

/** Which customer? Buttons that go on with the original words. Nothing was written yet. */
export function pickCard(input: PickInput, text: Text): Card {
  const words = text.cards.pick
  const name = clip(input.name, 20)
  const hidden = input.total - input.options.length
  return fitCard({
    summary: words.summary(name),
    title: input.sure || input.total > 1 ? words.titleSeveral(name, input.total) : words.titleGuess,
    facts: input.options.map((one, index) => {
      const detail = [one.region, one.industry].filter((part) => part !== null && part !== '')
      return words.line(index + 1, clip(one.name, 30), detail.join(' · '))
    }),
    notes: [...(hidden > 0 ? [words.more(hidden)] : []), words.note],
    actions: input.options.map((one, index) => ({
      action: 'choose',
      label: words.button(index + 1, clip(one.name, 14)),
      payload: { dialog: input.dialog, customer: one.id },
    })),
  })
}
