import type { Card, CardAction, CardItem } from '../../src/model/card.ts'

/** How much of a card the page shows; more would no longer fit a phone screen. */
export const LIMITS = { fields: 12, facts: 12, items: 10, lines: 8, notes: 6, actions: 6 } as const

/** The largest card the playground takes, as UTF-8 JSON. */
export const MAX_BYTES = 32_768

export interface Rendered {
  readonly card: Card
  /** Paths of what was left out: `items[0].lines[8…]`. */
  readonly notShown: readonly string[]
}

/**
 * The card as the page shows it. The page shows every element of the model, so only what exceeds the limits is
 * left out; a card over `MAX_BYTES` falls back to its plain-text summary.
 */
export function renderCard(card: Card): Rendered {
  const notShown: string[] = []
  const rendered: Card = {
    ...card,
    ...cut('fields', card.fields, LIMITS.fields, notShown),
    ...cut('facts', card.facts, LIMITS.facts, notShown),
    ...cut('items', card.items?.map(itemRenderer(notShown)), LIMITS.items, notShown),
    ...cut('notes', card.notes, LIMITS.notes, notShown),
    ...cut('actions', card.actions, LIMITS.actions, notShown),
  }
  if (Buffer.byteLength(JSON.stringify(rendered)) <= MAX_BYTES) return { card: rendered, notShown }
  return { card: plain(card), notShown: ['everything but the summary'] }
}

function itemRenderer(notShown: string[]): (item: CardItem, index: number) => CardItem {
  return (item, index) => ({
    ...item,
    ...cut('lines', item.lines, LIMITS.lines, notShown, `items[${index}].`),
    ...cut('actions', item.actions, LIMITS.actions, notShown, `items[${index}].`),
  })
}

function cut<N extends string, T>(
  name: N,
  list: readonly T[] | undefined,
  limit: number,
  notShown: string[],
  path = '',
): Partial<Record<N, readonly T[]>> {
  const kept: Partial<Record<N, readonly T[]>> = {}
  if (list === undefined) return kept
  if (list.length > limit) notShown.push(`${path}${name}[${limit}…]`)
  kept[name] = list.slice(0, limit)
  return kept
}

function plain(card: Card): Card {
  const short = (text: string): string => [...text].slice(0, 2000).join('')
  return { summary: short(card.summary), title: short(card.title), facts: [short(card.summary)] }
}

/** Every button of a card, the items' included. */
export function buttonsOf(card: Card): readonly CardAction[] {
  return [...(card.actions ?? []), ...(card.items ?? []).flatMap((item) => item.actions ?? [])]
}
