import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Grumble } from '../model/feedback.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

const WORDS_CHARS = 60

/** A new one, for administrators: the words, not who said them. */
export function grumbleCard({ id, text: said }: Pick<Grumble, 'id' | 'text'>, text: Text): Card {
  const words = text.voices.grumble
  return fitCard({
    summary: `${words.fresh(id)} ${said}`,
    title: words.fresh(id),
    facts: [said],
    actions: [{ action: 'answer-grumble', label: words.reply(id), payload: { id } }],
  })
}

/** Those that wait for an answer. */
export function grumbleListCard(
  { count, oldest }: { count: number; oldest: readonly (Grumble & { readonly day: Day })[] },
  text: Text,
): Card {
  const words = text.voices.grumble
  const hidden = count - oldest.length
  return fitCard({
    summary: words.title(count),
    title: words.title(count),
    facts: oldest.map((one) => words.line(one.id, text.common.day(one.day), clip(one.text, WORDS_CHARS))),
    notes: [...(hidden > 0 ? [text.push.more(hidden)] : []), ...(count > 0 ? [words.howTo] : [])],
    actions: oldest.map(({ id }) => ({ action: 'answer-grumble', label: words.reply(id), payload: { id } })),
  })
}

/** The answer, for who grumbled. */
export function grumbleAnswerCard(said: string, answer: string, text: Text): Card {
  const words = text.voices.grumble
  return fitCard({
    summary: `${words.answer}：${answer}`,
    title: words.answer,
    facts: [words.said(clip(said, WORDS_CHARS)), words.told(answer)],
  })
}
