import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

export interface AskCustomerInput {
  /** The rep's words, kept until the answer. */
  readonly note: string
  /** Inbound key of the question. */
  readonly dialog: string
  readonly options: readonly { readonly id: number; readonly name: string }[]
}

/** Whose follow-up is it? One customer to confirm, several to choose from, or none: then its name is asked for. */
export function askCustomerCard({ note, dialog, options }: AskCustomerInput, text: Text): Card {
  const words = text.followUp.which
  const [only, ...others] = options
  const title = only && others.length === 0 ? words.one(clip(only.name, 24)) : words.several
  return fitCard({
    summary: title,
    title,
    fields: [{ label: text.followUp.labels.note, value: clip(note, 60) }],
    facts:
      others.length === 0
        ? []
        : options.map(({ name }, at) => text.cards.pick.line(at + 1, clip(name, 30), '')),
    notes: [words.hint],
    actions: options.map(({ id, name }, at) => ({
      action: 'choose',
      label: others.length === 0 ? words.yes : text.cards.pick.button(at + 1, clip(name, 14)),
      payload: { dialog, customer: id },
    })),
  })
}
