import type { Clock } from '../../src/clock.ts'

/** A clock on which time passes only in `advance`: sleepers wake in order, each after the work of the one before. */
export interface SteppedClock extends Clock {
  advance(ms: number): Promise<void>
  /** How many sleep now. */
  readonly sleepers: number
}

interface Sleeper {
  readonly at: number
  wake(): void
}

/** `settle`: lets the work of a woken sleeper finish, network included. */
export function steppedClock(start: number, settle: () => Promise<void>): SteppedClock {
  let now = start
  const sleepers = new Set<Sleeper>()

  function earliest(until: number): Sleeper | null {
    const due = [...sleepers].filter((one) => one.at <= until)
    return due.reduce<Sleeper | null>((first, one) => (first && first.at <= one.at ? first : one), null)
  }

  return {
    now: () => now,
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const sleeper: Sleeper = { at: now + ms, wake }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', wake)
        function wake(): void {
          sleepers.delete(sleeper)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
      })
    },
    async advance(ms) {
      const until = now + ms
      for (let next = earliest(until); next; next = earliest(until)) {
        now = Math.max(now, next.at)
        next.wake()
        await settle()
      }
      now = until
    },
    get sleepers() {
      return sleepers.size
    },
  }
}
