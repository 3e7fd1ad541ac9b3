import type { Ctx } from '../context.ts'
import type { Connector } from '../sync/connector.ts'
import { runSync } from '../sync/run-sync.ts'
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
    }
  }
  return counts
}
