import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { fitCard } from './fit-card.ts'

/** The evaluation that an administrator asked for could not be made. */
export function goLiveFailedCard({ model }: Text): Card {
  const { title, note } = model.failed
  return fitCard({
    summary: title,
    title,
    tone: 'warning',
    notes: [note],
    actions: [{ action: 'go-live', label: model.buttons.again, payload: { do: 'again' } }],
  })
}
