import type { Card, CardAction } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

/** What can be changed in a log by buttons. */
export const CHANGEABLE = ['outcome', 'reason', 'next', 'customer'] as const
export type Changeable = (typeof CHANGEABLE)[number]

/** Which part of the log shall be changed? `understood`: false after words that named nothing to change. */
export function changeMenuCard(
  { followUp, name, understood }: { followUp: number; name: string; understood: boolean },
  text: Text,
): Card {
  const words = text.followUp.change
  const title = words.title(clip(name, 24))
  return fitCard({
    summary: title,
    title,
    facts: [understood ? words.hint : words.notUnderstood],
    actions: [
      ...CHANGEABLE.map((field) => ({
        action: 'amend',
        label: text.followUp.labels[field],
        payload: { followUp, field },
      })),
      back(followUp, text),
    ],
  })
}

/**
 * The choices of one part. `listed`: names that are too long for a button stand on the card as well. `more`: there is
 * another page of them, which leads back.
 */
export function changeChoicesCard(
  given: {
    followUp: number
    name: string
    field: Changeable
    options: readonly { readonly label: string; readonly value: string | number }[]
    listed: boolean
    more: boolean
  },
  text: Text,
): Card {
  const { followUp, field, options, listed } = given
  const title = text.followUp.change.of(text.followUp.labels[field], clip(given.name, 24))
  const { line, button } = text.cards.pick
  return fitCard({
    summary: title,
    title,
    facts: listed ? options.map(({ label }, at) => line(at + 1, clip(label, 30), '')) : [],
    notes: [text.followUp.change.hint],
    actions: [
      ...options.map(({ label, value }, at) => ({
        action: 'amend',
        label: listed ? button(at + 1, clip(label, 14)) : label,
        payload: { followUp, field, value },
      })),
      given.more
        ? { action: 'amend', label: text.followUp.change.more, payload: { followUp, field, page: 1 } }
        : back(followUp, text),
    ],
  })
}

function back(followUp: number, text: Text): CardAction {
  return { action: 'amend', label: text.followUp.change.back, payload: { followUp, field: 'back' } }
}
