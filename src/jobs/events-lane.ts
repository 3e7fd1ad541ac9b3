import { homelessEventsCard } from '../cards/admin-notice.ts'
import type { Ctx } from '../context.ts'
import { notifyAdmins } from '../push/notify-admins.ts'
import { pushUrgentEvents } from '../push/urgent.ts'
import type { LaneEvent } from '../store/lane-events.ts'
import { pushPaused } from '../store/state.ts'
import { textFor } from '../text/index.ts'
import type { Job } from './job.ts'
import { playsOfPush } from './plays-of-push.ts'
import { presentUrgent } from './present.ts'

/**
 * Every minute: complaints, contact changes, cancellations and low answers to surveys become cards (A60: within five minutes in work
 * hours). It waits neither for fresh scores (the event itself is the news) nor for a sync that takes long.
 */
export const eventsLane: Job = {
  name: 'events-lane',
  cron: '* * * * *',
  missed: 'run-latest',
  timeoutMs: 2 * 60_000,
  where: 'main',
  async run(ctx) {
    if (await pushPaused(ctx)) return { paused: 1 }
    const present = presentUrgent(textFor(ctx.settings.locale))
    const { homeless, ...counts } = await pushUrgentEvents(ctx, present, playsOfPush)
    await tellHomeless(ctx, homeless)
    return { ...counts, homeless: homeless.length }
  },
}

async function tellHomeless(ctx: Ctx, events: readonly LaneEvent[]): Promise<void> {
  const [first] = events
  if (!first) return
  const card = homelessEventsCard(events, textFor(ctx.settings.locale))
  await notifyAdmins(ctx, `homeless-event:${first.id}`, card)
}
