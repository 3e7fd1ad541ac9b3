import { createAdapters } from '../adapters/index.ts'
import { commands } from '../commands/index.ts'
import { haltCard } from './cards/admin-notice.ts'
import { startPainter } from './charts/painter.ts'
import { createAccept } from './chat/accept.ts'
import { createCallers } from './chat/callers.ts'
import { indexCommands } from './chat/handle-event.ts'
import { startInbox } from './chat/inbox.ts'
import { type MovableClock, systemClock } from './clock.ts'
import type { Ctx } from './context.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/open.ts'
import { startHttp } from './http/app.ts'
import { jobs } from './jobs/index.ts'
import { startScheduler } from './jobs/scheduler.ts'
import { syncPulled } from './jobs/sync-pulled.ts'
import { startWorker } from './jobs/worker-host.ts'
import type { Log } from './log.ts'
import { advanceToNextWorkday, demoClock, seedDemo } from './main/demo.ts'
import { dingtalkPorts } from './main/dingtalk-ports.ts'
import { dingtalkQuota } from './main/dingtalk-quota.ts'
import { dingtalkRobotPorts } from './main/dingtalk-robot-ports.ts'
import { dingtalkSources } from './main/dingtalk-sources.ts'
import { withLanguageModel } from './main/language-model.ts'
import { pageLogins } from './main/page-logins.ts'
import { type Parts, startedParts } from './main/parts.ts'
import { playgroundPorts } from './main/playground-ports.ts'
import { startAdapters } from './main/start-adapters.ts'
import { wecomAibotPorts } from './main/wecom-aibot-ports.ts'
import { wecomAppPorts, wecomWebhookPorts } from './main/wecom-ports.ts'
import { wecomSources } from './main/wecom-sources.ts'
import type { Chart } from './model/card.ts'
import { startDispatcher } from './push/dispatch.ts'
import type { Settings } from './settings.ts'
import { textFor } from './text/index.ts'

export interface Service {
  /** Where people find it: the address of the HTTP server. */
  readonly url: string
  /** Stops in order: no new input, work in hand finished, the database closed last. */
  stop(): Promise<void>
}

/**
 * The composition root: settings → database → context → adapters → commands → http → jobs.
 * @throws AppError `config` when it cannot start; what was started by then is stopped again.
 */
export async function startService(settings: Settings, log: Log): Promise<Service> {
  const parts = startedParts(log)
  try {
    return { url: await startParts(settings, log, parts), stop: parts.stop }
  } catch (error) {
    await parts.stop()
    throw error
  }
}

/** Starts everything and returns the address. It stops the other way round: input first, the database last. */
async function startParts(settings: Settings, log: Log, parts: Parts): Promise<string> {
  // The worker thread checkpoints: chat never waits while a bulk load's pages are copied.
  const database = openDatabase(settings.database, { checkpoints: 'elsewhere' })
  parts.add('database', database.close)
  await migrate(database.db)
  const bare = { db: database.db, log, settings }
  const demo = settings.demo.enabled ? await demoClock(bare) : null
  const clock = demo ?? systemClock
  const ctx: Ctx = withLanguageModel({ ...bare, clock })
  if (demo) await seedDemo(ctx)

  const painter = startPainter()
  parts.add('painter', painter.stop)
  const drawChart = (chart: Chart): Promise<Buffer> => painter.draw(chart, settings.locale)
  const quota = dingtalkQuota(ctx)
  parts.add('dingtalk-quota', quota.settled)
  const adapters = await createAdapters({
    log,
    clock,
    playground: playgroundPorts(ctx, drawChart, demo ? () => nextWorkday(demo) : null),
    wecomApp: settings.wecom.app.enabled ? wecomAppPorts(ctx, drawChart) : null,
    dingtalk: settings.dingtalk.enabled ? dingtalkPorts(ctx, quota, drawChart) : null,
    wecomAibot: wecomAibotPorts(ctx),
    wecomWebhook: wecomWebhookPorts(ctx, drawChart),
    dingtalkRobots: dingtalkRobotPorts(ctx, () => quota.spend('stream')),
  })
  for (const adapter of adapters) parts.add(adapter.name, adapter.stop)
  const dispatcher = startDispatcher(ctx, adapters, {
    presentHalt: (platform, say) => haltCard(platform, say, textFor(settings.locale)),
  })
  parts.add('dispatcher', dispatcher.stop)
  const callers = createCallers()
  const inbox = startInbox(ctx, { commands: indexCommands(commands), callers }, () => dispatcher.nudge())
  parts.add('inbox', inbox.stop)
  const worker = startWorker(ctx)
  const scheduler = startScheduler(
    ctx,
    [...jobs, syncPulled('sync-wecom', wecomSources), syncPulled('sync-dingtalk', dingtalkSources)],
    worker.run,
  )
  // Together: a job that does not listen is ended with its thread, and the scheduler gives its slot back.
  parts.add('jobs', async () => void (await Promise.all([scheduler.stop(), worker.stop()])))

  async function nextWorkday(demoClock: MovableClock): Promise<void> {
    await advanceToNextWorkday(ctx, demoClock)
    await wholeMorning()
  }

  async function wholeMorning(): Promise<void> {
    await scheduler.runDue()
    dispatcher.nudge()
    await dispatcher.idle()
  }

  await startAdapters(
    adapters,
    createAccept(ctx, callers, () => inbox.nudge()),
    log,
  )
  const http = await startHttp(ctx, adapters, { logins: pageLogins(ctx), clock: systemClock })
  parts.add('http', http.stop)
  // The first morning of the demo is complete when its address is printed: scores, then cards, all delivered.
  if (demo) await wholeMorning()
  await scheduler.start()
  return http.url
}
