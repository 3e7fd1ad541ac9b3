import type { Ctx } from '../context.ts'
import type { Address, InboundEvent } from '../model/chat.ts'
import { addressKey, type OutboxMessage, updateId } from '../store/outbox.ts'
import type { Reply } from './command.ts'

/** The message that `answersGiven` is asked for: the only one of a reply that an answer can carry. */
export function answerId({ who, id }: InboundEvent): string {
  return `reply:${who.platform}:${id}:0`
}

/** The messages of a reply; ids follow the inbound event, so that a repeated handling adds nothing. */
export function messagesOf(ctx: Ctx, event: InboundEvent, reply: Reply): OutboxMessage[] {
  const { platform } = event.who
  const to = replyAddress(event)
  const base = { platform, address: addressKey(to), lane: 'reply' as const, notBefore: ctx.clock.now() }
  const messages: OutboxMessage[] = []
  const token = event.kind === 'action' ? event.update : null
  if (reply.update && token) {
    const id = updateId(platform, event.id)
    messages.push({ ...base, id, kind: 'update', target: token, card: reply.update })
  }
  for (const [index, { token, card }] of (reply.refresh ?? []).entries()) {
    const id = `refresh:${platform}:${event.id}:${index}`
    messages.push({ ...base, id, kind: 'refresh', target: token, card })
  }
  const unshown = reply.update && !token && reply.cards.length === 0 ? [reply.update] : []
  for (const [index, card] of [...reply.cards, ...unshown].entries()) {
    const id = `reply:${platform}:${event.id}:${index}`
    messages.push({ ...base, id, kind: 'send', target: to, card })
  }
  return messages
}

/** A direct chat is addressed by the person, a group by its id. */
function replyAddress({ id: answers, who, where }: InboundEvent): Address {
  return where.kind === 'group'
    ? { platform: who.platform, kind: 'group', id: where.id, answers }
    : { platform: who.platform, kind: 'dm', id: who.id, answers }
}
