import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import { changeValue } from '../shared/change-value.ts'
import type { Sealer } from '../shared/sealed-values.ts'
import type { SwappableValues } from '../shared/shared-values.ts'

/** How an event can be answered: an address that takes one answer, or the id of the request on the long connection. */
export interface Answerable {
  /** The id of the event. */
  readonly event: string
  readonly way: string
}

export interface Claimed extends Answerable {
  /** When the event came. */
  readonly at: number
  /** The same message has reserved it before: an earlier attempt may have arrived. */
  readonly again: boolean
}

/** Kept in order, chat by chat, also over a restart. */
export interface Answers {
  /** An event that came again changes nothing. */
  add(chat: string, one: Answerable): Promise<void>
  /**
   * Reserves the way to answer for one message, by its key: that of `event`, or the oldest that is free where no event
   * is named. Null when there is none.
   */
  claim(chat: string, event: string | null, key: string): Promise<Claimed | null>
}

const MAX_KEPT = 100

const Stored = z.array(
  z.object({ event: z.string(), way: z.string(), at: z.number(), key: z.string().nullable() }),
)
type Stored = z.infer<typeof Stored>

export interface AnswersParts {
  readonly shared: Pick<SwappableValues, 'get' | 'swap'>
  /** Nobody who reads the database can answer in our place. */
  readonly sealer: Sealer
  readonly clock: Clock
  /** How long the platform takes an answer. */
  readonly keepMs: number
}

export function createAnswers({ shared, sealer, clock, keepMs }: AnswersParts): Answers {
  /** Changes what is kept of a chat, without losing what another process has changed; null: it stays as it is. */
  function change<T>(chat: string, work: (all: Stored) => { after: Stored | null; result: T }): Promise<T> {
    const name = `wecom.aibot.${chat}`
    return changeValue(shared, name, (before) => {
      const { after, result } = work(parsed(before === null ? null : sealer.open(name, before)))
      const kept = after && sealer.seal(name, JSON.stringify(after.slice(-MAX_KEPT)))
      return { after: kept, result }
    })
  }

  function parsed(text: string | null): Stored {
    const stored = Stored.safeParse(text === null ? [] : JSON.parse(text))
    return (stored.success ? stored.data : []).filter((one) => clock.now() - one.at < keepMs)
  }

  return {
    add: (chat, { event, way }) =>
      change(chat, (all) => {
        const known = all.some((one) => one.event === event)
        return {
          after: known ? null : [...all, { event, way, at: clock.now(), key: null }],
          result: undefined,
        }
      }),
    claim: (chat, event, key) =>
      change<Claimed | null>(chat, (all) => {
        const before = all.find((one) => one.key === key)
        if (before) return { after: null, result: { ...before, again: true } }
        const free = all.find((one) => one.key === null && (event === null || one.event === event))
        if (!free) return { after: null, result: null }
        const after = all.map((one) => (one === free ? { ...one, key } : one))
        return { after, result: { ...free, again: false } }
      }),
  }
}
