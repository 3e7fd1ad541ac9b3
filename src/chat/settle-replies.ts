import { type Ctx, inTransaction } from '../context.ts'
import type { InboundEvent } from '../model/chat.ts'
import { openDialog } from '../store/dialogs.ts'
import { addReplies, addressesWaiting, sendUnheard } from '../store/outbox.ts'
import type { Callers, Offer } from './callers.ts'
import type { Reply } from './command.ts'
import { messagesOf } from './reply.ts'

/** A reply with the event it answers. */
export interface ReadyReply {
  readonly event: InboundEvent
  readonly reply: Reply
}

/** What was offered to a caller, by the id of its message. */
type Offers = Map<string, Offer>

/**
 * Runs `work` in a transaction that stores the replies it returns; when it throws, nothing stays. A reply of one card
 * goes to the caller who waits for it, the others are left to the dispatcher.
 *
 * An answer to a caller is recorded as delivered in the transaction and given after it. When the process dies in
 * between, the connection dies too: the platform asks again and hears what was recorded. When only the caller has gone,
 * it is sent as a message.
 * @returns how many messages there are to send
 */
export async function settleReplies(
  ctx: Ctx,
  callers: Callers,
  work: (ctx: Ctx) => Promise<readonly ReadyReply[]>,
): Promise<number> {
  const offers: Offers = new Map()
  let messages = 0
  try {
    await inTransaction(ctx, async (ctx) => {
      messages = await storeReplies(ctx, await work(ctx), callers, offers)
    })
  } catch (error) {
    for (const offer of offers.values()) offer.takeBack()
    throw error
  }
  const unheard = [...offers].filter(([, offer]) => !offer.give())
  if (unheard.length > 0)
    await sendUnheard(
      ctx,
      unheard.map(([id]) => id),
    )
  for (const [, offer] of unheard) offer.drop()
  return messages - offers.size + unheard.length
}

async function storeReplies(
  ctx: Ctx,
  replies: readonly ReadyReply[],
  callers: Callers,
  offers: Offers,
): Promise<number> {
  const ready = replies.map(({ event, reply }) => ({ event, messages: messagesOf(ctx, event, reply) }))
  const waiting = await addressesOfEarlier(
    ctx,
    ready.flatMap(({ messages }) => messages),
    callers,
  )
  const rows = ready.flatMap(({ event, messages }) => {
    const [only, ...others] = messages
    const alone = only?.kind === 'send' && others.length === 0 && !waiting.has(only.address)
    const offer = alone ? callers.offer(event, only.card) : null
    if (only && offer) offers.set(only.id, offer)
    return messages.map((message) => ({ message, receipt: offer?.receipt ?? null }))
  })
  await addReplies(ctx, rows)
  for (const { event, reply } of replies) if (reply.ask) await openDialog(ctx, event, reply.ask)
  return rows.length
}

/** An answer is faster than a message: it must not overtake one of the same chat that is still to be sent. */
async function addressesOfEarlier(
  ctx: Ctx,
  messages: readonly { readonly address: string }[],
  callers: Callers,
): Promise<ReadonlySet<string>> {
  if (callers.size === 0 || messages.length === 0) return new Set()
  return addressesWaiting(
    ctx,
    messages.map(({ address }) => address),
  )
}
