import type { Card } from '../../src/model/card.ts'
import type { WecomWords } from './ports.ts'
import { buttonsOf } from './render.ts'
import { buttonCard, compactCard, ROBOT_CARD_MAX, type TemplateCard } from './render-card.ts'
import { type RenderedText, renderMarkdown } from './render-text.ts'

/** Bytes of UTF-8 of a Markdown or streamed answer. */
export const AIBOT_MAX_BYTES = 20_480

export type RobotMessage =
  | { readonly kind: 'text'; readonly content: string }
  | { readonly kind: 'card'; readonly card: Readonly<Record<string, unknown>> }

export interface RobotForm {
  readonly messages: readonly RobotMessage[]
  readonly notShown: readonly string[]
}

export interface RobotFormOptions {
  /** Names the message; see `taskOf`. */
  readonly task: string
  readonly words: WecomWords
  /** Only one message can be sent. */
  readonly single: boolean
}

/**
 * The best form for a card: Markdown where there are no buttons, a `button_interaction` where all of its words fit,
 * else Markdown and then a short card with the buttons. Where only one message can be sent the words come before the
 * buttons: what a button does can be typed, too.
 */
export function renderForAibot(card: Card, { task, words, single }: RobotFormOptions): RobotForm {
  const buttons = buttonsOf(card)
  const text = renderText(card)
  if (buttons.length === 0) return { messages: [text.message], notShown: text.notShown }
  const full = buttonCard(card, task, words, ROBOT_CARD_MAX)
  if (full.lostWords.length === 0) return { messages: [cardMessage(full)], notShown: full.lostButtons }
  if (single) return { messages: [text.message], notShown: [...text.notShown, ...buttons] }
  const short = compactCard(card, task, words, ROBOT_CARD_MAX)
  return {
    messages: [text.message, cardMessage(short)],
    notShown: [...text.notShown, ...short.lostButtons],
  }
}

/** The card in place of a pressed one; it keeps its `task_id`. */
export function renderAibotUpdate(card: Card, { task, words }: Omit<RobotFormOptions, 'single'>) {
  const rendered = buttonCard(card, task, words, ROBOT_CARD_MAX)
  return {
    template: cardMessage(rendered).card,
    notShown: [...rendered.lostWords, ...rendered.lostButtons],
  }
}

function renderText(card: Card): { message: RobotMessage; notShown: RenderedText['notShown'] } {
  const { content, notShown } = renderMarkdown(card, { maxBytes: AIBOT_MAX_BYTES, dialect: 'full' })
  return { message: { kind: 'text', content }, notShown }
}

/** A single button of the robot cannot be greyed: a card on which nothing is left shows one that does nothing. */
function cardMessage({ card: { replace_text: _grey, ...card } }: TemplateCard) {
  return { kind: 'card' as const, card }
}
