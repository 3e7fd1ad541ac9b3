import { calendarFor } from '../calendar.ts'
import { sourceFailedCard } from '../cards/admin-notice.ts'
import type { Ctx } from '../context.ts'
import { type AppError, asAppError, isRetryable } from '../errors.ts'
import { notifyAdmins } from '../push/notify-admins.ts'
import { deleteState, getState, setState } from '../store/state.ts'
import type { Connector } from '../sync/connector.ts'
import { runSync } from '../sync/run-sync.ts'
import { textFor } from '../text/index.ts'
import type { Counts } from './job.ts'

/** A source that is only busy is worth a word when it has been so for a day. */
const PATIENCE_MS = 86_400_000

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
      await deleteState(ctx, failingSince(connector.name))
    } catch (error) {
      counts.failed++
      ctx.log.error({ error, source: connector.name }, 'a source could not be synchronised')
      await tellAdmins(ctx, connector.name, asAppError(error))
    }
  }
  return counts
}

/** Once a day and cause: where somebody must act at once, and else when it has failed for a day. */
async function tellAdmins(ctx: Ctx, source: string, error: AppError): Promise<void> {
  const days = Math.floor((await failingFor(ctx, source)) / PATIENCE_MS)
  const { code, say, halt, data } = error
  const mustAct = say !== undefined && (!isRetryable(error) || halt === 'stop')
  if (!mustAct && days === 0) return
  const text = textFor(ctx.settings.locale)
  const words = text.push.sourceFailed
  const lines = [...(days > 0 ? [words.lasting(days)] : []), say ?? words.noCause]
  const day = calendarFor(ctx.settings).dayOf(ctx.clock.now())
  const cause = String(data.errcode ?? code)
  await notifyAdmins(ctx, `source:${source}:${cause}:${day}`, sourceFailedCard(source, lines, text))
}

/** Milliseconds since the first failure after the last success. */
async function failingFor(ctx: Ctx, source: string): Promise<number> {
  const name = failingSince(source)
  const now = ctx.clock.now()
  const since = await getState(ctx, name)
  if (since === null) await setState(ctx, name, String(now))
  return now - Number(since ?? now)
}

function failingSince(source: string): string {
  return `source.failing.${source}`
}
