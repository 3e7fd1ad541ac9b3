import { createAdapters } from '../adapters/index.ts'
import { commands } from '../commands/index.ts'
import { acceptEvent } from './chat/accept.ts'
import { startInbox } from './chat/inbox.ts'
import { type MovableClock, systemClock } from './clock.ts'
import type { Ctx } from './context.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/open.ts'
import { startHttp } from './http/app.ts'
import { jobs } from './jobs/index.ts'
import { startScheduler } from './jobs/scheduler.ts'
import { startWorker } from './jobs/worker-host.ts'
import type { Log } from './log.ts'
import { advanceToNextWorkday, demoClock, seedDemo } from './main/demo.ts'
import { playgroundPorts } from './main/playground-ports.ts'
import { startDispatcher } from './push/dispatch.ts'
import type { Settings } from './settings.ts'

export interface Service {
  /** Where people find it: the address of the HTTP server. */
  readonly url: string
  /** Stops in order: no new input, work in hand finished, database closed last. */
  stop(): Promise<void>
}

/** The composition root: settings → database → context → adapters → commands → http → jobs. */
export async function startService(settings: Settings, log: Log): Promise<Service> {
  const database = openDatabase(settings.database)
  await migrate(database.db)
  const bare = { db: database.db, log, settings }
  const demo = settings.demo.enabled ? await demoClock(bare) : null
  const clock = demo ?? systemClock
  const ctx: Ctx = { ...bare, clock }
  if (demo) await seedDemo(ctx)

  const worker = startWorker(ctx)
  const scheduler = startScheduler(ctx, jobs, worker.run)
  const ports = playgroundPorts(ctx, demo ? () => nextWorkday(demo) : null)
  const adapters = createAdapters({ log, clock, playground: ports })
  const dispatcher = startDispatcher(ctx, adapters)
  const inbox = startInbox(ctx, commands, () => dispatcher.nudge())

  async function nextWorkday(demoClock: MovableClock): Promise<void> {
    await advanceToNextWorkday(ctx, demoClock)
    await scheduler.runDue()
    dispatcher.nudge()
    await dispatcher.idle()
  }

  for (const adapter of adapters) {
    await adapter.start(async (event) => {
      await acceptEvent(ctx, event)
      inbox.nudge()
    })
  }
  const http = await startHttp(ctx, adapters)
  // The first morning of the demo is complete when its address is printed: scores first, then cards.
  if (demo) await scheduler.runDue()
  await scheduler.start()
  return {
    url: http.url,
    async stop() {
      await http.stop()
      for (const adapter of adapters) await adapter.stop()
      await scheduler.stop()
      await inbox.stop()
      await dispatcher.stop()
      await worker.stop()
      await database.close()
    },
  }
}
