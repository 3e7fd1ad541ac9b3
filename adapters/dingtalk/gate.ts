import { AppError, asAppError } from '../../src/errors.ts'
import { createWindows, type WindowsParts } from '../shared/windows.ts'

/**
 * The platform allows an app 20 calls of one API a second. A call arrives later than it is counted, one more than another:
 * up to a quarter of a second between them is allowed for.
 */
export const CALLS = { windowMs: 1250, count: 18 } as const
/** Whoever would wait longer gives its place in the dispatcher to somebody else. */
export const PATIENCE_MS = 3_000

/** More could not go within everybody's patience. */
const MOST_WAITING = Math.floor(PATIENCE_MS / CALLS.windowMs) * CALLS.count

export interface Gate {
  /** Resolves when one call may be made. @throws AppError `busy` when that would take too long */
  enter(): Promise<void>
}

interface Waiting {
  readonly until: number
  go(): void
  refuse(error: AppError): void
}

/**
 * The gate before one API. Whoever comes while the shared counts are asked waits for the next asking, which takes for
 * all of them at once: under load the counts are written far less often than calls are made.
 */
export function createGate(api: string, parts: Omit<WindowsParts, 'windows'>): Gate {
  const { clock } = parts
  const windows = createWindows({ ...parts, windows: [CALLS] })
  let queue: Waiting[] = []
  let open = false

  function tooMany(retryAfterMs: number): AppError {
    const message = `too many calls of DingTalk ${api} at once`
    return new AppError('busy', message, { retryAfterMs, halt: 'pause' })
  }

  async function serve(): Promise<void> {
    while (queue.length > 0) {
      const { taken, waitMs } = await windows.take(api, { least: 1, most: queue.length })
      for (const one of queue.splice(0, taken)) one.go()
      if (waitMs === 0) continue
      const wakes = clock.now() + waitMs
      for (const one of queue.filter(({ until }) => until < wakes)) one.refuse(tooMany(waitMs))
      queue = queue.filter(({ until }) => until >= wakes)
      if (queue.length > 0) await clock.sleep(waitMs)
    }
  }

  async function serveAll(): Promise<void> {
    open = true
    try {
      await serve()
    } catch (error) {
      for (const one of queue.splice(0)) one.refuse(asAppError(error))
    } finally {
      open = false
    }
  }

  return {
    enter() {
      if (queue.length >= MOST_WAITING) return Promise.reject(tooMany(PATIENCE_MS))
      return new Promise((go, refuse) => {
        queue.push({ until: clock.now() + PATIENCE_MS, go, refuse })
        if (!open) void serveAll()
      })
    },
  }
}
