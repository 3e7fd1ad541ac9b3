import { connectorsOf } from '../sync/connectors/index.ts'
import { runSync } from '../sync/run-sync.ts'
import type { Job } from './job.ts'

/** Pulls every configured source; each goes on from its own cursor. One that fails does not stop the others. */
export const syncSources: Job = {
  name: 'sync-sources',
  cron: '*/10 * * * *',
  missed: 'run-latest',
  timeoutMs: 60 * 60_000,
  where: 'worker',
  async run(ctx, _slot, signal) {
    const counts = { sources: 0, failed: 0, added: 0, changed: 0, rejected: 0 }
    for (const connector of connectorsOf(ctx)) {
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
