import type { Card } from '../model/card.ts'
import type { PushWish } from '../model/push-wish.ts'
import type { Text } from '../text/index.ts'
import { fitCard } from './fit-card.ts'

export interface PreferencesInput {
  readonly own: PushWish
  /** What the team's lead laid down; null without a team. */
  readonly team: PushWish | null
  /** The company's budget. */
  readonly budget: number
  /** What was just changed, as one sentence. */
  readonly said?: string
}

/** 偏好: what a person chose to see, beside the limits of team and company. */
export function preferencesCard({ own, team, budget, said }: PreferencesInput, text: Text): Card {
  const words = text.noise.wishes
  const perDay = Math.min(budget, own.perDay ?? budget, team?.perDay ?? budget)
  return fitCard({
    summary: said ?? words.summary(own.highValue, perDay),
    title: words.title,
    facts: [
      ...(said === undefined ? [] : [said]),
      own.highValue ? words.high : words.all,
      words.perDay(perDay),
      ...(team?.perDay != null ? [words.team(team.perDay)] : []),
    ],
    notes: [words.always, words.howTo],
    actions: [
      own.highValue
        ? { action: 'preferences', label: words.allButton, payload: { do: 'all' } }
        : { action: 'preferences', label: words.highButton, payload: { do: 'high' } },
    ],
  })
}

/** A few words for the foot of a digest: empty where nothing was chosen. */
export function wishWords(wish: PushWish | undefined, text: Text): string[] {
  const words = text.noise.wishes
  if (!wish) return []
  return [
    ...(wish.highValue ? [words.footHigh] : []),
    ...(wish.perDay === null ? [] : [words.footPerDay(wish.perDay)]),
  ]
}
