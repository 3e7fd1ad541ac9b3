import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { fitCard } from './fit-card.ts'

/** For a person nobody bound yet: the line an administrator has to send. */
export function bindCard(personId: string, text: Text): Card {
  const words = text.commands.bindCard
  return fitCard({
    summary: words.summary(personId),
    title: words.title,
    fields: [{ label: words.idLabel, value: personId }],
    facts: [words.step(personId)],
    notes: [words.note],
  })
}
