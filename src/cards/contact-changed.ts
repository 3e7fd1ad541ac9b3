import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

/** A change of contacts was noted; until when the new one is to be met. */
export function contactChangedCard(
  input: { name: string; left: string; joined: string; meetBy: Day; changed: boolean },
  text: Text,
): Card {
  const words = text.voices.contact
  const title = (input.changed ? words.noted : words.notedBefore)(clip(input.name, 20))
  return fitCard({
    summary: title,
    title,
    facts: [
      words.note(clip(input.left, 12), clip(input.joined, 12)),
      ...(input.changed ? [words.task(text.common.day(input.meetBy))] : []),
    ],
    notes: input.changed ? [words.source] : [],
    ...(input.changed && { actions: [{ action: 'undo', label: words.undoButton, payload: {} }] }),
  })
}

/** The same for the owner, when somebody else told it. */
export function contactToldCard(
  input: { name: string; by: string; left: string; joined: string; meetBy: Day },
  text: Text,
): Card {
  const words = text.voices.contact
  const title = words.told(clip(input.by, 8), clip(input.name, 20))
  return fitCard({
    summary: title,
    title,
    tone: 'warning',
    facts: [
      words.note(clip(input.left, 12), clip(input.joined, 12)),
      words.task(text.common.day(input.meetBy)),
    ],
  })
}
