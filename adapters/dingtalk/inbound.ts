import { createHash } from 'node:crypto'
import type { Chat, InboundEvent, Person } from '../../src/model/chat.ts'
import { readPress } from './press.ts'
import { groupOf } from './render.ts'
import { CardCallback, DINGTALK, OverQuota, Pressed, RobotMessage } from './schema.ts'

/**
 * What arrived. `refused`: it breaks the documentation or is of another company. `ignored`: taken, and none of ours.
 * `no-words`: a picture or a file.
 */
export type Inbound =
  | { readonly kind: 'event'; readonly event: InboundEvent; readonly reply: ReplyAddress | null }
  | { readonly kind: 'no-words'; readonly where: Chat; readonly reply: ReplyAddress | null }
  | { readonly kind: 'over-quota' }
  | { readonly kind: 'ignored'; readonly reason: 'outsider' | 'unknown-button' | 'empty' }
  | { readonly kind: 'refused'; readonly reason: 'malformed' | 'other-company' }

/** A webhook that answers in the chat of the message; a credential. */
export interface ReplyAddress {
  readonly url: string
  readonly until: number
}

const malformed = { kind: 'refused', reason: 'malformed' } as const
const otherCompany = { kind: 'refused', reason: 'other-company' } as const
/** Over the monthly quota messages arrive without their text. */
const OVER_QUOTA = 20_001

/** A message to the robot. */
export function readRobotMessage(data: string, corpId: string): Inbound {
  const value = parsed(data)
  if (OverQuota.safeParse(value).data?.errorCode === OVER_QUOTA) return { kind: 'over-quota' }
  const { data: message } = RobotMessage.safeParse(value)
  if (!message) return malformed
  const { senderStaffId, senderCorpId } = message
  // Before the app is published messages carry neither.
  if (senderStaffId === '') return { kind: 'ignored', reason: 'outsider' }
  if (senderCorpId !== corpId) return otherCompany
  return messageEvent(message)
}

function messageEvent(message: RobotMessage): Inbound {
  const { msgId, createAt, senderStaffId, senderNick, conversationType, conversationId } = message
  const who: Person = { platform: DINGTALK, id: senderStaffId, name: senderNick || null }
  const where: Chat =
    conversationType === '1'
      ? { kind: 'dm', id: senderStaffId }
      : { kind: 'group', id: conversationId, title: message.conversationTitle ?? null }
  const { sessionWebhook: url, sessionWebhookExpiredTime: until } = message
  const reply = url === '' ? null : { url, until }
  const words = wordsOf(message)
  if (words === null) return { kind: 'no-words', where, reply }
  const text = withoutMentions(words)
  if (text === '') return { kind: 'ignored', reason: 'empty' }
  const { originalProcessQueryKey: replyTo } = message
  const event = { id: `msg:${msgId}`, at: createAt, who, where, kind: 'text', text } as const
  return { kind: 'event', event: replyTo ? { ...event, replyTo } : event, reply }
}

/** Null for what has no words: a picture, a video, a file. */
function wordsOf({ msgtype, text, content }: RobotMessage): string | null {
  if (msgtype === 'text') return text?.content ?? ''
  if (msgtype === 'richText') {
    const parts = (content?.richText ?? []).flatMap((part) => part.text ?? [])
    return parts.length > 0 ? parts.join('') : null
  }
  return content?.recognition ?? null
}

/** The platform takes its own mention of the robot away, but not always the one in a rich text. */
function withoutMentions(text: string): string {
  return text
    .trim()
    .replace(/^(?:@\S+(?:\s+|$))+/u, '')
    .trim()
}

/** Repeats of a press come within a minute, and may carry another frame id and time. */
export const PRESS_WINDOW_MS = 60_000

/**
 * A pressed button. It has no id of its own: the same person, card, state and button within a minute are the same
 * press. The minute stands last in its id.
 */
export function readCardCallback(data: string, corpId: string, at: number): Inbound {
  const { data: callback } = CardCallback.safeParse(parsed(data))
  if (!callback) return malformed
  if (callback.corpId !== corpId) return otherCompany
  const { outTrackId: track, userId } = callback
  const press = pressIn(callback)
  const button = press === null ? null : readPress(press)
  if (!button) return { kind: 'ignored', reason: 'unknown-button' }
  const group = groupOf(track)
  const id = `${digestOf([track, userId, press ?? ''])}:${Math.floor(at / PRESS_WINDOW_MS)}`
  return {
    kind: 'event',
    reply: null,
    event: {
      id: `press:${id}`,
      at,
      who: { platform: DINGTALK, id: userId, name: null },
      where: group === null ? { kind: 'dm', id: userId } : { kind: 'group', id: group },
      kind: 'action',
      ...button,
      update: { track },
    },
  }
}

function pressIn({ content, value }: CardCallback): string | null {
  const { data } = Pressed.safeParse(parsed(content ?? value ?? ''))
  return data?.cardPrivateData?.params?.press ?? data?.params?.press ?? null
}

function digestOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
