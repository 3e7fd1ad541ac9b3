import { calendarFor } from '../calendar.ts'
import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Adapter } from '../model/chat.ts'
import { type ClaimedMessage, claimMessage, dueMessages } from '../store/outbox-claims.ts'
import { createPacer, type Pacer } from './pacer.ts'
import { sendAndSettle } from './send.ts'
import type { PresentHalt } from './tell-halt.ts'

export interface Dispatcher {
  /** Something was put into the outbox: look now instead of at the next poll. */
  nudge(): void
  /** Sends everything that is due now; resolves when nothing due is left. */
  idle(): Promise<void>
  /** Stops looking and waits for the sends under way. */
  stop(): Promise<void>
}

export interface DispatchOptions {
  /** How often the outbox is looked at without a nudge; null: only `nudge` and `idle` (tests). */
  readonly pollMs?: number | null
  /** Sends at the same time. */
  readonly concurrency?: number
  /** A send that takes longer counts as failed; the lease outlives it. */
  readonly sendTimeoutMs?: number
  /** For jitter. */
  readonly random?: () => number
  /** Tells administrators of a platform that waits for them; null: the log alone does. */
  readonly presentHalt?: PresentHalt | null
}

const DEFAULTS: Required<DispatchOptions> = {
  pollMs: 1_000,
  concurrency: 8,
  sendTimeoutMs: 20_000,
  random: Math.random,
  presentHalt: null,
}
/** A lease outlives the longest send by this much, so that a slow send is never doubled. */
const LEASE_MARGIN_MS = 10_000
const LOOK_AHEAD = 200

/**
 * Moves messages from the outbox to the platforms: claims with a lease (safe for several processes), sends
 * outside any transaction, settles. A crash in between sends the same key again after the lease.
 */
export function startDispatcher(
  ctx: Ctx,
  adapters: readonly Adapter[],
  options: DispatchOptions = {},
): Dispatcher {
  const settings = { ...DEFAULTS, ...options }
  const run: Run = {
    ctx,
    settings,
    byName: new Map(adapters.map((adapter) => [adapter.name, adapter])),
    pacer: createPacer(ctx.settings.push.pacing),
    sending: new Map(),
  }
  const stopping = new AbortController()
  let wake = new AbortController()

  const nudge = (): void => {
    wake.abort()
    wake = new AbortController()
  }
  const loop = settings.pollMs === null ? Promise.resolve() : poll(settings.pollMs)

  async function poll(pollMs: number): Promise<void> {
    while (!stopping.signal.aborted) {
      const woken = AbortSignal.any([wake.signal, stopping.signal])
      const { wait } = await pump(run).catch((error: unknown) => {
        ctx.log.warn({ error }, 'the outbox could not be read; trying again')
        return { wait: pollMs }
      })
      await Promise.race([...run.sending.values(), systemClock.sleep(Math.min(pollMs, wait), woken)])
    }
  }

  return {
    nudge,
    async idle() {
      for (;;) {
        const { started, wait } = await pump(run)
        if (run.sending.size > 0) await Promise.all(run.sending.values())
        else if (started === 0 && wait === Number.POSITIVE_INFINITY) return
        else if (started === 0) await ctx.clock.sleep(wait)
      }
    },
    async stop() {
      stopping.abort()
      await loop
      await Promise.all(run.sending.values())
    },
  }
}

interface Run {
  readonly ctx: Ctx
  readonly settings: Required<DispatchOptions>
  readonly byName: ReadonlyMap<string, Adapter>
  readonly pacer: Pacer
  /** Sends under way in this process, by message id. */
  readonly sending: Map<string, Promise<void>>
}

/** Starts what may be sent now. `wait`: until the pacing allows more (infinite when nothing is held back). */
async function pump(run: Run): Promise<{ started: number; wait: number }> {
  const { ctx, settings, byName, pacer, sending } = run
  const at = ctx.clock.now()
  // A push may have waited for a restart or a platform until after work: then it waits for the next morning.
  const quiet = !calendarFor(ctx.settings).isWorkTime(at)
  const due = await dueMessages(ctx, [...byName.keys()], at, { limit: LOOK_AHEAD, quiet })
  let started = 0
  let wait = Number.POSITIVE_INFINITY
  for (const { id, platform, address } of due) {
    if (sending.size >= settings.concurrency) break
    if (sending.has(id)) continue
    const now = ctx.clock.now()
    const held = pacer.take(platform, address, now)
    if (held > 0) {
      wait = Math.min(wait, held)
      continue
    }
    const message = await claimMessage(ctx, id, now, settings.sendTimeoutMs + LEASE_MARGIN_MS)
    if (!message) continue
    started++
    start(run, message)
  }
  return { started, wait }
}

function start(run: Run, message: ClaimedMessage): void {
  const adapter = run.byName.get(message.platform)
  if (!adapter) throw new AppError('bug', 'claimed a message of an unknown platform')
  const done = sendAndSettle(run.ctx, adapter, message, run.settings)
    .catch((error: unknown) => run.ctx.log.error({ error, id: message.id }, 'a send could not be settled'))
    .finally(() => run.sending.delete(message.id))
  run.sending.set(message.id, done)
}
