import type { Log } from '../log.ts'
import type { InboxRow } from '../store/inbox.ts'
import { type Away, personOf } from './handle-page.ts'

/** The events of this process that wait for another machine. */
export interface AwayEvents extends Away {
  readonly size: number
  /** Resolves when one of them is done. */
  next(): Promise<void>
}

/** @param onDone one is done: what its person sent meanwhile can be handled */
export function createAway(log: Log, onDone: () => void): AwayEvents {
  const away = new Map<string, Promise<void>>()
  return {
    get size() {
      return away.size
    },
    holds: (row) => away.has(personOf(row)),
    async next() {
      await Promise.race(away.values())
    },
    add(row: InboxRow, done: Promise<void>) {
      const person = personOf(row)
      const ended = done
        .catch((error) => log.error({ error }, 'a chat event is left; it is tried again'))
        .then(() => {
          away.delete(person)
          onDone()
        })
      away.set(person, ended)
    },
  }
}
