import { CARD_MAX_LINES, type Card, type CardItem } from '../model/card.ts'

/** A card fits one phone screen (L14): this many Chinese characters over all its lines. */
export const CARD_MAX_CHARS = 600
/** The summary is a notification: one or two sentences. */
const SUMMARY_MAX_CHARS = 120
/** Longest line, tried in order until the whole card fits; 12 lines of the last one always do. */
export const LINE_LIMITS = [80, 64, 48] as const

/** Room that `text` takes, in Chinese characters: Latin letters and spaces are half as wide. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[A-Za-z ]/.test(sign) ? 0.5 : 1), 0)
}

/** `text` on one line, cut to the room of `max` Chinese characters with an ellipsis. Surrogate pairs stay whole. */
export function clip(text: string, max: number): string {
  const flat = text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
  if (widthOf(flat) <= max) return flat
  let kept = ''
  let width = 1
  for (const sign of flat) {
    width += widthOf(sign)
    if (width > max) break
    kept += sign
  }
  return `${kept}…`
}

/** Every line a reader sees, top to bottom; buttons are not lines. */
export function cardLines(card: Card): string[] {
  return [
    card.title,
    ...(card.figure ? [`${card.figure.value} ${card.figure.label}`] : []),
    ...(card.fields ?? []).map((field) => `${field.label} ${field.value}`),
    ...(card.facts ?? []),
    ...(card.items ?? []).flatMap((item) => [item.title, ...item.lines]),
    ...(card.notes ?? []),
  ]
}

/**
 * The last guard of every presenter: cuts long lines, drops empty ones, and keeps the card inside
 * `CARD_MAX_LINES` and `CARD_MAX_CHARS` by giving up facts, then items, from the end.
 */
export function fitCard(card: Card): Card {
  let fitted = card
  for (const limit of LINE_LIMITS) {
    fitted = limitLines(clipLines(card, limit))
    if (roomOf(fitted) <= CARD_MAX_CHARS) break
  }
  return fitted
}

function roomOf(card: Card): number {
  return cardLines(card).reduce((sum, line) => sum + widthOf(line), 0)
}

function clipLines(card: Card, max: number): Card {
  const lines = (texts: readonly string[] | undefined): string[] =>
    (texts ?? []).map((line) => clip(line, max)).filter((line) => line !== '')
  const { figure, fields = [], items = [], chart, actions = [] } = card
  return withoutEmpty({
    summary: clip(card.summary, SUMMARY_MAX_CHARS),
    title: clip(card.title, max),
    ...(card.tone && { tone: card.tone }),
    ...(figure && { figure: { value: clip(figure.value, 16), label: clip(figure.label, max - 17) } }),
    fields: fields.map((field) => clipField(field, max)).filter((one) => one.value !== ''),
    facts: lines(card.facts),
    items: items.map((item) => ({ ...item, title: clip(item.title, max), lines: lines(item.lines) })),
    ...(chart && { chart }),
    ...(card.copy !== undefined && { copy: card.copy }),
    ...(card.page !== undefined && { page: card.page }),
    notes: lines(card.notes),
    actions,
  })
}

function clipField(field: { label: string; value: string }, max: number): { label: string; value: string } {
  const label = clip(field.label, 16)
  return { label, value: clip(field.value, max - Math.ceil(widthOf(label)) - 1) }
}

/** `card` without the lists that are empty. */
function withoutEmpty(card: Card): Card {
  const { fields = [], facts = [], items = [], notes = [], actions = [], ...rest } = card
  return {
    ...rest,
    ...(fields.length > 0 && { fields }),
    ...(facts.length > 0 && { facts }),
    ...(items.length > 0 && { items }),
    ...(notes.length > 0 && { notes }),
    ...(actions.length > 0 && { actions }),
  }
}

function limitLines(card: Card): Card {
  const over = cardLines(card).length - CARD_MAX_LINES
  if (over <= 0) return card
  const { facts = [], items = [], ...rest } = card
  const keptFacts = facts.slice(0, Math.max(0, facts.length - over))
  const keptItems = dropLines(items, over - (facts.length - keptFacts.length))
  return withoutEmpty({ ...rest, facts: keptFacts, items: keptItems })
}

function dropLines(items: readonly CardItem[], over: number): CardItem[] {
  const kept = [...items]
  let left = over
  while (left > 0 && kept.length > 0) left -= 1 + (kept.pop()?.lines.length ?? 0)
  return kept
}
