import type Router from '@koa/router'
import type { Ctx } from '../../context.ts'
import { asAppError } from '../../errors.ts'
import type { Adapter } from '../../model/chat.ts'
import { latestJobRuns } from '../../store/service-figures.ts'

/** `/healthz`: the process lives. `/readyz`: it can work, and what its jobs did last. */
export function healthRoutes(router: Router, ctx: Ctx, adapters: readonly Adapter[]): void {
  router.get('/healthz', (http) => {
    http.body = { ok: true }
  })
  router.get('/readyz', async (http) => {
    const database = await databaseState(ctx)
    const platforms = adapters.map((adapter) => ({ name: adapter.name, ...adapter.health() }))
    const ok = database.ok && platforms.every((platform) => platform.ok)
    http.status = ok ? 200 : 503
    http.body = { ok, database: { ok: database.ok }, adapters: platforms, jobs: database.jobs }
  })
}

async function databaseState(ctx: Ctx): Promise<{ ok: boolean; jobs: readonly object[] }> {
  try {
    const runs = await latestJobRuns(ctx)
    return { ok: true, jobs: runs.map((run) => ({ ...run, slot: new Date(run.slot).toISOString() })) }
  } catch (error) {
    ctx.log.error({ err: asAppError(error) }, 'the database does not answer')
    return { ok: false, jobs: [] }
  }
}
