import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { AppError, asAppError, isRetryable } from '../errors.ts'
import type { Adapter, Receipt } from '../model/chat.ts'
import { addressInstead } from '../store/outbox.ts'
import {
  type ClaimedMessage,
  settleDead,
  settleRetry,
  settleSent,
  settleUntried,
} from '../store/outbox-claims.ts'
import { backoffMs } from './pacing.ts'
import { type PresentHalt, tellHalt } from './tell-halt.ts'

export interface SendOptions {
  readonly sendTimeoutMs: number
  readonly random: () => number
  readonly presentHalt: PresentHalt | null
}

/** A message that waited so long for its platform is news no more. */
const MAX_WAIT_MS = 3 * 86_400_000
const HALT_MS = 60_000

/** Sends one claimed message and records how it ended: sent, to be retried, or dead. */
export async function sendAndSettle(
  ctx: Ctx,
  adapter: Adapter,
  message: ClaimedMessage,
  options: SendOptions,
): Promise<void> {
  let receipt: Receipt | null
  try {
    receipt = await withTimeout(deliver(adapter, message), options.sendTimeoutMs)
  } catch (error) {
    return settleFailure(ctx, message, error, options)
  }
  if (receipt && receipt.notShown.length > 0) {
    ctx.log.warn({ id: message.id, notShown: receipt.notShown }, 'the platform could not show all of a card')
  }
  const settled = await settleSent(ctx, message, receipt)
  if (!settled) ctx.log.warn({ id: message.id }, 'a message was sent after its lease had passed')
}

/** An update that comes too late is sent as a new card to the same chat; a refresh is then dropped. */
async function deliver(adapter: Adapter, message: ClaimedMessage): Promise<Receipt | null> {
  if (message.kind === 'send') return adapter.send(message.target, message.card, message.id)
  try {
    await adapter.update(message.target, message.card)
    return null
  } catch (error) {
    if (asAppError(error).code !== 'conflict') throw error
    if (message.kind === 'refresh') return null
    return adapter.send(addressInstead(message), message.card, message.id)
  }
}

async function settleFailure(
  ctx: Ctx,
  message: ClaimedMessage,
  thrown: unknown,
  { random, presentHalt }: SendOptions,
): Promise<void> {
  const error = asAppError(thrown)
  const facts = { id: message.id, platform: message.platform, attempts: message.attempts, error }
  const { maxAttempts } = ctx.settings.push.pacing
  if (error.halt && ctx.clock.now() - message.createdAt < MAX_WAIT_MS) {
    const until = ctx.clock.now() + (error.retryAfterMs ?? HALT_MS)
    ctx.log.warn({ ...facts, until }, 'the platform takes no calls; the message waits')
    await settleUntried(ctx, message, until, sayOf(error))
    if (presentHalt) await tellHalt(ctx, message.platform, error, presentHalt)
    return
  }
  if (isRetryable(error) && message.attempts < maxAttempts) {
    const wait = backoffMs(message.attempts, random(), error.retryAfterMs)
    ctx.log.warn({ ...facts, wait }, 'a send failed; it will be tried again')
    // A platform that says it is busy did not take the message; one that does not answer may have.
    const doubtful = error.code !== 'busy'
    await settleRetry(ctx, message, {
      notBefore: ctx.clock.now() + wait,
      error: error.message,
      doubtful,
    })
    return
  }
  ctx.log.error(facts, 'a message could not be delivered')
  await settleDead(ctx, message, sayOf(error))
}

/** An administrator reads it in the list of what was not delivered. */
function sayOf(error: AppError): string {
  return error.say ?? error.message
}

/** Waits in real time: a platform that does not answer is the same on every clock. */
async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  const settled = new AbortController()
  const late = systemClock.sleep(ms, settled.signal).then(() => {
    throw new AppError('upstream', 'the platform did not answer in time')
  })
  late.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    settled.abort()
  }
}
