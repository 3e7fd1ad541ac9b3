import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import type { SharedValues } from '../shared/shared-values.ts'

/** Where the answer to one message goes. */
export interface ReplyUrl {
  readonly message: string
  readonly url: string
}

/** Every message brings an address that takes one answer. They are kept in order, chat by chat, also over a restart. */
export interface ReplyUrls {
  /** A message that came again changes nothing. */
  add(chat: string, reply: ReplyUrl): Promise<void>
  /** The oldest that was not used and still works; null when there is none. */
  next(chat: string): Promise<ReplyUrl | null>
  used(chat: string, message: string): Promise<void>
}

/** An address works for an hour; a minute less, for the way. */
const KEEP_MS = 59 * 60_000
const MAX_KEPT = 100

const Stored = z.array(z.object({ message: z.string(), url: z.string(), at: z.number(), used: z.boolean() }))
type Stored = z.infer<typeof Stored>

export function createReplyUrls(shared: SharedValues, clock: Clock): ReplyUrls {
  let turn: Promise<unknown> = Promise.resolve()

  /** One change after the other: each reads what the one before has written. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }

  const nameOf = (chat: string): string => `wecom.aibot.${chat}`

  async function read(chat: string): Promise<Stored> {
    const text = await shared.get(nameOf(chat))
    const stored = Stored.safeParse(text === null ? [] : JSON.parse(text))
    return (stored.success ? stored.data : []).filter((one) => clock.now() - one.at < KEEP_MS)
  }

  const write = (chat: string, all: Stored): Promise<void> =>
    shared.set(nameOf(chat), JSON.stringify(all.slice(-MAX_KEPT)))

  return {
    add: (chat, reply) =>
      inTurn(async () => {
        const all = await read(chat)
        if (all.some((one) => one.message === reply.message)) return
        await write(chat, [...all, { ...reply, at: clock.now(), used: false }])
      }),
    next: (chat) => inTurn(async () => (await read(chat)).find((one) => !one.used) ?? null),
    used: (chat, message) =>
      inTurn(async () => {
        const all = await read(chat)
        await write(
          chat,
          all.map((one) => (one.message === message ? { ...one, used: true } : one)),
        )
      }),
  }
}
