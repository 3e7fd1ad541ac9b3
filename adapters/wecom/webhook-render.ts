import { createHash } from 'node:crypto'
import type { Card } from '../../src/model/card.ts'
import type { WecomRobot } from './ports.ts'
import { buttonsOf } from './render.ts'
import { renderMarkdown, renderPlain, TEXT_MAX_BYTES } from './render-text.ts'

/** Bytes of UTF-8 that a Markdown message of a robot shows. */
export const ROBOT_MAX_BYTES = 4096
/** Before base64. */
const IMAGE_MAX_BYTES = 2 * 1024 * 1024

export type RobotMessage =
  | { readonly msgtype: 'markdown'; readonly markdown: { readonly content: string } }
  | {
      readonly msgtype: 'text'
      readonly text: { readonly content: string; readonly mentioned_list?: readonly string[] }
    }
  | { readonly msgtype: 'image'; readonly image: { readonly base64: string; readonly md5: string } }

export interface RenderedForRobot {
  readonly message: RobotMessage
  readonly notShown: readonly string[]
}

/** A card as Markdown, or as text where the robot asks for it; who is mentioned is told at the end. */
export function renderForRobot(card: Card, { plainText, mention }: WecomRobot): RenderedForRobot {
  const buttons = buttonsOf(card)
  if (plainText) {
    const { content, notShown } = renderPlain(card, { maxBytes: TEXT_MAX_BYTES })
    const text = { content, ...(mention.length > 0 && { mentioned_list: mention }) }
    return { message: { msgtype: 'text', text }, notShown: [...notShown, ...buttons] }
  }
  const end = mention.length > 0 ? `\n${mention.map((user) => `<@${user}>`).join(' ')}` : ''
  const { content, notShown } = renderMarkdown(card, { end, maxBytes: ROBOT_MAX_BYTES })
  return { message: { msgtype: 'markdown', markdown: { content } }, notShown: [...notShown, ...buttons] }
}

/** A picture; null when it is larger than the platform takes. */
export function imageMessage(png: Buffer): RobotMessage | null {
  if (png.length > IMAGE_MAX_BYTES) return null
  const md5 = createHash('md5').update(png).digest('hex')
  return { msgtype: 'image', image: { base64: png.toString('base64'), md5 } }
}
