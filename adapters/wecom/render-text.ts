import type { Card } from '../../src/model/card.ts'
import { clean, cutBytes, oneLine } from '../shared/bytes.ts'

/** Bytes of UTF-8 that a text or Markdown message shows; the rest would be cut by the platform. */
export const TEXT_MAX_BYTES = 2048

export interface RenderedText {
  readonly content: string
  readonly notShown: readonly string[]
}

const COLOURS = { good: 'info', neutral: 'comment', warning: 'warning', urgent: 'warning' } as const

export interface TextOptions {
  /** What the text ends with, whatever is cut before it: an invisible mark (see `markOf`), who is mentioned. */
  readonly end?: string
  readonly maxBytes?: number
  /** `full`: the Markdown of the smart robot has lists, tables and italics, but no colours. */
  readonly dialect?: 'app' | 'full'
}

/** The subset of Markdown that WeCom shows: bold, quotation, three colours. Buttons are no part of it. */
export function renderMarkdown(card: Card, options: TextOptions): RenderedText {
  const full = options.dialect === 'full'
  const plain = (text: string): string => (full ? noFullMarkdown : noMarkdown)(oneLine(text))
  const coloured = (colour: string, text: string): string =>
    full ? text : `<font color="${colour}">${text}</font>`
  const figure = card.figure && [
    `${coloured(COLOURS[card.tone ?? 'neutral'], `**${plain(card.figure.value)}**`)} ${plain(card.figure.label)}`,
  ]
  return fitText(
    [
      `**${plain(card.title)}**`,
      ...(figure ?? []),
      ...(card.fields ?? []).map(({ label, value }) => `${plain(label)} **${plain(value)}**`),
      ...(card.facts ?? []).map(plain),
      ...(card.items ?? []).flatMap(({ title, lines }) => [`**${plain(title)}**`, ...lines.map(plain)]),
      ...(card.notes ?? []).map((note) => coloured('comment', plain(note))),
    ],
    options,
  )
}

/** Plain text: for members who read in WeChat, where neither cards nor Markdown are shown. */
export function renderPlain(card: Card, options: TextOptions): RenderedText {
  const plain = (text: string): string => noTags(oneLine(text))
  return fitText(
    [
      card.title,
      ...(card.figure ? [`${card.figure.value} ${card.figure.label}`] : []),
      ...(card.fields ?? []).map(({ label, value }) => `${label} ${value}`),
      ...(card.facts ?? []),
      ...(card.items ?? []).flatMap(({ title, lines }) => [title, ...lines]),
      ...(card.notes ?? []),
    ].map(plain),
    options,
  )
}

/**
 * Invisible characters that make the text of every message its own. The platform is asked not to deliver the same
 * body twice within hours, which keeps a repeated send from doubling; but the same short answer to two questions
 * must arrive twice. `seed` is 32 bits of the message's key.
 */
export function markOf(seed: number): string {
  return Array.from({ length: 16 }, (_, n) => MARKS[(seed >>> (2 * n)) & 3]).join('')
}
const MARKS = ['\u200b', '\u200c', '\u200d', '\u2060'] as const

/** Whole lines while they fit; the first one that does not is cut, unless little of it would be left. */
function fitText(
  lines: readonly string[],
  { end = '', maxBytes = TEXT_MAX_BYTES }: TextOptions,
): RenderedText {
  const room = maxBytes - Buffer.byteLength(end)
  const kept: string[] = []
  let used = 0
  for (const [index, line] of lines.entries()) {
    const size = Buffer.byteLength(line) + (index > 0 ? 1 : 0)
    if (used + size > room) {
      if (index === 0) kept.push(cutBytes(line, room))
      const missing = index === 0 ? ['line 1: end'] : []
      if (index > 0 || lines.length > 1) missing.push(`lines[${Math.max(index, 1)}…]`)
      return { content: kept.join('\n') + end, notShown: missing }
    }
    kept.push(line)
    used += size
  }
  return { content: kept.join('\n') + end, notShown: [] }
}

/** Names come from outside: nothing in them may become a link, a colour, a heading or a quotation. */
function noMarkdown(text: string): string {
  return noTags(text)
    .replaceAll('**', '＊＊')
    .replaceAll('`', '｀')
    .replaceAll('](', '］（')
    .replace(/^#/, '＃')
    .replace(/^>/, '＞')
}

/** Nor an italic, a table or a list. One `_` within a word is none, and accounts have it. */
function noFullMarkdown(text: string): string {
  return noMarkdown(text)
    .replaceAll('*', '＊')
    .replaceAll('__', '＿＿')
    .replaceAll('~~', '～～')
    .replaceAll('|', '｜')
    .replace(/^-(?=\s)/, '－')
    .replace(/^\+(?=\s)/, '＋')
}

/** `<` begins a link or a colour. */
function noTags(text: string): string {
  return clean(text).replaceAll('<', '＜')
}
