import { calendarFor } from '../calendar.ts'
import { sourceFailedCard } from '../cards/admin-notice.ts'
import type { Ctx } from '../context.ts'
import { type AppError, asAppError, isRetryable } from '../errors.ts'
import { notifyAdmins } from '../push/notify-admins.ts'
import type { Connector } from '../sync/connector.ts'
import { runSync } from '../sync/run-sync.ts'
import { textFor } from '../text/index.ts'
import type { Counts } from './job.ts'

/** Pulls sources one after the other, each from its own cursor. One that fails does not stop the others. */
export async function pullSources(
  ctx: Ctx,
  connectors: readonly Connector[],
  signal: AbortSignal,
): Promise<Counts> {
  const counts = { sources: 0, failed: 0, added: 0, changed: 0, rejected: 0 }
  for (const connector of connectors) {
    counts.sources++
    try {
      const reports = await runSync(ctx, connector, { signal })
      for (const report of Object.values(reports)) {
        counts.added += report.added
        counts.changed += report.changed
        counts.rejected += report.rejected
      }
    } catch (error) {
      counts.failed++
      ctx.log.error({ error, source: connector.name }, 'a source could not be synchronised')
      await tellAdmins(ctx, connector.name, asAppError(error))
    }
  }
  return counts
}

/** Once a day and cause, where somebody must act; a source that is only busy is tried at the next slot. */
async function tellAdmins(ctx: Ctx, source: string, error: AppError): Promise<void> {
  const { code, say, halt, data } = error
  if (say === undefined || (isRetryable(error) && halt !== 'stop')) return
  const day = calendarFor(ctx.settings).dayOf(ctx.clock.now())
  const cause = String(data.errcode ?? code)
  const card = sourceFailedCard(source, say, textFor(ctx.settings.locale))
  await notifyAdmins(ctx, `source:${source}:${cause}:${day}`, card)
}
