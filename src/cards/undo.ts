import type { Card } from '../model/card.ts'
import type { Case } from '../model/case.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

/** What was taken back, and how things stand again. */
export function undoCard(
  undone: {
    customerName: string
    followUp: 'void' | 'empty' | 'next' | 'changed' | null
    case: Pick<Case, 'state'> | null
  },
  text: Text,
): Card {
  const words = text.commands.undo
  const title = words.done(clip(undone.customerName, 24))
  return fitCard({
    summary: title,
    title,
    facts: [
      undone.followUp ? words.followUp[undone.followUp] : '',
      undone.case ? words.caseBack(text.cards.caseStates[undone.case.state]) : '',
    ],
  })
}
