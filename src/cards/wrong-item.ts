import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { fitCard } from './fit-card.ts'

/** `only`: the items that have the pressed button, as their card names them. */
export function wrongItemCard(only: string, text: Text): Card {
  const words = text.cards.wrongItem
  const line = only === '' ? words.none : words.only(only)
  return fitCard({ summary: line, title: words.title, facts: [line] })
}
