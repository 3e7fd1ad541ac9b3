import { forgetDialogs, forgetInbox, forgetPace } from '../store/housekeeping.ts'
import { forgetSlots } from '../store/job-runs.ts'
import { forgetOldParts } from '../store/learning-parts.ts'
import { forgetSettled } from '../store/outbox-figures.ts'
import type { Job } from './job.ts'

const DAY_MS = 86_400_000
/**
 * Messages stay long enough for a dispute about who was told what; repeats of an event come within days; a training that
 * was killed is taken up the same day or has other facts to learn from. The longest window of pacing is a day.
 */
const KEEP_DAYS = { outbox: 180, inbox: 30, slots: 14, learning: 7, pace: 2 }

/** Every night: forgets what nobody needs any more. */
export const housekeeping: Job = {
  name: 'housekeeping',
  cron: '30 3 * * *',
  missed: 'run-latest',
  timeoutMs: 5 * 60_000,
  where: 'main',
  async run(ctx) {
    const now = ctx.clock.now()
    return {
      outbox: await forgetSettled(ctx, now - KEEP_DAYS.outbox * DAY_MS),
      inbox: await forgetInbox(ctx, now - KEEP_DAYS.inbox * DAY_MS),
      dialogs: await forgetDialogs(ctx, now),
      pace: await forgetPace(ctx, now - KEEP_DAYS.pace * DAY_MS),
      slots: await forgetSlots(ctx, now - KEEP_DAYS.slots * DAY_MS),
      learning: await forgetOldParts(ctx, now - KEEP_DAYS.learning * DAY_MS),
    }
  },
}
