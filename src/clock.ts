/** The only file that reads the time or sleeps. Instants are UTC milliseconds. */
export interface Clock {
  now(): number
  /** Resolves after `ms` of real time, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** A clock that can be moved forward: the demo's, and the tests'. */
export interface MovableClock extends Clock {
  /** Moves the clock forward to `at`; moving backwards is ignored. */
  advanceTo(at: number): void
  /** How far this clock is ahead of the machine's, in milliseconds (stored, so that a restart goes on). */
  offset(): number
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    signal?.addEventListener('abort', done)
  })
}

export const systemClock: Clock = { now: () => Date.now(), sleep }

/** The machine's clock shifted by `offsetMs`; it runs at normal speed from there. */
export function movableClock(offsetMs: number): MovableClock {
  let offset = offsetMs
  return {
    now: () => Date.now() + offset,
    sleep,
    advanceTo(at) {
      offset = Math.max(offset, at - Date.now())
    },
    offset: () => offset,
  }
}

/** Monotonic seconds since `start`, for durations in reports. */
export function stopwatch(): () => number {
  const start = performance.now()
  return () => Math.round(performance.now() - start) / 1000
}
