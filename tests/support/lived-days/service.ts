import { commands } from '../../../commands/index.ts'
import { haltCard } from '../../../src/cards/admin-notice.ts'
import { createAccept } from '../../../src/chat/accept.ts'
import { createCallers } from '../../../src/chat/callers.ts'
import { indexCommands } from '../../../src/chat/handle-event.ts'
import { startInbox } from '../../../src/chat/inbox.ts'
import { jobs } from '../../../src/jobs/index.ts'
import { type RunInWorker, startScheduler } from '../../../src/jobs/scheduler.ts'
import type { InboundEvent } from '../../../src/model/chat.ts'
import { startDispatcher } from '../../../src/push/dispatch.ts'
import { withSavedSettings } from '../../../src/scoring/preview/settings-in-force.ts'
import { seedDemoChats } from '../../../src/sync/demo/seed-chats.ts'
import { textFor } from '../../../src/text/index.ts'
import { sqliteCtx, type TestCtx } from '../test-ctx.ts'
import type { Phones } from './phones.ts'

/** The whole service but for HTTP and threads, on the tested clock. */
export interface LivedService {
  readonly ctx: TestCtx
  /** Stores an event as an adapter does. */
  accept(event: InboundEvent): Promise<void>
  /** Handles what people did and sends what may go out. */
  answer(): Promise<void>
  /** Runs every slot that is due, then answers. */
  settle(): Promise<void>
  stop(): Promise<void>
}

export interface ServiceOptions {
  readonly file: string
  readonly at: number
  readonly settings: unknown
  readonly phones: Phones
  readonly random: () => number
}

/** Starts it on a file, or goes on where a stopped one was. */
export async function startLivedService(options: ServiceOptions): Promise<LivedService> {
  const { file, at, settings, random } = options
  const ctx = await sqliteCtx({ file, at, settings })
  const dispatcher = startDispatcher(ctx, [options.phones.adapter], {
    pollMs: null,
    random,
    presentHalt: (platform, say) => haltCard(platform, say, textFor('zh-CN')),
  })
  const callers = createCallers()
  const inbox = startInbox(ctx, { commands: indexCommands(commands), callers }, () => undefined)
  const accept = createAccept(ctx, callers, () => undefined)
  const scheduler = startScheduler(ctx, jobs, inThisThread(ctx))
  async function answer(): Promise<void> {
    inbox.nudge()
    await inbox.idle()
    await dispatcher.idle()
  }

  return {
    ctx,
    answer,
    accept: (event) => accept(event),
    async settle() {
      await scheduler.runDue()
      await answer()
    },
    async stop() {
      await scheduler.stop()
      await inbox.stop()
      await dispatcher.stop()
      await ctx.close()
    },
  }
}

/** Heavy jobs as the worker thread runs them, without the thread. */
function inThisThread(ctx: TestCtx): RunInWorker {
  return async (name, slot, signal) => {
    const job = jobs.find((one) => one.name === name)
    if (!job) throw new Error(`no job ${name}`)
    return job.run(await withSavedSettings(ctx), slot, signal)
  }
}

/** The first night: the demo company arrives and everybody gets a chat. */
export async function firstNight(service: LivedService): Promise<void> {
  await service.settle()
  await seedDemoChats(service.ctx)
}
