import { asAppError } from '../../src/errors.ts'
import type { Health } from '../../src/model/chat.ts'
import { reconnectMs } from '../shared/backoff.ts'
import { Link, type LinkParts } from './link.ts'

export interface Stream {
  /** Resolves after the first attempt, whether it succeeded or not: later ones heal it. */
  start(): Promise<void>
  health(): Health
  /** No new frames; answers that are due are written, then the connections close. */
  stop(): Promise<void>
}

export interface StreamParts extends LinkParts {
  /** For jitter. */
  readonly random: () => number
}

/** Wrong credentials stay wrong until somebody acts. */
const REFUSED_MS = 5 * 60_000
/** A connection that lived this long, or carried something, was a good one: the next wait is short again. */
const STEADY_MS = 10_000

/**
 * Keeps one connection open: one attempt at a time, waits in between, a fresh connection before an ending one is
 * closed. Several processes may do this for one app; each push then reaches one of them.
 */
export function createStream(parts: StreamParts): Stream {
  const { clock, log, random } = parts
  const stopping = new AbortController()
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve())
  })
  const finishing = new Set<Promise<void>>()
  /** Told to go, and still there until its successor is. */
  let leaving: Link | null = null
  let trouble = 'not started'
  let running: Promise<void> | null = null
  let refused = false

  async function attempt(): Promise<Link | null> {
    const link = new Link(parts)
    try {
      await link.open(stopping.signal)
    } catch (thrown) {
      if (stopping.signal.aborted) return null
      const error = asAppError(thrown)
      refused = error.code === 'config'
      trouble = error.message
      const level = refused ? 'error' : 'warn'
      log[level]({ error }, 'no DingTalk connection; it is tried again')
      return null
    }
    refused = false
    return link
  }

  function finish(link: Link): void {
    const done = link.finish().finally(() => finishing.delete(done))
    finishing.add(done)
  }

  /** Until it ends; true when it was a good one. */
  async function live(link: Link): Promise<boolean> {
    const since = clock.now()
    trouble = ''
    await Promise.race([link.gone, link.ending, stopped])
    if (stopping.signal.aborted) finish(link)
    else if (link.isEnding) leaving = link
    trouble = 'the connection ended'
    return link.served || clock.now() - since >= STEADY_MS
  }

  /** One attempt and, if it succeeds, the life of its connection; true when that was a good one. */
  async function round(tried: () => void): Promise<boolean> {
    const link = await attempt()
    if (!link) {
      tried()
      return false
    }
    if (leaving) finish(leaving)
    leaving = null
    const life = live(link)
    tried()
    return life
  }

  async function run(tried: () => void): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      const good = await round(tried)
      failures = good ? 0 : failures + 1
      // A good connection that was asked to end has its successor at once.
      if (good && leaving) continue
      const wait = refused ? REFUSED_MS : reconnectMs(failures, random())
      await clock.sleep(wait, stopping.signal)
    }
  }

  return {
    async start() {
      const first = Promise.withResolvers<void>()
      running ??= run(first.resolve)
      await Promise.race([first.promise, running])
    },
    health: () => (trouble === '' ? { ok: true, detail: 'open' } : { ok: false, detail: trouble }),
    async stop() {
      stopping.abort()
      await running
      if (leaving) finish(leaving)
      await Promise.all(finishing)
      trouble = 'stopped'
    },
  }
}
