import { createHash } from 'node:crypto'
import type { Card } from '../../src/model/card.ts'
import { cardLink } from '../shared/card-link.ts'
import type { MessageBody } from './api.ts'
import type { WecomAppSettings, WecomWords } from './ports.ts'
import { buttonCard, compactCard, noticeCard, type TemplateCard } from './render-card.ts'
import { markOf, renderMarkdown, renderPlain } from './render-text.ts'

export interface Rendered {
  /** In this order; only the last one is ever a card, and its response code changes it later. */
  readonly messages: readonly MessageBody[]
  readonly notShown: readonly string[]
}

export interface RenderOptions {
  /** Names the message: the same for every attempt, another one for every message. See `taskOf`. */
  readonly task: string
  readonly words: WecomWords
  readonly settings: Pick<WecomAppSettings, 'publicUrl' | 'pageUrl' | 'plainText'>
}

/**
 * The best form for a card. With buttons: a `button_interaction`; when its words do not fit, they go before it as
 * Markdown, which holds four times as much. Without buttons: a `text_notice` when there is a page to lead to and
 * nothing is lost, else Markdown. Plain text where the settings ask for it.
 */
export function renderCard(card: Card, { task, words, settings }: RenderOptions): Rendered {
  const mark = markOf(seedOf(task))
  if (settings.plainText) {
    const { content, notShown } = renderPlain(card, { end: mark })
    return { messages: [{ msgtype: 'text', text: { content } }], notShown: [...notShown, ...buttonsOf(card)] }
  }
  const text = renderMarkdown(card, { end: mark })
  const markdown = { msgtype: 'markdown', markdown: { content: text.content } }
  if (buttonsOf(card).length > 0) {
    const full = buttonCard(card, task, words)
    const fits = full.lostWords.length === 0
    const link = cardLink(card, settings)
    const last = cardMessage(leadingTo(link, fits ? full : compactCard(card, task, words)))
    return fits
      ? { messages: [last], notShown: full.lostButtons }
      : { messages: [markdown, last], notShown: [...text.notShown, ...full.lostButtons] }
  }
  const link = cardLink(card, settings)
  const notice = link === null ? null : noticeCard(card, task, link, words)
  if (notice?.lostWords.length === 0) return { messages: [cardMessage(notice)], notShown: [] }
  return { messages: [markdown], notShown: text.notShown }
}

/** A tap beside the buttons opens the page. */
function leadingTo(link: string | null, template: TemplateCard): TemplateCard {
  if (link === null) return template
  return { ...template, card: { ...template.card, card_action: { type: 1, url: link } } }
}

function cardMessage({ card }: TemplateCard): MessageBody {
  return { msgtype: 'template_card', template_card: card }
}

/** The card that takes the place of one that was sent: all of its words that fit, for there is one message only. */
export function renderUpdate(card: Card, { task, words, settings }: RenderOptions) {
  const { lostWords, lostButtons, ...made } = buttonCard(card, task, words)
  const template = leadingTo(cardLink(card, settings), { ...made, lostWords, lostButtons }).card
  return { template, notShown: [...lostWords, ...lostButtons] }
}

/** Buttons, by their labels, as parts that a form without buttons cannot show. */
export function buttonsOf({ actions, items }: Card): readonly string[] {
  const all = [{ actions }, ...(items ?? [])].flatMap((one) => one.actions ?? [])
  return all.map(({ label }) => `button ${label}`)
}

/** A `task_id`: unique for an app, at most 128 letters, digits, `_`, `-` and `@`. */
export function taskOf(key: string, user: string): string {
  return `lk_${createHash('sha256').update(`${key}\0${user}`).digest('base64url')}`
}

function seedOf(task: string): number {
  return createHash('sha256').update(task).digest().readUInt32BE(0)
}
