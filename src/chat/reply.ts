import type { Ctx } from '../context.ts'
import type { Address, InboundEvent } from '../model/chat.ts'
import { openDialog } from '../store/dialogs.ts'
import { addressKey, addToOutbox } from '../store/outbox.ts'
import type { Reply } from './command.ts'

/** Stores the messages and the question of a reply; ids follow the inbound event, so that a repeated handling adds nothing. */
export async function enqueueReply(ctx: Ctx, event: InboundEvent, reply: Reply): Promise<void> {
  const { platform } = event.who
  const to = replyAddress(event)
  const base = { platform, address: addressKey(to), lane: 'reply' as const, notBefore: ctx.clock.now() }
  if (reply.ask) await openDialog(ctx, event, reply.ask)
  const token = event.kind === 'action' ? event.update : null
  if (reply.update && token) {
    const id = `update:${platform}:${event.id}`
    await addToOutbox(ctx, { ...base, id, kind: 'update', target: token, card: reply.update })
  }
  for (const [index, { token, card }] of (reply.refresh ?? []).entries()) {
    const id = `refresh:${platform}:${event.id}:${index}`
    await addToOutbox(ctx, { ...base, id, kind: 'refresh', target: token, card })
  }
  const unshown = reply.update && !token && reply.cards.length === 0 ? [reply.update] : []
  for (const [index, card] of [...reply.cards, ...unshown].entries()) {
    const id = `reply:${platform}:${event.id}:${index}`
    await addToOutbox(ctx, { ...base, id, kind: 'send', target: to, card })
  }
}

/** A direct chat is addressed by the person, a group by its id. */
function replyAddress({ id: answers, who, where }: InboundEvent): Address {
  return where.kind === 'group'
    ? { platform: who.platform, kind: 'group', id: where.id, answers }
    : { platform: who.platform, kind: 'dm', id: who.id, answers }
}
