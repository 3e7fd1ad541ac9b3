import { deadLettersCard } from '../cards/admin-notice.ts'
import type { Ctx } from '../context.ts'
import { notifyAdmins } from '../push/notify-admins.ts'
import { forgetDialogs, forgetInbox } from '../store/housekeeping.ts'
import { forgetSlots } from '../store/job-runs.ts'
import { deadLetters, deadSince, forgetSettled } from '../store/outbox-figures.ts'
import { getState, setState } from '../store/state.ts'
import { textFor } from '../text/index.ts'
import type { Job } from './job.ts'

const DAY_MS = 86_400_000
/** Messages stay long enough for a dispute about who was told what; repeats of an event come within days. */
const KEEP_DAYS = { outbox: 180, inbox: 30, slots: 14 }

/** Every night: forgets what nobody needs any more and tells the administrator what was not delivered. */
export const housekeeping: Job = {
  name: 'housekeeping',
  cron: '30 3 * * *',
  missed: 'run-latest',
  timeoutMs: 5 * 60_000,
  where: 'main',
  async run(ctx, slot) {
    const now = ctx.clock.now()
    const dead = await tellDead(ctx, slot)
    return {
      dead,
      outbox: await forgetSettled(ctx, now - KEEP_DAYS.outbox * DAY_MS),
      inbox: await forgetInbox(ctx, now - KEEP_DAYS.inbox * DAY_MS),
      dialogs: await forgetDialogs(ctx, now),
      slots: await forgetSlots(ctx, now - KEEP_DAYS.slots * DAY_MS),
    }
  },
}

/** What was given up since the last time somebody was told, however long ago it was written. */
async function tellDead(ctx: Ctx, slot: number): Promise<number> {
  const now = ctx.clock.now()
  const count = await deadSince(ctx, Number((await getState(ctx, 'dead.told')) ?? 0))
  if (count > 0) {
    const card = deadLettersCard(await deadLetters(ctx, 10), count, textFor(ctx.settings.locale))
    await notifyAdmins(ctx, `dead:${slot}`, card)
  }
  await setState(ctx, 'dead.told', String(now))
  return count
}
