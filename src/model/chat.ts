import type { Card } from './card.ts'

/** A person on a platform: the platform's own id, and the name it shows. */
export interface Person {
  readonly platform: string
  readonly id: string
  readonly name: string | null
}

/** Where something was said: a direct chat with the bot, or a group. */
export interface Chat {
  readonly kind: 'dm' | 'group'
  readonly id: string
  readonly title?: string | null
}

/** Where a card goes: a person's direct chat (`id` = person id) or a group (`id` = chat id). */
export interface Address {
  readonly platform: string
  readonly kind: 'dm' | 'group'
  readonly id: string
  /** The id of the inbound event that is answered: some platforms answer an event, not a chat. */
  readonly answers?: string
}

/** What an adapter needs to replace a card it sent earlier; opaque to everyone else, JSON-serialisable. */
export type UpdateToken = Readonly<Record<string, string | number>>

/** Something a person did, in the same shape on every platform. `id` is unique on its platform. */
export type InboundEvent = {
  readonly id: string
  readonly at: number
  readonly who: Person
  readonly where: Chat
} & (
  | {
      readonly kind: 'text'
      readonly text: string
      /** The `messageId` of the message it replies to, where the platform tells which it is. */
      readonly replyTo?: string
    }
  | {
      readonly kind: 'action'
      readonly action: string
      readonly payload: Readonly<Record<string, string | number>>
      readonly update: UpdateToken | null
    }
  | { readonly kind: 'joined' }
)

/** The platform took the message: its own id for it, and what the renderer could not show. */
export interface Receipt {
  readonly messageId: string
  readonly update: UpdateToken | null
  readonly notShown: readonly string[]
}

/**
 * Whoever made a callback and waits for its answer, which can carry the reply: faster than a message, and no call of the
 * platform's API. It counts as delivered once it is recorded, before it is given.
 */
export interface Caller {
  /** True when the connection is gone: nobody would hear an answer. */
  readonly gone: boolean
  /** Renders the card as the answer; null when an answer cannot show the whole of it. */
  offer(card: Card): Receipt | null
  /** Gives what was offered last. Before `Accept` resolves, and at most once. */
  answer(): void
}

/**
 * Resolves once the event is stored; only then may the adapter acknowledge it. With a `caller` it resolves a little
 * later, when that one was given the reply or will hear none.
 */
export type Accept = (event: InboundEvent, caller?: Caller) => Promise<void>

export interface Capabilities {
  readonly buttons: boolean
  readonly update: boolean
  readonly charts: boolean
  readonly groups: boolean
  readonly maxBytes: number
}

/** Calls of a month that a platform counts for the whole company, and how many of them Liuke made. */
export interface CallUsage {
  /** `2026-11`: the calendar month of the platform. */
  readonly month: string
  readonly kind: 'api' | 'stream'
  readonly used: number
  readonly limit: number
}

export interface Health {
  readonly ok: boolean
  readonly detail: string
  /** Absent where a platform counts no calls. */
  readonly calls?: readonly CallUsage[]
  /** Callback requests that were refused since the start, by reason; absent where there are none to refuse. */
  readonly refused?: Readonly<Record<string, number>>
  /** What people thought of answers since the start, by verdict; absent where the platform does not ask them. */
  readonly feedback?: Readonly<Record<string, number>>
}

/** A callback request as `http/` hands it over, free of any web framework. */
export interface CallbackRequest {
  readonly method: string
  /** Path below the adapter's mount point, starting with `/`. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Aborted when the caller has gone (for streamed answers). */
  readonly gone: AbortSignal
}

export interface CallbackAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer | AsyncIterable<string>
}

/** A chat platform. Few members, none optional; differences are facts in `can`. */
export interface Adapter {
  readonly name: string
  readonly can: Capabilities
  /** What people do is handed to `accept`. */
  start(accept: Accept): Promise<void>
  /** Sends a card once per `key` (the outbox id): a repeated key returns the first receipt where possible. */
  send(to: Address, card: Card, key: string): Promise<Receipt>
  /** @throws AppError `conflict` when it is too late to change the card. */
  update(token: UpdateToken, card: Card): Promise<void>
  callback(request: CallbackRequest): Promise<CallbackAnswer>
  health(): Health
  stop(): Promise<void>
}
