import { createHash } from 'node:crypto'
import type { Card, CardAction, CardItem } from '../../src/model/card.ts'
import type { Address } from '../../src/model/chat.ts'
import { clean, cutBytes, oneLine } from '../shared/bytes.ts'
import type { CardParams, RobotMessage } from './api.ts'
import { pressOf } from './press.ts'

/** Bytes of UTF-8. A variable of a card holds 1 KB; the others are what one line of a phone shows. */
export const VALUE_MAX_BYTES = 1024
const TITLE_MAX_BYTES = 150
const LINE_MAX_BYTES = 300
/** Longer messages are cut by clients; the API would take 15 000. */
export const TEXT_MAX_BYTES = 3_500
/** Lists with buttons of their own that the template has room for. */
const ITEMS = 5
/** A line break of DingTalk's Markdown. */
const BREAK = '  \n  '

export interface RenderedCard {
  /** Every variable of the template: what is absent in this state is empty, or the last state would stay. */
  readonly params: CardParams
  readonly summary: string
  readonly notShown: readonly string[]
}

export interface RenderedMessage {
  readonly message: RobotMessage
  readonly notShown: readonly string[]
}

/** A page that a card leads to, under the words that open it. */
export interface Link {
  readonly title: string
  readonly url: string
}

/**
 * The variables of the card template. `chart`: the picture's media id; `state`: names this state of the card. The link
 * stands before the small print, which templates that were built before there were pages show too.
 */
export function renderCard(card: Card, state: string, chart: string, link: Link | null = null): RenderedCard {
  const notShown: string[] = []
  const items = (card.items ?? []).slice(0, ITEMS)
  const further = (card.items ?? []).slice(ITEMS)
  const body = [...fieldLines(card), ...(card.facts ?? []).map(plain), ...further.flatMap(itemLines)]
  notShown.push(...further.flatMap(({ actions }) => (actions ?? []).map(buttonName)))
  const params: Record<string, string> = {
    title: short(card.title || card.summary, TITLE_MAX_BYTES, 'title', notShown),
    tone: card.tone ?? 'neutral',
    figure: short(card.figure?.value ?? '', LINE_MAX_BYTES, 'figure', notShown),
    figureLabel: short(card.figure?.label ?? '', LINE_MAX_BYTES, 'figure', notShown),
    body: fitLines(body, VALUE_MAX_BYTES, 'body', notShown),
    chart,
    notes: fitLines(
      [...linkLine(link), ...(card.notes ?? []).map(plain)],
      VALUE_MAX_BYTES,
      'notes',
      notShown,
    ),
    buttons: buttonList(card.actions, state, notShown),
  }
  for (let n = 1; n <= ITEMS; n++) {
    const item = items[n - 1]
    params[`item${n}`] = item ? fitLines(itemLines(item), VALUE_MAX_BYTES, `items[${n - 1}]`, notShown) : ''
    params[`buttons${n}`] = buttonList(item?.actions, state, notShown)
  }
  return { params, summary: cutBytes(oneLine(card.summary), LINE_MAX_BYTES), notShown }
}

/**
 * Without a template: Markdown, which has no buttons that answer. With a page to lead to it becomes an action card
 * that opens it.
 */
export function renderMessage(card: Card, chart: string, link: Link | null): RenderedMessage {
  const { title, text, notShown } = renderMarkdown(card, chart)
  if (link === null) return { message: { msgKey: 'sampleMarkdown', msgParam: { title, text } }, notShown }
  const msgParam = { title, text, singleTitle: link.title, singleURL: link.url }
  return { message: { msgKey: 'sampleActionCard', msgParam }, notShown }
}

/**
 * The text of a message. Its title is what notifications and the list of chats show. `end`: a last line that is never
 * cut, as it is.
 */
export function renderMarkdown(card: Card, chart: string, end = '') {
  const notShown: string[] = []
  const picture = chart === '' ? [] : [`![${plain(card.chart?.alt ?? '')}](${chart})`]
  const figure = card.figure && `**${plain(card.figure.value)}** ${plain(card.figure.label)}`
  const lines = [
    `### ${plain(card.title || card.summary)}`,
    ...(figure ? [figure] : []),
    ...fieldLines(card),
    ...(card.facts ?? []).map(plain),
    ...(card.items ?? []).flatMap(itemLines),
    ...picture,
    ...(card.notes ?? []).map((note) => `> ${plain(note)}`),
  ]
  const last = end === '' ? '' : BREAK + end
  const text = fitLines(lines, TEXT_MAX_BYTES - Buffer.byteLength(last), 'text', notShown) + last
  notShown.push(...allActions(card).map(buttonName))
  return { title: cutBytes(oneLine(card.summary), LINE_MAX_BYTES), text, notShown }
}

function linkLine(link: Link | null): string[] {
  return link === null ? [] : [`[${plain(link.title)}](${link.url})`]
}

export function hasButtons(card: Card): boolean {
  return allActions(card).length > 0
}

/**
 * Our id of a card, from the message's key: a repeated attempt names the same card. In a group it also tells which
 * one, for a press does not always say where it was made.
 */
export function trackOf(key: string, { kind, id }: Pick<Address, 'kind' | 'id'>): string {
  const name = createHash('sha256').update(`${key}\0${kind}\0${id}`).digest('base64url').slice(0, 22)
  return kind === 'dm' ? `lk_${name}` : `lk_${name}.${Buffer.from(id).toString('base64url')}`
}

/** The group a card was sent to; null for a direct chat. */
export function groupOf(track: string): string | null {
  const [, group] = track.split('.')
  return group === undefined ? null : Buffer.from(group, 'base64url').toString()
}

function allActions({ actions, items }: Card): readonly CardAction[] {
  return [{ actions }, ...(items ?? [])].flatMap((one) => one.actions ?? [])
}

function buttonName({ label }: CardAction): string {
  return `button ${label}`
}

function fieldLines({ fields }: Card): string[] {
  return (fields ?? []).map(({ label, value }) => `${plain(label)} **${plain(value)}**`)
}

function itemLines({ title, lines }: CardItem): string[] {
  return [`**${plain(title)}**`, ...lines.map(plain)]
}

/** A list for the template's loop, as JSON within one variable. */
function buttonList(actions: readonly CardAction[] | undefined, state: string, notShown: string[]): string {
  const kept: object[] = []
  for (const action of actions ?? []) {
    const button = {
      label: oneLine(action.label),
      style: action.style ?? 'default',
      press: pressOf(action, state),
    }
    const fits = Buffer.byteLength(JSON.stringify([...kept, button])) <= VALUE_MAX_BYTES
    if (fits) kept.push(button)
    else notShown.push(buttonName(action))
  }
  return JSON.stringify(kept)
}

function short(text: string, max: number, name: string, notShown: string[]): string {
  const line = oneLine(text)
  const cut = cutBytes(line, max)
  if (cut !== line) notShown.push(`${name}: end`)
  return cut
}

/** Whole lines while they fit; a first line that is too long alone is cut. */
function fitLines(lines: readonly string[], max: number, name: string, notShown: string[]): string {
  let text = ''
  for (const [index, line] of lines.entries()) {
    const next = index === 0 ? line : text + BREAK + line
    if (Buffer.byteLength(next) > max) {
      notShown.push(`${name}: from line ${index + 1}`)
      return index === 0 ? cutBytes(line, max) : text
    }
    text = next
  }
  return text
}

/** Names come from outside: nothing in them may become a link, a mention, a heading, a list or a quotation. */
function plain(text: string): string {
  return clean(oneLine(text))
    .replace(/[*[\]`<@]|^[#>+-]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + FULL_WIDTH))
    .replaceAll('://', '：//')
}
const FULL_WIDTH = 0xfee0
