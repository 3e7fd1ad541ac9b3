import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'

/** At most `count` messages to one receiver within `windowMs`. */
export interface SendLimit {
  readonly windowMs: number
  readonly count: number
}

/**
 * The platform's limits that must be kept by the sender. One app may send one member 30 messages a minute and 1000 an
 * hour; what comes beyond is dropped without an error.
 */
export const MEMBER_LIMITS = [
  { windowMs: 60_000, count: 30 },
  { windowMs: 3_600_000, count: 1000 },
] as const

export interface Limits {
  /** Counts `messages` to this member. @throws AppError `busy` when they would be dropped */
  takeMember(member: string, messages: number): void
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
const MAX_MEMBERS = 20_000

export function createLimits(clock: Clock, windows: readonly SendLimit[] = MEMBER_LIMITS): Limits {
  const sent = new Map<string, number[]>()
  const paused = new Map<string, { until: number; times: number }>()
  let stoppedUntil = 0

  function recent(member: string, now: number): number[] {
    return (sent.get(member) ?? []).filter((at) => now - at < HOUR_MS)
  }

  function forgetQuiet(now: number): void {
    for (const [member, times] of sent) {
      if (now - (times.at(-1) ?? 0) >= HOUR_MS) sent.delete(member)
    }
  }

  return {
    takeMember(member, messages) {
      const now = clock.now()
      const times = recent(member, now)
      const wait = Math.max(...windows.map((limit) => waitFor(times, messages, limit, now)))
      if (wait > 0) throw wouldWait('the member has got as many messages as WeCom delivers', wait)
      if (sent.size >= MAX_MEMBERS) forgetQuiet(now)
      sent.set(member, [...times, ...Array<number>(messages).fill(now)])
    },
    checkApi(api) {
      const now = clock.now()
      const wait = Math.max(stoppedUntil, paused.get(api)?.until ?? 0) - now
      if (wait > 0) throw wouldWait(`calls of WeCom ${api} are paused`, wait)
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

/** Milliseconds until `messages` more fit into the window; 0 means now. */
function waitFor(times: readonly number[], messages: number, limit: SendLimit, now: number): number {
  const inWindow = times.filter((at) => now - at < limit.windowMs)
  const tooMany = inWindow.length + messages - limit.count
  if (tooMany <= 0) return 0
  return (inWindow[tooMany - 1] ?? now) + limit.windowMs - now
}

function wouldWait(message: string, retryAfterMs: number): AppError {
  return new AppError('busy', message, { retryAfterMs, halt: 'pause' })
}
