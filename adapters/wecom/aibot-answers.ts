import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import type { SharedValues } from '../shared/shared-values.ts'

/** How an event can be answered: an address that takes one answer, or the id of the request on the long connection. */
export interface Answerable {
  /** The id of the event. */
  readonly event: string
  readonly way: string
}

/** Kept in order, chat by chat, also over a restart. */
export interface Answers {
  /** An event that came again changes nothing. */
  add(chat: string, one: Answerable): Promise<void>
  /**
   * Reserves the way to answer for one message, by its key: that of `event`, else the oldest that is free. `again`: the
   * same message has reserved it before, so an earlier attempt may have arrived. Null when there is none.
   */
  claim(
    chat: string,
    event: string | null,
    key: string,
  ): Promise<(Answerable & { readonly at: number; readonly again: boolean }) | null>
}

const MAX_KEPT = 100

const Stored = z.array(
  z.object({ event: z.string(), way: z.string(), at: z.number(), key: z.string().nullable() }),
)
type Stored = z.infer<typeof Stored>

/** @param keepMs how long the platform takes an answer */
export function createAnswers(shared: SharedValues, clock: Clock, keepMs: number): Answers {
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
    return (stored.success ? stored.data : []).filter((one) => clock.now() - one.at < keepMs)
  }

  const write = (chat: string, all: Stored): Promise<void> =>
    shared.set(nameOf(chat), JSON.stringify(all.slice(-MAX_KEPT)))

  return {
    add: (chat, { event, way }) =>
      inTurn(async () => {
        const all = await read(chat)
        if (all.some((one) => one.event === event)) return
        await write(chat, [...all, { event, way, at: clock.now(), key: null }])
      }),
    claim: (chat, event, key) =>
      inTurn(async () => {
        const all = await read(chat)
        const before = all.find((one) => one.key === key)
        if (before) return { ...before, again: true }
        const free = all.find((one) => one.key === null && (event === null || one.event === event))
        if (!free) return null
        await write(
          chat,
          all.map((one) => (one === free ? { ...one, key } : one)),
        )
        return { ...free, again: false }
      }),
  }
}
