import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { latestSlot, type SlotRules, slotsToRetry } from '../store/job-runs.ts'
import type { Job } from './job.ts'
import { latestSlotBefore, slotsBetween } from './slots.ts'

/** A `skip` job that is later than this was missed. */
const SKIP_AFTER_MS = 90_000

export interface DueSlot {
  readonly job: Job
  readonly slot: number
}

export function cronOf(job: Job, ctx: Ctx): string {
  return typeof job.cron === 'string' ? job.cron : job.cron(ctx.settings)
}

/**
 * The slots of a job that should run now, oldest first. Without any earlier run only slots since `startedAt`
 * count; a `run-latest` job then also makes up for the latest slot of today.
 */
export async function dueSlots(ctx: Ctx, job: Job, startedAt: number, rules: SlotRules): Promise<number[]> {
  const now = ctx.clock.now()
  const claimed = await latestSlot(ctx, job.name)
  const fresh = freshSlots(ctx, job, claimed ?? firstWatermark(ctx, job, startedAt), now)
  const again = await slotsToRetry(ctx, job.name, rules)
  if (job.missed === 'run-each') return [...again, ...fresh]
  // Only the newest slot matters: an older one that failed is not tried again.
  return fresh.length > 0 ? fresh : again.filter((slot) => slot === claimed)
}

function freshSlots(ctx: Ctx, job: Job, after: number, now: number): number[] {
  const cron = cronOf(job, ctx)
  const { zone } = ctx.settings.business
  if (job.missed === 'run-each') return slotsBetween(cron, zone, after, now)
  const latest = latestSlotBefore(cron, zone, now)
  if (latest <= after) return []
  return job.missed === 'skip' && now - latest > SKIP_AFTER_MS ? [] : [latest]
}

function firstWatermark(ctx: Ctx, job: Job, startedAt: number): number {
  if (job.missed !== 'run-latest') return startedAt
  const { dayOf, instant } = calendarFor(ctx.settings)
  return instant(dayOf(startedAt)) - 1
}
