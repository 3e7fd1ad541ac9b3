import { stopwatch } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { withSavedSettings } from '../scoring/preview/settings-in-force.ts'
import { closeEvents, countAttempts, eventKey, type InboxRow } from '../store/inbox.ts'
import { workFor } from './handle-event.ts'
import { type Handling, handleRow, logHandled } from './handle-row.ts'
import { knownOf } from './known.ts'
import { type ReadyReply, settleReplies } from './settle-replies.ts'

/** Replies that are ready wait at most about this long for others to share their transaction. */
const LINGER_SECONDS = 0.01
const MAX_TOGETHER = 50

/** Events in hand that wait for another machine. */
export interface Away {
  /** True for a further event of a person who has one of them: it must not overtake. */
  holds(row: InboxRow): boolean
  add(row: InboxRow, done: Promise<void>): void
}

interface PageOptions {
  /** There are messages to send. */
  readonly onMessages: () => void
  /** Looked at before every event. */
  readonly stopped: () => boolean
  /** Events that wait for another machine go on by themselves here; without it each is waited for. */
  readonly away?: Away
}

/** An event whose command only read, with its reply. */
interface Answered extends ReadyReply {
  readonly row: InboxRow
}

/**
 * Handles events in their order. Neighbours that only read share their look-ups and one transaction; what writes, was
 * tried before or goes wrong is handled alone, so that it neither disturbs the others nor is disturbed by them.
 */
export async function handlePage(
  ctx: Ctx,
  handling: Handling,
  rows: readonly InboxRow[],
  options: PageOptions,
): Promise<void> {
  const { onMessages, stopped, away } = options
  await countAttempts(ctx, rows.filter(isFresh))
  for (let next = 0; next < rows.length && !stopped(); ) {
    const together = await handleTogether(ctx, handling, neighbours(rows, next, away), stopped)
    if (together.messages > 0) onMessages()
    next += together.handled
    const row = rows[next]
    if (together.handled > 0 || !row || stopped()) continue
    if (!away?.holds(row)) await handleAlone(ctx, handling, row, options)
    next++
  }
}

/** Until it is handled, or waits for another machine. */
async function handleAlone(
  ctx: Ctx,
  handling: Handling,
  row: InboxRow,
  { onMessages, away }: PageOptions,
): Promise<void> {
  const waits = Promise.withResolvers<void>()
  const handled = handleRow(ctx, handling, row, { counted: isFresh(row), onWaiting: waits.resolve })
  const done = handled.then((messages) => {
    if (messages > 0) onMessages()
  })
  await (away ? Promise.race([done, waits.promise.then(() => away.add(row, done))]) : done)
}

/** Counted with its page. After a crash nobody knows which event of the page it was: then each is tried alone. */
function isFresh({ attempts }: InboxRow): boolean {
  return attempts === 0
}

/** Names who did it. */
export function personOf({ event: { who } }: InboxRow): string {
  return JSON.stringify([who.platform, who.id])
}

/** Events from `start` on that may be handled together: of one person only one, for the next may be about its reply. */
function neighbours(rows: readonly InboxRow[], start: number, away: Away | undefined): InboxRow[] {
  const people = new Set<string>()
  const found: InboxRow[] = []
  for (const row of rows.slice(start, start + MAX_TOGETHER)) {
    const person = personOf(row)
    if (!isFresh(row) || people.has(person) || away?.holds(row)) break
    people.add(person)
    found.push(row)
  }
  return found
}

/** Handles the first of these events that only read; none when the first one must be handled alone. */
async function handleTogether(
  service: Ctx,
  handling: Handling,
  rows: readonly InboxRow[],
  stopped: () => boolean,
): Promise<{ handled: number; messages: number }> {
  if (rows.length === 0) return { handled: 0, messages: 0 }
  const ctx = await withSavedSettings(service)
  const answered = await answersOf(ctx, handling, rows, stopped)
  if (answered.length === 0) return { handled: 0, messages: 0 }
  let messages = 0
  try {
    messages = await settleReplies(ctx, handling.callers, async (ctx) => {
      const mine = new Set(
        await closeEvents(
          ctx,
          answered.map(({ row }) => row),
          { state: 'done', error: null },
        ),
      )
      return answered.filter(({ row }) => mine.has(row))
    })
    for (const { event } of answered) handling.callers.dismiss(event)
  } catch (error) {
    ctx.log.warn(
      { error, events: answered.length },
      'events could not be handled together; each is tried alone',
    )
    for (const { row } of answered) messages += await handleRow(service, handling, row, { counted: true })
  }
  return { handled: answered.length, messages }
}

/** Up to the first event that writes or fails: it is handled alone, where it may fail. */
async function answersOf(
  ctx: Ctx,
  { commands }: Handling,
  rows: readonly InboxRow[],
  stopped: () => boolean,
): Promise<Answered[]> {
  const seconds = stopwatch()
  const known = await knownOf(
    ctx,
    rows.map(({ event }) => event),
  )
  const answered: Answered[] = []
  for (const row of rows) {
    const { event } = row
    try {
      const work = await workFor(ctx, commands, event, known(event))
      if (work.writes) break
      answered.push({ row, event, reply: await work.run(ctx) })
      logHandled(ctx, row, work)
    } catch (error) {
      ctx.log.debug({ error, event: eventKey(event) }, 'an event is tried alone')
      break
    }
    if (stopped() || seconds() > LINGER_SECONDS) break
  }
  return answered
}
