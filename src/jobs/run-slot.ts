import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { AppError, asAppError } from '../errors.ts'
import { type ClaimedSlot, failSlot, finishSlot, prolongSlot, type SlotRules } from '../store/job-runs.ts'
import type { Counts, Job } from './job.ts'

/** A crash is noticed after a lease; a running job prolongs it three times as often. */
export const RULES: SlotRules = { leaseMs: 60_000, maxAttempts: 3, maxTakeovers: 10 }
const RETRY_MS = [60_000, 300_000]

/** Runs a job for a slot where it belongs: here or in the worker thread. */
export type RunJob = (job: Job, slot: number, signal: AbortSignal) => Promise<Counts>

/**
 * Runs one claimed slot to its end and records it: done, failed (tried again later), or given back when the
 * service stops. Never throws. `settled` resolves when the job's own code has ended, which may be after its time
 * was up.
 */
export async function runSlot(
  ctx: Ctx,
  job: Job,
  claim: ClaimedSlot,
  run: RunJob,
  stopping: AbortSignal,
): Promise<{ settled: Promise<void> }> {
  const late = new AbortController()
  const ended = new AbortController()
  const signal = AbortSignal.any([stopping, late.signal])
  const work = Promise.resolve().then(() => run(job, claim.slot, signal))
  const settled = work.then(
    () => undefined,
    () => undefined,
  )
  void keepLease(ctx, claim, ended.signal)
  try {
    const counts = await Promise.race([work, timeUp(job, late, ended.signal)])
    await finishSlot(ctx, claim, counts)
    ctx.log.info({ job: job.name, slot: claim.slot, counts }, 'job done')
  } catch (error) {
    await recordFailure(ctx, claim, error, stopping)
  } finally {
    ended.abort()
  }
  return { settled }
}

async function timeUp(job: Job, late: AbortController, ended: AbortSignal): Promise<never> {
  await systemClock.sleep(job.timeoutMs, ended)
  if (!ended.aborted) late.abort()
  throw new AppError('busy', 'the job took longer than allowed', { data: { timeoutMs: job.timeoutMs } })
}

async function keepLease(ctx: Ctx, claim: ClaimedSlot, ended: AbortSignal): Promise<void> {
  for (;;) {
    await systemClock.sleep(RULES.leaseMs / 3, ended)
    if (ended.aborted) return
    await prolongSlot(ctx, claim, RULES.leaseMs).catch((error: unknown) =>
      ctx.log.warn({ error, job: claim.job }, 'the lease of a job could not be prolonged'),
    )
  }
}

async function recordFailure(
  ctx: Ctx,
  claim: ClaimedSlot,
  thrown: unknown,
  stopping: AbortSignal,
): Promise<void> {
  if (stopping.aborted) return prolongSlot(ctx, claim, 0)
  const error = asAppError(thrown)
  const final = claim.attempts >= RULES.maxAttempts
  const facts = { job: claim.job, slot: claim.slot, attempts: claim.attempts, error }
  if (final) ctx.log.error(facts, 'a job failed for good')
  else ctx.log.warn(facts, 'a job failed; it will be tried again')
  const wait = RETRY_MS[claim.attempts - 1] ?? 0
  await failSlot(ctx, claim, ctx.clock.now() + wait, error.message)
}
