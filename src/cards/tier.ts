import type { Card } from '../model/card.ts'
import { customerPagePath } from '../model/pages.ts'
import type { Score } from '../model/score.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

export interface TierInput {
  readonly id: number
  readonly name: string
  readonly score: Score
  /** The raw numbers behind R, F and M. `revenue` in 分 over 12 months. */
  readonly raw: {
    readonly daysSinceOrder: number | null
    readonly orderDays: number
    readonly revenue12m: number
  } | null
  /** The middle 80 % of what the next 12 months are worth by sales, 分; null where that is not known. */
  readonly outlook12m?: readonly [number, number] | null
}

/** The value axis: tier, RFM segment, and the three raw numbers with their quintiles (C8). */
export function tierCard(input: TierInput, text: Text): Card {
  const { labels, tier: words } = text.cards
  const { score } = input
  const name = clip(input.name, 30)
  const tier =
    score.tier === 'unknown' ? text.common.insufficient : text.cards.tierWord(text.common.tiers[score.tier])
  const segment = text.scoring.rfmSegments[score.rfmSegment] ?? text.common.insufficient
  const stage = text.scoring.stages[score.stage]
  return fitCard({
    summary: words.summary(name, tier, segment),
    title: words.title(name),
    page: customerPagePath(input.id),
    figure: { value: tier, label: labels.tierFigure },
    fields: [
      ...rawFields(input, text),
      ...(score.rfm ? [{ label: labels.segment, value: segment }] : []),
      ...(stage ? [{ label: labels.stage, value: stage }] : []),
      { label: labels.outlook, value: outlookWords(input, text) },
    ],
    facts: score.rfm ? [] : [words.insufficient],
    notes: [text.cards.asOf(text.common.day(score.asOf))],
    actions: [
      { action: 'customer', label: text.cards.buttons.customer, payload: { customer: input.id } },
      { action: 'why', label: text.cards.buttons.why, payload: { customer: input.id } },
    ],
  })
}

/** 预计 ¥1.2万–3.4万（按销售额）. */
function outlookWords({ outlook12m }: TierInput, text: Text): string {
  if (!outlook12m) return text.common.insufficient
  const [low, high] = outlook12m.map((fen) => text.common.money(fen))
  return text.cards.tier.outlook(low ?? '', high ?? '')
}

function rawFields({ raw, score }: TierInput, text: Text): { label: string; value: string }[] {
  const { labels, tier: words } = text.cards
  if (!raw) return []
  const { rfm } = score
  const scored = (value: string, quintile: number | undefined): string =>
    quintile === undefined ? value : words.score(value, quintile)
  const recency = raw.daysSinceOrder === null ? '' : scored(words.recency(raw.daysSinceOrder), rfm?.r)
  return [
    { label: labels.recency, value: recency },
    { label: labels.frequency, value: scored(words.frequency(raw.orderDays), rfm?.f) },
    { label: labels.monetary, value: scored(words.monetary(text.common.money(raw.revenue12m)), rfm?.m) },
  ]
}
