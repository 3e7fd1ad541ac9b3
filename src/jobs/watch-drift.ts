import { calendarFor } from '../calendar.ts'
import { driftCard } from '../cards/drift.ts'
import { notifyAdmins } from '../push/notify-admins.ts'
import { checkDrift } from '../scoring/propose/check-drift.ts'
import { textFor } from '../text/index.ts'
import type { Job } from './job.ts'

/** Every first of the month: is the company still the one that the version in use was trained on? Silent when it is. */
export const watchDrift: Job = {
  name: 'watch-drift',
  cron: '40 12 1 * *',
  missed: 'run-latest',
  timeoutMs: 60 * 60_000,
  where: 'worker',
  after: ['score'],
  unhurried: true,
  async run(ctx, slot, signal) {
    const asOf = calendarFor(ctx.settings).dayOf(slot) - 1
    const report = await checkDrift(ctx, asOf, signal)
    if (!report) return { active: 0 }
    const { version, moved, matured } = report
    const card = driftCard(
      {
        version,
        moved,
        level: matured?.levelOff ? { said: matured.meanRisk, came: matured.churnRate } : null,
        ranking: matured?.rankingWorse ? { before: matured.aucBefore ?? 0, now: matured.auc ?? 0 } : null,
      },
      textFor(ctx.settings.locale),
    )
    const told = card ? await notifyAdmins(ctx, `drift:${version}:${asOf}`, card) : 0
    return { active: 1, moved: moved.length, told }
  },
}
