import { Worker } from 'node:worker_threads'
import { systemClock } from '../clock.ts'
import { AppError } from '../errors.ts'
import type { Chart } from '../model/card.ts'
import type { Locale } from '../text/index.ts'
import type { Painted, ToPaint } from './thread-messages.ts'

export interface Painter {
  /** @throws AppError `bug` when it cannot be drawn, `busy` when it takes too long or the painter stops. */
  draw(chart: Chart, locale: Locale): Promise<Buffer>
  stop(): Promise<void>
}

/** Loading the libraries on a busy machine takes some seconds; no drawing does. */
const PATIENCE_MS = 30_000
/** A thread without work is ended: it holds the drawing libraries and the font in memory. */
const IDLE_MS = 60_000
/** Without limits the thread takes twice the memory: there is nothing to make it tidy up. */
const MEMORY = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 96 }
const THREAD = new URL('./thread.ts', import.meta.url)

/** For tests: another thread, less patience. */
export interface PainterOptions {
  readonly thread?: URL
  readonly patienceMs?: number
  readonly idleMs?: number
}

interface Waiting {
  readonly resolve: (png: Buffer) => void
  readonly reject: (error: AppError) => void
}

/** One thread with the drawings it owes. */
interface Brush {
  readonly worker: Worker
  readonly waiting: Map<number, Waiting>
  /** Aborted when there is work again, or when the thread ends. */
  idle: AbortController
}

/**
 * Draws in a thread of its own, which starts with the first picture and ends when none was asked for a while: the
 * libraries load there, and chat never waits for a picture.
 */
export function startPainter(options: PainterOptions = {}): Painter {
  const { thread = THREAD, patienceMs = PATIENCE_MS, idleMs = IDLE_MS } = options
  let brush: Brush | null = null
  let stopped = false
  let drawings = 0

  function launch(): Brush {
    const worker = new Worker(thread, { resourceLimits: MEMORY })
    const one: Brush = { worker, waiting: new Map(), idle: new AbortController() }
    worker.on('message', (painted: Painted) => settle(one, painted))
    worker.on('error', (cause) => end(one, new AppError('bug', 'the painter crashed', { cause })))
    worker.on('exit', () => end(one, new AppError('busy', 'the painter ended')))
    return one
  }

  function settle(one: Brush, painted: Painted): void {
    const asked = one.waiting.get(painted.id)
    one.waiting.delete(painted.id)
    if ('png' in painted) asked?.resolve(Buffer.from(painted.png))
    else asked?.reject(new AppError('bug', 'a chart could not be drawn', { data: { at: painted.failed } }))
    if (one.waiting.size === 0) void endWhenIdle(one)
  }

  async function endWhenIdle(one: Brush): Promise<void> {
    const { signal } = one.idle
    await systemClock.sleep(idleMs, signal)
    if (!signal.aborted) end(one, new AppError('busy', 'the painter ended'))
  }

  /** Ends the thread; what it still owes fails, and the next picture starts a new one. */
  function end(one: Brush, error: AppError): Promise<number> {
    if (brush === one) brush = null
    one.idle.abort()
    for (const { reject } of one.waiting.values()) reject(error)
    one.waiting.clear()
    return one.worker.terminate()
  }

  return {
    async draw(chart, locale) {
      if (stopped) throw new AppError('busy', 'the painter has stopped')
      brush ??= launch()
      const one = brush
      one.idle.abort()
      one.idle = new AbortController()
      const id = ++drawings
      const drawn = new Promise<Buffer>((resolve, reject) => one.waiting.set(id, { resolve, reject }))
      const message: ToPaint = { id, chart, locale }
      one.worker.postMessage(message)
      const done = new AbortController()
      void systemClock.sleep(patienceMs, done.signal).then(() => {
        if (!done.signal.aborted) void end(one, new AppError('busy', 'a drawing took too long'))
      })
      return drawn.finally(() => done.abort())
    },
    async stop() {
      stopped = true
      if (brush) await end(brush, new AppError('busy', 'the painter has stopped'))
    },
  }
}
