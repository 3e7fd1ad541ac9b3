import { connectorsOf } from '../sync/connectors/index.ts'
import type { Job } from './job.ts'
import { pullSources } from './pull-sources.ts'

/** Pulls every configured source. */
export const syncSources: Job = {
  name: 'sync-sources',
  cron: '*/10 * * * *',
  missed: 'run-latest',
  timeoutMs: 60 * 60_000,
  where: 'worker',
  run: (ctx, _slot, signal) => pullSources(ctx, connectorsOf(ctx), signal),
}
