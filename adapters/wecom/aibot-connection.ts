import { AppError, asAppError } from '../../src/errors.ts'
import type { Health } from '../../src/model/chat.ts'
import { reconnectMs } from '../shared/backoff.ts'
import { type HoldParts, LEASE_MS, whileHolding } from './aibot-hold.ts'
import { type LinkParts, openRobotLink, type RobotLink } from './aibot-link.ts'
import type { ConnectionTrouble, WecomWords } from './ports.ts'

export interface Connection {
  /** Resolves after the first attempt, whether it succeeded or not, or when another process has the robot. */
  start(): Promise<void>
  /** The open connection. @throws AppError `busy` while there is none */
  link(): RobotLink
  /** WeCom has told that another connection took over: ours ends. */
  replaced(): void
  health(): Health
  stop(): Promise<void>
}

export interface ConnectionParts extends LinkParts, Pick<HoldParts, 'lease'> {
  readonly words: Pick<WecomWords, 'connection'>
  /** For jitter. */
  readonly random: () => number
  /** Hears of every change of the health. */
  readonly heard: (health: Health) => void
}

/** Wrong credentials stay wrong until somebody acts. */
const REFUSED_MS = 5 * 60_000
/** Two programs that take the robot from each other would both be deaf: waits double, up to an hour. */
const REPLACED_MS = 5 * 60_000
const REPLACED_MAX_MS = 60 * 60_000
/** A connection that lived this long was a good one: the next wait is short again. */
const STEADY_MS = 10_000
const SOON_MS = 1_000

type State =
  | { readonly kind: 'open'; readonly link: RobotLink }
  | { readonly kind: 'standby' | 'away' | 'stopped'; readonly detail: string }
  | { readonly kind: ConnectionTrouble; readonly detail: string }

/** How one round ended, and how long its connection lived. */
interface End {
  readonly how: 'failed' | 'closed' | 'refused' | 'replaced'
  readonly livedMs: number
}

/**
 * Keeps the one connection that WeCom allows a robot: by a lease one process of ours has it, the others stand by. One
 * that was taken over from outside is not fought for: it is tried again after minutes.
 */
export function createConnection(parts: ConnectionParts): Connection {
  const { clock, log, words, lease } = parts
  const stopping = new AbortController()
  let state: State = { kind: 'stopped', detail: 'not started' }
  let running: Promise<void> | null = null
  let wasReplaced = false

  function become(next: State): void {
    const changed = next.kind !== state.kind
    state = next
    if (changed) parts.heard(health())
  }

  async function open(held: AbortSignal): Promise<RobotLink | 'failed' | 'refused'> {
    try {
      return await openRobotLink(parts, held)
    } catch (thrown) {
      if (held.aborted) return 'failed'
      const error = asAppError(thrown)
      const refused = error.code === 'config'
      const detail = refused ? `${error.data.errcode}: ${words.connection.refused}` : error.message
      become({ kind: refused ? 'refused' : 'away', detail })
      log[refused ? 'error' : 'warn']({ error }, 'no connection of the WeCom robot; it is tried again')
      return refused ? 'refused' : 'failed'
    }
  }

  /** From one attempt to the end of its connection. */
  async function round(held: AbortSignal, over: Promise<void>, tried: () => void): Promise<End> {
    const link = await open(held)
    if (typeof link === 'string') {
      tried()
      return { how: link, livedMs: 0 }
    }
    const since = clock.now()
    wasReplaced = false
    become({ kind: 'open', link })
    tried()
    await Promise.race([link.gone, over])
    const livedMs = clock.now() - since
    // Answers that are due may still be written while the connection ends in order.
    await link.finish()
    if (wasReplaced) {
      become({ kind: 'replaced', detail: words.connection.replaced })
      log.error({}, 'another program has taken over the WeCom robot')
      return { how: 'replaced', livedMs }
    }
    become({ kind: 'away', detail: 'the connection ended' })
    return { how: livedMs >= STEADY_MS ? 'closed' : 'failed', livedMs }
  }

  async function hold(held: AbortSignal, tried: () => void): Promise<void> {
    const over = new Promise<void>((resolve) => {
      held.addEventListener('abort', () => resolve(), { once: true })
    })
    let failures = 0
    let replacements = 0
    while (!held.aborted) {
      const { how, livedMs } = await round(held, over, tried)
      failures = how === 'failed' ? failures + 1 : 0
      if (livedMs >= REPLACED_MAX_MS) replacements = 0
      if (how === 'replaced') {
        replacements++
        // The other one may be a process of ours that followed this one while it was stuck.
        if (!(await lease.take(LEASE_MS).catch(() => false))) return
      }
      await clock.sleep(waitAfter(how, failures, replacements), held)
    }
  }

  function waitAfter(how: End['how'], failures: number, replacements: number): number {
    if (how === 'refused') return REFUSED_MS
    if (how === 'replaced') return Math.min(REPLACED_MAX_MS, REPLACED_MS * 2 ** (replacements - 1))
    return reconnectMs(failures, parts.random())
  }

  function health(): Health {
    if (state.kind === 'open') return { ok: true, detail: 'open' }
    return { ok: state.kind === 'standby', detail: state.detail }
  }

  return {
    async start() {
      const first = Promise.withResolvers<void>()
      const onStandby = (): void => {
        become({ kind: 'standby', detail: 'another process holds the connection' })
        first.resolve()
      }
      const work = (held: AbortSignal): Promise<void> => hold(held, first.resolve)
      running ??= whileHolding({ lease, clock, log, onStandby }, stopping.signal, work)
      await Promise.race([first.promise, running])
    },
    link() {
      if (state.kind === 'open') return state.link
      const told = state.kind === 'refused' || state.kind === 'replaced'
      const message = 'the WeCom robot is not connected'
      if (!told) throw new AppError('busy', message, { retryAfterMs: SOON_MS, halt: 'pause' })
      const data = { code: state.kind }
      throw new AppError('busy', message, { say: state.detail, data, retryAfterMs: REFUSED_MS, halt: 'stop' })
    },
    replaced() {
      wasReplaced = true
      if (state.kind === 'open') void state.link.finish()
    },
    health,
    async stop() {
      stopping.abort()
      await running
      become({ kind: 'stopped', detail: 'stopped' })
    },
  }
}
