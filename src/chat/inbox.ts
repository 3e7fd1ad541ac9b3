import type { Ctx } from '../context.ts'
import { newEvents } from '../store/inbox.ts'
import { handlePage } from './handle-page.ts'
import type { Handling } from './handle-row.ts'

/** Handles stored events in the order they came. */
export interface Inbox {
  /** Something new is stored. */
  nudge(): void
  /** Resolves when nothing is left to handle. */
  idle(): Promise<void>
  /** Finishes the event in hand and stops. */
  stop(): Promise<void>
}

const PAGE = 50
const RESCAN_MS = 5_000

/**
 * Takes new events in the order they came and handles each once. Events left by a stopped process are taken up at
 * start.
 * @param onMessages there are messages to send
 */
export function startInbox(ctx: Ctx, handling: Handling, onMessages: () => void): Inbox {
  const stopping = new AbortController()
  let running: Promise<void> | null = null
  let again = false

  async function drain(): Promise<void> {
    do {
      again = false
      let rows = await newEvents(ctx, PAGE)
      while (rows.length > 0 && !stopping.signal.aborted) {
        await handlePage(ctx, handling, rows, { onMessages, stopped: () => stopping.signal.aborted })
        rows = await newEvents(ctx, PAGE)
      }
    } while (again)
  }

  function nudge(): void {
    again = true
    if (running || stopping.signal.aborted) return
    running = drain()
      .catch((error) => ctx.log.error({ error }, 'the inbox stopped; it is tried again'))
      .finally(() => {
        running = null
      })
  }

  const timer = setInterval(nudge, RESCAN_MS)
  timer.unref()
  nudge()
  return {
    nudge,
    async idle() {
      while (running) await running
    },
    async stop() {
      stopping.abort()
      clearInterval(timer)
      while (running) await running
    },
  }
}
