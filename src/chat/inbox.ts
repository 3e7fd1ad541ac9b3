import type { Ctx } from '../context.ts'
import { type InboxRow, newEvents } from '../store/inbox.ts'
import { createAway } from './away.ts'
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
 * Takes new events in the order they came and handles each once. One that waits for another machine holds back its own
 * person only. Events left by a stopped process are taken up at start.
 * @param onMessages there are messages to send
 */
export function startInbox(ctx: Ctx, handling: Handling, onMessages: () => void): Inbox {
  const stopping = new AbortController()
  let running: Promise<void> | null = null
  let again = false
  const away = createAway(ctx.log, nudge)

  async function drain(): Promise<void> {
    do {
      again = false
      let rows = await eventsInHand()
      while (rows.length > 0 && !stopping.signal.aborted) {
        await handlePage(ctx, handling, rows, { onMessages, stopped: () => stopping.signal.aborted, away })
        rows = await eventsInHand()
      }
    } while (again)
  }

  /** Without those of people whose event before waits for another machine. */
  async function eventsInHand(): Promise<InboxRow[]> {
    const rows = await newEvents(ctx, PAGE)
    return rows.filter((row) => !away.holds(row))
  }

  async function quiet(): Promise<void> {
    while (running || away.size > 0) await (running ?? away.next())
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
    idle: quiet,
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await quiet()
    },
  }
}
