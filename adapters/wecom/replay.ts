import type { Clock } from '../../src/clock.ts'

/** Remembers what was done, for a bounded time and in bounded memory. */
export interface Replays {
  /** Runs `work` unless `key` was done already; a second call during the first one waits for it. */
  once(key: string, work: () => Promise<void>): Promise<void>
  readonly size: number
}

/**
 * Only success is remembered: a request that failed may come again. When the memory is full the oldest entry goes;
 * events are deduplicated by their own ids once more where they are stored.
 */
export function createReplays(clock: Clock, keepMs: number, maxEntries: number): Replays {
  const done = new Map<string, number>()
  const running = new Map<string, Promise<void>>()

  function forget(now: number): void {
    for (const [key, at] of done) {
      if (done.size <= maxEntries && now - at <= keepMs) return
      done.delete(key)
    }
  }

  async function run(key: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
      done.set(key, clock.now())
      forget(clock.now())
    } finally {
      running.delete(key)
    }
  }

  return {
    once(key, work) {
      if (done.has(key)) return Promise.resolve()
      const going = running.get(key) ?? run(key, work)
      running.set(key, going)
      return going
    },
    get size() {
      return done.size
    },
  }
}
