import { calendarFor } from '../calendar.ts'
import { goLiveFailedCard } from '../cards/go-live-failed.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { isRetryable } from '../errors.ts'
import { notifyAdmins } from '../push/notify-admins.ts'
import { everyTenth } from '../scoring/learn/train.ts'
import { answerAsked, isAsked, proposalDue } from '../scoring/propose/proposal-due.ts'
import { textFor } from '../text/index.ts'
import type { Counts, Job } from './job.ts'
import { propose } from './propose.ts'

const HOUR_MS = 3_600_000

/**
 * Every noon, when chat is quiet: evaluates the scorers when nobody has yet, when a quarter has passed, or when a week
 * ago there was too little history. Only what an administrator accepts changes a score.
 */
export const proposeScorerJob: Job = {
  name: 'propose-scorer',
  cron: '30 12 * * *',
  missed: 'run-latest',
  timeoutMs: 3 * HOUR_MS,
  where: 'worker',
  // Not while the night's work still runs: it uses the same thread.
  after: ['score'],
  unhurried: true,
  run: (ctx, slot, signal) => evaluate(ctx, slot, signal),
}

/** Every minute: an administrator asked for an evaluation. */
export const proposeAskedJob: Job = {
  name: 'propose-asked',
  cron: '* * * * *',
  missed: 'run-latest',
  timeoutMs: 3 * HOUR_MS,
  where: 'worker',
  after: ['score', 'propose-scorer'],
  unhurried: true,
  run: async (ctx, slot, signal) => ((await isAsked(ctx)) ? answer(ctx, slot, signal) : { asked: 0 }),
}

/** An evaluation that cannot succeed ends the question with a word: else it would begin again every minute. */
async function answer(ctx: Ctx, slot: number, signal: AbortSignal): Promise<Counts> {
  try {
    return await evaluate(ctx, slot, signal)
  } catch (error) {
    if (signal.aborted || isRetryable(error)) throw error
    await inTransaction(ctx, async (ctx) => {
      await answerAsked(ctx)
      await notifyAdmins(ctx, `go-live:failed:${slot}`, goLiveFailedCard(textFor(ctx.settings.locale)))
    })
    throw error
  }
}

/** As of the day before the slot, like a scoring run: catching up late gives the same answer. */
async function evaluate(ctx: Ctx, slot: number, signal: AbortSignal): Promise<Counts> {
  const asOf = calendarFor(ctx.settings).dayOf(slot) - 1
  const due = await proposalDue(ctx, asOf)
  if (due === null) return { due: 0 }
  const { version } = await propose(ctx, {
    asOf,
    due,
    signal,
    progress: everyTenth((percent) => ctx.log.info({ percent }, 'evaluating the scorers')),
  })
  return { version: version.id, proposed: version.state === 'proposed' ? 1 : 0 }
}
