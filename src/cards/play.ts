import type { Card, CardAction } from '../model/card.ts'
import type { Tier } from '../model/churn.ts'
import type { PlannedPlay } from '../model/play.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

export interface PlayInput {
  readonly id: number
  readonly name: string
  readonly tier: Tier
  readonly stage: string
  readonly play: PlannedPlay
  /** What says that this is the cause. */
  readonly from: keyof Text['plays']['from']
  readonly openCase: number | null
}

/** 打法: why this one, steps with the days they are due, the question to open with, when to stop (A12, A78, A79). */
export function playCard({ id, name, tier, stage, play, from, openCase }: PlayInput, text: Text): Card {
  const words = text.plays
  const shown = clip(name, 24)
  const place = [
    ...(tier === 'unknown' ? [] : [text.cards.tierWord(text.common.tiers[tier])]),
    text.scoring.stages[stage] ?? '',
    words.cause(play.cause, words.from[from]),
  ]
  return fitCard({
    summary: words.summary(shown, play.title, play.steps[0]?.what ?? ''),
    title: words.title(shown, play.title),
    fields: [{ label: words.labels.situation, value: place.filter((word) => word !== '').join(' · ') }],
    facts: [
      ...play.steps.map(({ due, what }, index) => words.step(index + 1, text.common.day(due), what)),
      words.ask(play.question),
      words.stop(play.stop),
    ],
    actions: [...contactedButton(id, openCase, text), ...buttons(id, ['draft', 'brief', 'why'], text)],
  })
}

/** 已联系, for a customer with an open case. */
export function contactedButton(id: number, openCase: number | null, text: Text): CardAction[] {
  if (openCase === null) return []
  const payload = { case: openCase, customer: id }
  return [{ action: 'contacted', label: text.cards.buttons.contacted, style: 'primary', payload }]
}

/** Buttons that run the commands of these names for the customer. */
export function buttons(
  id: number,
  names: readonly ('draft' | 'brief' | 'why' | 'play' | 'customer')[],
  text: Text,
): CardAction[] {
  return names.map((name) => ({ action: name, label: text.cards.buttons[name], payload: { customer: id } }))
}
