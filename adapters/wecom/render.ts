import { createHash } from 'node:crypto'
import type { Card } from '../../src/model/card.ts'
import type { MessageBody } from './api.ts'
import type { WecomAppSettings, WecomWords } from './ports.ts'
import { buttonCard, noticeCard } from './render-card.ts'
import { markOf, renderMarkdown, renderPlain } from './render-text.ts'

export interface Rendered {
  readonly message: MessageBody
  /** The message can be changed later by its response code. */
  readonly changeable: boolean
  readonly notShown: readonly string[]
}

export interface RenderOptions {
  /** Names the message: the same for every attempt, another one for every message. See `taskOf`. */
  readonly task: string
  readonly words: WecomWords
  readonly settings: Pick<WecomAppSettings, 'pageUrl' | 'plainText'>
}

/**
 * The best form for a card: with buttons a `button_interaction`; without, a `text_notice` when there is a page to
 * lead to and nothing is lost, else Markdown, which holds more; plain text where the settings ask for it.
 */
export function renderCard(card: Card, { task, words, settings }: RenderOptions): Rendered {
  const mark = markOf(seedOf(task))
  if (settings.plainText) {
    const { content, notShown } = renderPlain(card, mark)
    return { message: { msgtype: 'text', text: { content } }, changeable: false, notShown }
  }
  if (hasButtons(card)) {
    const { card: template_card, notShown } = buttonCard(card, task, words)
    return { message: { msgtype: 'template_card', template_card }, changeable: true, notShown }
  }
  const notice = settings.pageUrl === null ? null : noticeCard(card, task, settings.pageUrl, words)
  if (notice && notice.notShown.length === 0) {
    const message = { msgtype: 'template_card', template_card: notice.card }
    return { message, changeable: false, notShown: [] }
  }
  const { content, notShown } = renderMarkdown(card, mark)
  return { message: { msgtype: 'markdown', markdown: { content } }, changeable: false, notShown }
}

/** The card that takes the place of one that was sent. */
export function renderUpdate(card: Card, { task, words }: Omit<RenderOptions, 'settings'>): object {
  return buttonCard(card, task, words).card
}

function hasButtons(card: Card): boolean {
  return [card, ...(card.items ?? [])].some(({ actions }) => (actions?.length ?? 0) > 0)
}

/** A `task_id`: unique for an app, at most 128 letters, digits, `_`, `-` and `@`. */
export function taskOf(key: string, user: string): string {
  return `lk_${createHash('sha256').update(`${key}\0${user}`).digest('base64url')}`
}

function seedOf(task: string): number {
  return createHash('sha256').update(task).digest().readUInt32BE(0)
}
