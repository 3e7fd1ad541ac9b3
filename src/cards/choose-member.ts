import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

/** One button a person: each goes on with `action`, its payload, and the person's id under `as`. */
export function chooseMemberCard(
  asked: {
    readonly title: string
    readonly facts?: readonly string[]
    readonly options: readonly { readonly id: number; readonly name: string; readonly load?: number }[]
    readonly action: string
    readonly as: string
    readonly payload: Readonly<Record<string, string | number>>
    readonly note?: string
  },
  text: Text,
): Card {
  const { title, facts = [], options, action, as, payload, note } = asked
  return fitCard({
    summary: title,
    title,
    facts,
    ...(note !== undefined && { notes: [note] }),
    actions: options.map(({ id, name, load }) => ({
      action,
      label: load === undefined ? clip(name, 8) : text.handOver.withLoad(clip(name, 6), load),
      payload: { ...payload, [as]: id },
    })),
  })
}
