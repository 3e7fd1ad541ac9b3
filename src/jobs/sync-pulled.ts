import type { Ctx } from '../context.ts'
import type { Connector } from '../sync/connector.ts'
import type { Job } from './job.ts'
import { pullSources } from './pull-sources.ts'

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
    run: (ctx, _slot, signal) => pullSources(ctx, sourcesOf(ctx), signal),
  }
}
