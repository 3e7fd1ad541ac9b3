import type { Ctx } from '../context.ts'
import { AppError, asAppError, type ErrorCode, isRetryable } from '../errors.ts'
import { withSavedSettings } from '../scoring/preview/settings-in-force.ts'
import { asBusy } from '../store/busy.ts'
import { closeEvents, countAttempts, type InboxRow } from '../store/inbox.ts'
import type { Callers } from './callers.ts'
import type { Reply } from './command.ts'
import { type Commands, workFor } from './handle-event.ts'
import { knownOf } from './known.ts'
import { settleReplies } from './settle-replies.ts'
import { failureReply, type Work } from './work.ts'

/** What handling an event needs: the commands, and who waits for replies. */
export interface Handling {
  readonly commands: Commands
  readonly callers: Callers
}

export interface RowOptions {
  /** This try is counted already. */
  readonly counted?: boolean
  /** Another machine is asked from now on. */
  readonly onWaiting?: () => void
}

const MAX_ATTEMPTS = 4
const RETRY_MS = 150
/** Failures that are an answer to the person, not a fault. */
const ANSWERS: readonly ErrorCode[] = ['bad-input', 'not-found', 'not-allowed', 'conflict']

/**
 * Handles one event to its end: done, or failed with a sentence to the person. The writes of the command, the rows of
 * its reply and the event's "done" are one transaction.
 * @returns how many messages there are to send
 */
export async function handleRow(
  ctx: Ctx,
  handling: Handling,
  row: InboxRow,
  { counted = false, onWaiting }: RowOptions = {},
): Promise<number> {
  for (let attempt = row.attempts + 1; ; attempt++) {
    try {
      if (attempt > MAX_ATTEMPTS) throw new AppError('bug', 'the event was given up after several tries')
      if (!counted || attempt > row.attempts + 1) await countAttempts(ctx, [row])
      return await handleOnce(ctx, handling, row, onWaiting)
    } catch (thrown) {
      const error = asAppError(asBusy(thrown))
      if (!isRetryable(error) || attempt >= MAX_ATTEMPTS) return giveUp(ctx, handling, row, error)
      await ctx.clock.sleep(error.retryAfterMs ?? RETRY_MS * attempt)
    }
  }
}

async function handleOnce(
  service: Ctx,
  handling: Handling,
  row: InboxRow,
  onWaiting: RowOptions['onWaiting'],
): Promise<number> {
  const ctx = await withSavedSettings(service)
  const known = await knownOf(ctx, [row.event])
  const found = await workFor(ctx, handling.commands, row.event, known(row.event))
  if (found.prepare && ctx.languageModel) onWaiting?.()
  const work = (await found.prepare?.(ctx)) ?? found
  const ready = work.writes ? null : await work.run(ctx)
  const messages = await settle(
    ctx,
    handling,
    row,
    { state: 'done', error: null },
    async (ctx) => ready ?? work.run(ctx),
  )
  logHandled(ctx, row, work)
  return messages
}

/** Never what was said or who was meant. */
export function logHandled(ctx: Ctx, { event }: InboxRow, work: Work): void {
  ctx.log.debug({ command: work.name, kind: event.kind, where: event.where.kind }, 'chat event handled')
}

async function giveUp(ctx: Ctx, handling: Handling, row: InboxRow, error: AppError): Promise<number> {
  const { event } = row
  const answer = ANSWERS.includes(error.code)
  if (!answer) ctx.log.error({ error, kind: event.kind, event: event.id }, 'a chat event failed')
  const outcome = { state: answer ? 'done' : 'failed', error: error.code } as const
  return settle(ctx, handling, row, outcome, async (ctx) => failureReply(error, ctx.settings.locale))
}

async function settle(
  ctx: Ctx,
  { callers }: Handling,
  row: InboxRow,
  outcome: Parameters<typeof closeEvents>[2],
  reply: (ctx: Ctx) => Promise<Reply>,
): Promise<number> {
  const messages = await settleReplies(ctx, callers, async (ctx) => {
    const mine = await closeEvents(ctx, [row], outcome)
    return mine.length > 0 ? [{ event: row.event, reply: await reply(ctx) }] : []
  })
  callers.dismiss(row.event)
  return messages
}
