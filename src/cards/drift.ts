import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { fitCard } from './fit-card.ts'

export interface DriftInput {
  readonly version: number
  readonly moved: readonly { readonly name: string; readonly psi: number }[]
  readonly level: { readonly said: number; readonly came: number } | null
  readonly ranking: { readonly before: number; readonly now: number } | null
}

/** Moved columns on one card. */
const SHOWN = 5

/** What no longer looks as it did when the version in use was trained; null when nothing moved. */
export function driftCard(input: DriftInput, text: Text): Card | null {
  const { model, common } = text
  const { version, level, ranking } = input
  const facts = [
    ...(level ? [model.drift.level(common.percent(level.said), common.percent(level.came))] : []),
    ...(ranking ? [model.drift.ranking(ranking.before.toFixed(3), ranking.now.toFixed(3))] : []),
    ...input.moved
      .slice(0, SHOWN)
      .map(({ name, psi }) => model.drift.feature(model.feature(name), psi.toFixed(2))),
  ]
  const [first] = facts
  if (first === undefined) return null
  const title = `${model.drift.title} · ${model.version(version)}`
  return fitCard({
    summary: model.summary(title, first),
    title,
    tone: 'warning',
    facts,
    notes: [model.drift.note],
    actions: [
      { action: 'go-live', label: model.buttons.again, style: 'primary', payload: { do: 'again' } },
      { action: 'go-live', label: model.buttons.show, payload: { version } },
    ],
  })
}
