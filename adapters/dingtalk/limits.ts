import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'

/** The platform allows an app 20 calls of one API a second; other processes of ours need some of them. */
export const CALLS_PER_SECOND = 15
/** Whoever would wait longer gives its place in the dispatcher to somebody else. */
const PATIENCE_MS = 3_000

export const WEBHOOK = 'robot/sendBySession'

export interface Limits {
  /** Resolves when this API may be called. @throws AppError `busy` while it, or the whole app, rests */
  take(api: string): Promise<void>
  /** For a webhook, which needs no token and has a quota of its own: it rests alone. */
  takeWebhook(): Promise<void>
  pauseApi(api: string, ms: number): void
  pauseAll(ms: number): void
}

export function createLimits(clock: Clock): Limits {
  /** When the last calls of an API were or will be made, oldest first. */
  const made = new Map<string, number[]>()
  const resting = new Map<string, number>()
  let allRestUntil = 0

  function checkRest(api: string, now: number): void {
    const all = api === WEBHOOK ? 0 : allRestUntil
    const wait = Math.max(all, resting.get(api) ?? 0) - now
    if (wait > 0)
      throw new AppError('busy', `calls of DingTalk ${api} rest`, { retryAfterMs: wait, halt: 'pause' })
  }

  async function take(api: string): Promise<void> {
    const now = clock.now()
    checkRest(api, now)
    const times = made.get(api) ?? []
    const full = times.at(-CALLS_PER_SECOND)
    const wait = full === undefined ? 0 : Math.max(0, full + 1000 - now)
    if (wait > PATIENCE_MS) {
      throw new AppError('busy', `too many calls of DingTalk ${api} at once`, {
        retryAfterMs: wait,
        halt: 'pause',
      })
    }
    made.set(api, [...times, now + wait].slice(-CALLS_PER_SECOND))
    if (wait > 0) await clock.sleep(wait)
    checkRest(api, clock.now())
  }

  return {
    take,
    takeWebhook: () => take(WEBHOOK),
    pauseApi(api, ms) {
      resting.set(api, clock.now() + ms)
    },
    pauseAll(ms) {
      allRestUntil = clock.now() + ms
    },
  }
}
