import { type Ctx, inTransaction } from '../context.ts'
import { AppError, asAppError, type ErrorCode, isRetryable } from '../errors.ts'
import type { InboundEvent } from '../model/chat.ts'
import { withSavedSettings } from '../scoring/preview/settings-in-force.ts'
import { asBusy } from '../store/busy.ts'
import { closeEvent, countAttempt, type InboxRow, newEvents } from '../store/inbox.ts'
import type { AnyCommand } from './command.ts'
import { type Commands, indexCommands, workFor } from './handle-event.ts'
import { enqueueReply } from './reply.ts'
import { failureReply } from './work.ts'

/** Handles stored events one after the other. */
export interface Inbox {
  /** Something new is stored. */
  nudge(): void
  /** Resolves when nothing is left to handle. */
  idle(): Promise<void>
  /** Finishes the event in hand and stops. */
  stop(): Promise<void>
}

const PAGE = 50
const MAX_ATTEMPTS = 4
const RETRY_MS = 150
const RESCAN_MS = 5_000
/** Failures that are an answer to the person, not a fault. */
const ANSWERS: readonly ErrorCode[] = ['bad-input', 'not-found', 'not-allowed', 'conflict']

/**
 * Takes new events in the order they came and handles each once: the writes of the command, the rows of its
 * reply and the event's "done" are one transaction. Events left by a stopped process are taken up at start.
 */
export function startInbox(ctx: Ctx, list: readonly AnyCommand[], onReply: () => void): Inbox {
  const commands = indexCommands(list)
  const stopping = new AbortController()
  let running: Promise<void> | null = null
  let again = false

  async function drain(): Promise<void> {
    do {
      again = false
      let rows = await newEvents(ctx, PAGE)
      while (rows.length > 0 && !stopping.signal.aborted) {
        for (const row of rows) {
          if (stopping.signal.aborted) return
          await handleRow(ctx, commands, row)
          onReply()
        }
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

/** Handles one event to its end: done, or failed with a sentence to the person. */
export async function handleRow(ctx: Ctx, commands: Commands, { event, attempts }: InboxRow): Promise<void> {
  for (let attempt = attempts + 1; ; attempt++) {
    try {
      if (attempt > MAX_ATTEMPTS) throw new AppError('bug', 'the event was given up after several tries')
      await countAttempt(ctx, event)
      return await handleOnce(ctx, commands, event)
    } catch (thrown) {
      const error = asAppError(asBusy(thrown))
      if (!isRetryable(error) || attempt >= MAX_ATTEMPTS) return giveUp(ctx, event, error)
      await ctx.clock.sleep(error.retryAfterMs ?? RETRY_MS * attempt)
    }
  }
}

async function handleOnce(service: Ctx, commands: Commands, event: InboundEvent): Promise<void> {
  const ctx = await withSavedSettings(service)
  const work = await workFor(ctx, commands, event)
  const ready = work.writes ? null : await work.run(ctx)
  await inTransaction(ctx, async (ctx) => {
    if (!(await closeEvent(ctx, event, { state: 'done', error: null }))) return
    await enqueueReply(ctx, event, ready ?? (await work.run(ctx)))
  })
  ctx.log.debug({ command: work.name, kind: event.kind, where: event.where.kind }, 'chat event handled')
}

async function giveUp(ctx: Ctx, event: InboundEvent, error: AppError): Promise<void> {
  const answer = ANSWERS.includes(error.code)
  if (!answer) ctx.log.error({ error, kind: event.kind, event: event.id }, 'a chat event failed')
  await inTransaction(ctx, async (ctx) => {
    const state = answer ? 'done' : 'failed'
    if (!(await closeEvent(ctx, event, { state, error: error.code }))) return
    await enqueueReply(ctx, event, failureReply(error, ctx.settings.locale))
  })
}
