import type { z } from 'zod'
import { AppError } from '../../src/errors.ts'
import type { CardAction } from '../../src/model/card.ts'
import type { InboundEvent, Person } from '../../src/model/chat.ts'
import { PLAYGROUND, type PlaygroundMessage, type PlaygroundPerson } from '../../src/model/playground.ts'
import { asChat, personById, visibleChat } from './chats.ts'
import type { PlaygroundPorts } from './ports.ts'
import { buttonsOf } from './render.ts'
import type { ActionBody, TextBody } from './schema.ts'

export type Accept = (event: InboundEvent) => Promise<void>

/**
 * Somebody wrote a line: it is shown to everybody in the chat and handed on. The same id again changes nothing
 * and is handed on again, so that a page may repeat until it hears back.
 */
export async function acceptText(
  ports: PlaygroundPorts,
  accept: Accept,
  { id, person: personId, chat: key, text, replyTo }: z.infer<typeof TextBody>,
): Promise<PlaygroundMessage> {
  const person = await personById(ports, personId)
  const chat = await visibleChat(ports, person, key)
  const quoted = replyTo === undefined ? null : await quotedCard(ports, chat.key, replyTo)
  const message = await ports.history.add({
    chat: chat.key,
    sender: person.id,
    at: ports.clock.now(),
    key: `in:${person.id}:${id}`,
    body: { kind: 'text', text, ...(quoted && { quote: quoted.title }) },
  })
  await accept({
    kind: 'text',
    id: `text:${person.id}:${id}`,
    at: message.at,
    who: asPerson(person),
    where: asChat(chat),
    text: withoutMention(text),
    ...(quoted && { replyTo: quoted.id }),
  })
  return message
}

/** The bot as the page names it, in both languages. A name runs into the words: people type @留客帮助. */
const MENTION = /@(?:留客|liuke(?![a-z]))[\s,，、:：]*/giu

/** Here every line of a group reaches the bot; a mention of it, which platforms take away, is no part of the words. */
function withoutMention(text: string): string {
  return text.replace(MENTION, ' ').trim() || text
}

/** The card of this chat that is replied to; null for anything else, as a text alone does no harm. */
async function quotedCard(
  ports: PlaygroundPorts,
  chat: string,
  id: number,
): Promise<{ id: string; title: string } | null> {
  const message = await ports.history.find(id)
  if (message?.chat !== chat || message.body.kind !== 'card') return null
  return { id: String(id), title: message.body.card.title }
}

/**
 * Somebody pressed a button. Only a button that stands on the card as it is now counts, with the payload it
 * carries there.
 * @throws AppError `conflict` for any other button: the card has changed, or somebody made it up.
 */
export async function acceptAction(
  ports: PlaygroundPorts,
  accept: Accept,
  body: z.infer<typeof ActionBody>,
): Promise<void> {
  const person = await personById(ports, body.person)
  const message = await ports.history.find(body.message)
  if (!message) throw new AppError('not-found', 'no such message')
  const chat = await visibleChat(ports, person, message.chat)
  const buttons = message.body.kind === 'card' ? buttonsOf(message.body.card) : []
  const button = buttons.find((one) => isSame(one, body))
  if (!button) throw new AppError('conflict', 'the card carries no such button')
  await accept({
    kind: 'action',
    id: `action:${person.id}:${body.id}`,
    at: ports.clock.now(),
    who: asPerson(person),
    where: asChat(chat),
    action: button.action,
    payload: button.payload,
    update: { message: message.id },
  })
}

function isSame(button: CardAction, { action, payload }: z.infer<typeof ActionBody>): boolean {
  const names = Object.keys(button.payload)
  return (
    button.action === action &&
    names.length === Object.keys(payload).length &&
    names.every((name) => button.payload[name] === payload[name])
  )
}

function asPerson({ id, name }: PlaygroundPerson): Person {
  return { platform: PLAYGROUND, id, name }
}
