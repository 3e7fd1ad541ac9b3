import { calendarFor } from '../calendar.ts'
import { scoreCustomers } from '../scoring/score-customers.ts'
import type { Job } from './job.ts'

/**
 * Scores everybody before work, once the sources are taken in. The slot's day has hardly begun, so as-of is the
 * day before: facts up to and including yesterday are known, whenever the run really starts — catching up late
 * gives the same scores. Only the newest slot is caught up: each run covers everything that older ones would have.
 */
export const score: Job = {
  name: 'score',
  cron: '30 5 * * *',
  missed: 'run-latest',
  timeoutMs: 60 * 60_000,
  where: 'worker',
  // After a night without the service this slot is older than today's sync: scores must not miss yesterday.
  after: ['sync-sources', 'watch-folders'],
  async run(ctx, slot, signal) {
    const asOf = calendarFor(ctx.settings).dayOf(slot) - 1
    const report = await scoreCustomers(ctx, { asOf, signal, pause: () => ctx.clock.sleep(PAUSE_MS, signal) })
    const { customers, scored, insufficient } = report
    return { customers, scored, insufficient }
  },
}

/** Between write transactions: a waiting command gets the write lock. */
const PAUSE_MS = 2
