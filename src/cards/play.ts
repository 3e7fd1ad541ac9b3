import type { Card, CardAction } from '../model/card.ts'
import type { Tier } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import { customerPagePath } from '../model/pages.ts'
import type { PlannedPlay } from '../model/play.ts'
import type { Evidence } from '../model/score.ts'
import type { Text } from '../text/index.ts'
import { evidenceSentence } from './fact-sentence.ts'
import { clip, fitCard } from './fit-card.ts'

const WORDS_CHARS = 40

/** What says that this is the cause: words somebody wrote down, a reason of the score, nothing. */
export type Because =
  | { readonly kind: 'said'; readonly day: Day; readonly words: string }
  | { readonly kind: 'score'; readonly evidence: Evidence }
  | { readonly kind: 'none' }

export interface PlayInput {
  readonly id: number
  readonly name: string
  readonly tier: Tier
  readonly stage: string
  readonly play: PlannedPlay
  readonly because: Because
  readonly today: Day
  readonly openCase: number | null
}

/** 打法: why this one, steps with the days they are due, the question to open with, when to stop (A12, A78, A79). */
export function playCard(input: PlayInput, text: Text): Card {
  const { id, name, tier, stage, play, openCase } = input
  const words = text.plays
  const shown = clip(name, 24)
  const place = [
    ...(tier === 'unknown' ? [] : [text.cards.tierWord(text.common.tiers[tier])]),
    text.scoring.stages[stage] ?? '',
    play.cause,
  ]
  return fitCard({
    summary: words.summary(shown, play.title, play.steps[0]?.what ?? ''),
    title: words.title(shown, play.title),
    page: customerPagePath(input.id),
    fields: [
      { label: words.labels.situation, value: place.filter((word) => word !== '').join(' · ') },
      { label: words.labels.because, value: becauseWords(input, text) },
    ],
    facts: [
      ...play.steps.map(({ due, what }, index) => words.step(index + 1, text.common.day(due), what)),
      words.ask(play.question),
      words.stop(play.stop),
    ],
    actions: [...contactedButton(id, openCase, text), ...buttons(id, ['draft', 'brief', 'why'], text)],
  })
}

function becauseWords({ because, today }: PlayInput, text: Text): string {
  if (because.kind === 'none') return ''
  if (because.kind === 'score') return evidenceSentence(because.evidence, text)
  const day = text.common.pastDate(because.day, today)
  return because.words === '' ? day : text.plays.said(day, clip(because.words, WORDS_CHARS))
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
