import type { Clock } from '../../src/clock.ts'

/** Remembers what was done, for a bounded time and in bounded memory. */
export interface Replays {
  /**
   * Runs `work` unless `key` was done already; a second call during the first one waits for it. What had an answer is
   * not remembered: it is asked for again, because nobody knows whether the answer arrived.
   */
  once(key: string, work: () => Promise<string | null>): Promise<string | null>
  readonly size: number
}

/**
 * Only success is remembered: a request that failed may come again. When the memory is full the oldest entry goes;
 * events are deduplicated by their own ids once more where they are stored.
 */
export function createReplays(clock: Clock, keepMs: number, maxEntries: number): Replays {
  const done = new Map<string, number>()
  const running = new Map<string, Promise<string | null>>()

  function forget(now: number): void {
    for (const [key, at] of done) {
      if (done.size <= maxEntries && now - at <= keepMs) return
      done.delete(key)
    }
  }

  function remember(key: string): void {
    const now = clock.now()
    done.set(key, now)
    forget(now)
  }

  /** Begins in a later turn, when the call is among those under way: also work that fails at once is then forgotten. */
  async function run(key: string, work: () => Promise<string | null>): Promise<string | null> {
    try {
      const answer = await Promise.resolve().then(work)
      if (answer === null) remember(key)
      return answer
    } finally {
      running.delete(key)
    }
  }

  return {
    once(key, work) {
      if (done.has(key)) return Promise.resolve(null)
      const going = running.get(key)
      if (going) return going
      const begun = run(key, work)
      running.set(key, begun)
      return begun
    },
    get size() {
      return done.size
    },
  }
}
