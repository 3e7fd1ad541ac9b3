import type { Clock } from '../../src/clock.ts'

/** Callbacks that wait for their answer: it goes into the HTTP response, while WeCom listens. */
export interface OpenCallbacks {
  /**
   * Waits for the answer to an event; null when none came in time, it was closed, or the caller has gone.
   * @param task the pressed card, null when none was
   */
  open(event: string, gone: AbortSignal, task: string | null): Promise<string | null>
  /** False when nobody waits for an answer to this event (any more). */
  answer(event: string, write: (task: string | null) => string): boolean
  /** The event gets no answer of this kind. */
  close(event: string): void
}

/** WeCom waits for five seconds. */
const WAIT_MS = 4_000

export function createOpenCallbacks(clock: Clock): OpenCallbacks {
  const waiting = new Map<string, { task: string | null; settle(text: string | null): void }>()

  return {
    async open(event, gone, task) {
      const over = new AbortController()
      const { promise, resolve } = Promise.withResolvers<string | null>()
      waiting.set(event, { task, settle: resolve })
      gone.addEventListener('abort', () => resolve(null), { signal: over.signal })
      if (gone.aborted) resolve(null)
      void clock.sleep(WAIT_MS, over.signal).then(() => resolve(null))
      const text = await promise
      over.abort()
      waiting.delete(event)
      return text
    },
    answer(event, write) {
      const callback = waiting.get(event)
      if (!callback) return false
      waiting.delete(event)
      callback.settle(write(callback.task))
      return true
    },
    close: (event) => waiting.get(event)?.settle(null),
  }
}
