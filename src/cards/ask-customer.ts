import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

export interface AskCustomerInput {
  /** The rep's words, kept until the answer. */
  readonly note: string
  /** Inbound key of the question. */
  readonly dialog: string
  readonly options: readonly { readonly id: number; readonly name: string }[]
  /** Customers that may be meant and have no button. */
  readonly more: number
  /** The words point to none of them: not even a single one is put into the rep's mouth. */
  readonly guessed: boolean
}

/** Whose follow-up is it? One customer to confirm, several to choose from, or none: then its name is asked for. */
export function askCustomerCard(
  { note, dialog, options, more, guessed }: AskCustomerInput,
  text: Text,
): Card {
  const words = text.followUp.which
  const [first, ...others] = options
  const only = others.length === 0 && !guessed ? first : undefined
  const title = only ? words.one(clip(only.name, 24)) : words.several
  return fitCard({
    summary: title,
    title,
    fields: [{ label: text.followUp.labels.note, value: clip(note, 60) }],
    facts: only ? [] : options.map(({ name }, at) => text.cards.pick.line(at + 1, clip(name, 30), '')),
    notes: [...(more > 0 ? [text.cards.pick.more(more)] : []), words.hint],
    actions: options.map(({ id, name }, at) => ({
      action: 'choose',
      label: only ? words.yes : text.cards.pick.button(at + 1, clip(name, 14)),
      payload: { dialog, customer: id },
    })),
  })
}
