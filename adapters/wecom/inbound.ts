import { createHash } from 'node:crypto'
import { AppError } from '../../src/errors.ts'
import type { CustomerChange, TransferFailure } from '../../src/model/address-book.ts'
import type { InboundEvent } from '../../src/model/chat.ts'
import { QUESTION, readButton } from './buttons.ts'
import { readCustomerChange } from './changes.ts'
import { WECOM, wecomUser } from './schema.ts'
import { child, childrenOf, parseXml, textOf, type XmlNode } from './xml.ts'

/** A message as it came, or why it is none of ours: what we do not know is acknowledged and forgotten. */
export type Inbound =
  | { readonly event: InboundEvent }
  | { readonly change: CustomerChange | TransferFailure }
  | { readonly ignored: 'malformed' | 'other-company' | 'unknown-type' | 'unknown-button' }

/** A decrypted callback message as an event of the house. */
export function readMessage(message: string, corpId: string): Inbound {
  const xml = parsed(message)
  if (!xml) return { ignored: 'malformed' }
  if (textOf(xml, 'ToUserName') !== corpId) return { ignored: 'other-company' }
  const user = wecomUser(textOf(xml, 'FromUserName'))
  const created = textOf(xml, 'CreateTime')
  if (!isUser(user) || !/^\d{9,10}$/.test(created)) return { ignored: 'malformed' }
  return eventOf(xml, {
    at: Number(created) * 1000,
    who: { platform: WECOM, id: user, name: null },
    where: { kind: 'dm', id: user },
  })
}

type Common = Pick<InboundEvent, 'at' | 'who' | 'where'>

function eventOf(xml: XmlNode, common: Common): Inbound {
  switch (textOf(xml, 'MsgType')) {
    case 'text':
      return textEvent(xml, common)
    case 'event':
      return platformEvent(xml, common)
    default:
      return { ignored: 'unknown-type' }
  }
}

/** A member's id has 1 to 64 bytes. */
function isUser(user: string): boolean {
  return user !== '' && Buffer.byteLength(user) <= 64
}

/** `MsgId` has 64 bits and stays text. */
function textEvent(xml: XmlNode, common: Common): Inbound {
  const text = textOf(xml, 'Content')
  const messageId = textOf(xml, 'MsgId')
  if (text === '') return { ignored: 'malformed' }
  const id = !/^\d{1,20}$/.test(messageId)
    ? `text:${digestOf([common.who.id, common.at, text])}`
    : `msg:${messageId}`
  return { event: { ...common, id, kind: 'text', text } }
}

function platformEvent(xml: XmlNode, common: Common): Inbound {
  switch (textOf(xml, 'Event')) {
    case 'change_external_contact': {
      const change = readCustomerChange(xml, common.at)
      return change ? { change } : { ignored: 'unknown-type' }
    }
    case 'template_card_event':
    case 'template_card_menu_event':
      return pressEvent(xml, common)
    case 'subscribe':
    case 'enter_agent':
      // One id for all visits: a person is greeted at the first one, not whenever they open the app.
      return { event: { ...common, id: `enter:${common.who.id}`, kind: 'joined' } }
    default:
      return { ignored: 'unknown-type' }
  }
}

/**
 * A pressed button. It carries no message id, and a repeat may carry a new response code: the same person, second,
 * card, button and choice are the same press.
 */
function pressEvent(xml: XmlNode, common: Common): Inbound {
  const key = textOf(xml, 'EventKey')
  const task = textOf(xml, 'TaskId')
  const code = textOf(xml, 'ResponseCode')
  const chosen = chosenOption(xml)
  const button = readButton(key, chosen)
  if (!button || task === '') return { ignored: 'unknown-button' }
  const { who, at } = common
  return {
    event: {
      ...common,
      id: `press:${digestOf([who.id, at, task, key, chosen ?? ''])}`,
      kind: 'action',
      ...button,
      update: code === '' ? null : { code, user: who.id, task, at },
    },
  }
}

function chosenOption(xml: XmlNode): string | null {
  const items = childrenOf(child(xml, 'SelectedItems'), 'SelectedItem')
  const ours = items.find((item) => textOf(item, 'QuestionKey') === QUESTION)
  return childrenOf(ours && child(ours, 'OptionIds'), 'OptionId')[0]?.text.trim() ?? null
}

function digestOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

function parsed(message: string): XmlNode | null {
  try {
    return parseXml(message)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
