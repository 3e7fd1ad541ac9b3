import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { InboundEvent } from '../model/chat.ts'
import { storeEvent } from '../store/inbox.ts'

const MAX_ID_CHARS = 200
/** Longer texts are no commands; what follows is cut before it is stored. */
const MAX_STORED_CHARS = 4_000

/**
 * Stores an inbound event once per (platform, event id); the adapter may acknowledge when this resolves.
 * Returns false when the event was seen before. The inbox loop handles it later.
 * @throws AppError `bad-input` when the event has no usable id.
 */
export async function acceptEvent(ctx: Ctx, event: InboundEvent): Promise<boolean> {
  if (event.id === '' || event.id.length > MAX_ID_CHARS) {
    throw new AppError('bad-input', 'the inbound event has no usable id', {
      data: { length: event.id.length },
    })
  }
  return storeEvent(ctx, bounded(event))
}

function bounded(event: InboundEvent): InboundEvent {
  if (event.kind !== 'text' || event.text.length <= MAX_STORED_CHARS) return event
  return { ...event, text: event.text.slice(0, MAX_STORED_CHARS) }
}
