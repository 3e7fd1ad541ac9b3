import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Accept, InboundEvent } from '../model/chat.ts'
import { eventKey, handledEvents, storeEvents } from '../store/inbox.ts'
import { answersGiven } from '../store/outbox.ts'
import type { Callers } from './callers.ts'
import { answerId } from './reply.ts'

const MAX_ID_CHARS = 200
/** Longer texts are no commands; what follows is cut before it is stored. */
const MAX_STORED_CHARS = 4_000
/** Events of one transaction. */
const MAX_TOGETHER = 200

interface Waiting {
  readonly event: InboundEvent
  /** An answer to its caller is possible. */
  readonly called: boolean
  readonly stored: () => void
  readonly failed: (error: unknown) => void
}

/**
 * Stores inbound events, each once per (platform, event id); the adapter may acknowledge when it resolves. The inbox
 * handles them later. Events that arrive in the same turn of the event loop share a transaction. With a caller it
 * resolves when the reply was given to that one or is none of the kind; the reply to a repeated event is given again,
 * for the platform asks again only when it took none.
 * @param onStored there are events to handle
 * @throws AppError `bad-input` when the event has no usable id.
 */
export function createAccept(ctx: Ctx, callers: Callers, onStored: () => void): Accept {
  let queue: Waiting[] = []
  let flushing = false

  function flushSoon(): void {
    if (flushing) return
    flushing = true
    // After everything that has arrived by now was read.
    setImmediate(() => void flush())
  }

  async function flush(): Promise<void> {
    const [batch, rest] = [queue.slice(0, MAX_TOGETHER), queue.slice(MAX_TOGETHER)]
    queue = rest
    await storeTogether(ctx, callers, batch)
    onStored()
    flushing = false
    if (queue.length > 0) flushSoon()
  }

  return async (event, caller) => {
    checkId(event)
    const answered = caller && callers.open(event, caller)
    await new Promise<void>((stored, failed) => {
      queue.push({ event: bounded(event), called: caller !== undefined, stored, failed })
      flushSoon()
    })
    await answered
  }
}

/** One that cannot be stored does not keep the others from it. */
async function storeTogether(ctx: Ctx, callers: Callers, batch: readonly Waiting[]): Promise<void> {
  try {
    await store(ctx, callers, batch)
    for (const { stored } of batch) stored()
  } catch (error) {
    if (batch.length > 1)
      return void (await Promise.all(batch.map((one) => storeTogether(ctx, callers, [one]))))
    for (const { event, failed } of batch) {
      callers.dismiss(event)
      failed(error)
    }
  }
}

async function store(ctx: Ctx, callers: Callers, batch: readonly Waiting[]): Promise<void> {
  const events = batch.map(({ event }) => event)
  const added = await inTransaction(ctx, (ctx) => storeEvents(ctx, events))
  const called = batch.filter((one) => one.called).map(({ event }) => event)
  if (added < events.length && called.length > 0) await answerAgain(ctx, callers, called)
}

/** Among these events are some that were stored before: those that were handled too have no other reply to come. */
async function answerAgain(ctx: Ctx, callers: Callers, events: readonly InboundEvent[]): Promise<void> {
  const handled = await handledEvents(ctx, events)
  const given = await answersGiven(ctx, events.map(answerId))
  for (const event of events.filter((event) => handled.has(eventKey(event)))) {
    const card = given.get(answerId(event))
    const offer = card && callers.offer(event, card)
    if (offer && !offer.give()) offer.drop()
    callers.dismiss(event)
  }
}

function checkId({ id }: InboundEvent): void {
  if (id !== '' && id.length <= MAX_ID_CHARS) return
  throw new AppError('bad-input', 'the inbound event has no usable id', { data: { length: id.length } })
}

function bounded(event: InboundEvent): InboundEvent {
  if (event.kind !== 'text' || event.text.length <= MAX_STORED_CHARS) return event
  return { ...event, text: event.text.slice(0, MAX_STORED_CHARS) }
}
