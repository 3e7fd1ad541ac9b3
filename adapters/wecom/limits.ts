import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'

/** What the platform refused for a while. Each process learns it for itself. */
export interface Limits {
  /** @throws AppError `busy` while this API, or the whole app, is paused */
  checkApi(api: string): void
  /** Error 45009: pauses this API, longer each time in a row; returns for how long. */
  pauseApi(api: string): number
  /** An administrator must act: until then nothing is called, or not this API. */
  stop(api: string | null, ms: number): void
  /** An API answered well: its next pause is a short one again. */
  worked(api: string): void
}

/** 45009 does not say which window was exceeded: a minute, an hour, then the day (tried again every four hours). */
const PAUSES_MS = [60_000, 3_600_000, 4 * 3_600_000] as const
const HOUR_MS = 3_600_000

export function createLimits(clock: Clock): Limits {
  const paused = new Map<string, { until: number; times: number }>()
  let stoppedUntil = 0

  return {
    checkApi(api) {
      const now = clock.now()
      const wait = Math.max(stoppedUntil, paused.get(api)?.until ?? 0) - now
      if (wait <= 0) return
      throw new AppError('busy', `calls of WeCom ${api} are paused`, { retryAfterMs: wait, halt: 'pause' })
    },
    pauseApi(api) {
      const times = paused.get(api)?.times ?? 0
      const pause = PAUSES_MS[Math.min(times, PAUSES_MS.length - 1)] ?? HOUR_MS
      paused.set(api, { until: clock.now() + pause, times: times + 1 })
      return pause
    },
    stop(api, ms) {
      const until = clock.now() + ms
      if (api === null) stoppedUntil = until
      else paused.set(api, { until, times: 0 })
    },
    worked(api) {
      paused.delete(api)
    },
  }
}
