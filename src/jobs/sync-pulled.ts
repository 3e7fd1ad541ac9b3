import type { Ctx } from '../context.ts'
import type { Connector } from '../sync/connector.ts'
import { runSync } from '../sync/run-sync.ts'
import type { Counts, Job } from './job.ts'

/**
 * Pulls sources that are reached through a chat platform. They are given, because only the start of the service
 * knows platforms. At an odd minute: everybody's jobs run at the full and the half hour.
 */
export function syncPulled(name: string, sourcesOf: (ctx: Ctx) => readonly Connector[]): Job {
  return {
    name,
    cron: '17 */4 * * *',
    missed: 'run-latest',
    timeoutMs: 60 * 60_000,
    where: 'main',
    unhurried: true,
    async run(ctx, _slot, signal): Promise<Counts> {
      const counts = { sources: 0, failed: 0, added: 0, changed: 0, rejected: 0 }
      for (const connector of sourcesOf(ctx)) {
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
    },
  }
}
