import type { Card } from '../model/card.ts'
import type { Draft, PlayEnd } from '../model/play.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'
import { buttons, endWords } from './play.ts'

/** A message for the rep to change and send: one sentence a line, the fields it is made of, a copy where there is one. */
export function draftCard(
  input: { id: number; name: string; draft: Draft; ended: PlayEnd | null },
  text: Text,
): Card {
  const words = text.plays.draft
  const { sentences, used } = input.draft
  const name = clip(input.name, 24)
  return fitCard({
    summary: words.summary(name),
    title: words.title(name),
    facts: sentences,
    copy: sentences.join(text.plays.betweenSentences),
    notes: [
      ...(input.ended === null ? [] : [endWords(input.ended, text)]),
      words.sources(used.map(({ slot, value }) => `${words.slots[slot]} ${value}`).join(' · ')),
      words.note,
    ],
    actions: buttons(input.id, ['play', 'brief'], text),
  })
}
