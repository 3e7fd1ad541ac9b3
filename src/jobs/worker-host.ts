import { Worker } from 'node:worker_threads'
import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Counts } from './job.ts'
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts'

export interface WorkerHost {
  /** Runs a job in the thread. When the thread dies, its jobs fail and the next run starts a new one. */
  run(job: string, slot: number, signal: AbortSignal): Promise<Counts>
  /** Asks running jobs to stop, waits for them and ends the thread. */
  stop(): Promise<void>
}

interface Waiting {
  readonly resolve: (counts: Counts) => void
  readonly reject: (error: AppError) => void
}

/** How long a job may take to stop when it is asked to, before the thread is ended. */
const DEAF_MS = 10_000
const JOBS = new URL('./index.ts', import.meta.url).href

/** For tests: another module of jobs, less patience. */
export interface WorkerOptions {
  readonly jobs?: string
  readonly deafMs?: number
}

/**
 * A worker thread for heavy jobs, started at its first job. A job that goes on although its time is up (a source
 * that never answers) is ended with the thread, so that jobs that wait for it do not wait for ever.
 */
export function startWorker(ctx: Ctx, { jobs = JOBS, deafMs = DEAF_MS }: WorkerOptions = {}): WorkerHost {
  const start: WorkerStart = { settings: ctx.settings, jobs }
  const waiting = new Map<number, Waiting>()
  let thread: Worker | null = null
  let stopped = false
  let runs = 0

  function launch(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: start })
    worker.on('message', (message: FromWorker) => settle(message))
    worker.on('error', (error) => ctx.log.error({ error }, 'the worker thread crashed'))
    worker.on('exit', () => {
      if (thread === worker) thread = null
      for (const { reject } of waiting.values()) reject(new AppError('busy', 'the worker thread ended'))
      waiting.clear()
    })
    return worker
  }

  function settle(message: FromWorker): void {
    const one = waiting.get(message.run)
    waiting.delete(message.run)
    if (message.kind === 'done') one?.resolve(message.counts)
    else one?.reject(new AppError(message.code, message.message, { data: { at: message.stack } }))
  }

  function post(worker: Worker, message: ToWorker): void {
    worker.postMessage(message)
  }

  return {
    async run(job, slot, signal) {
      if (stopped) throw new AppError('busy', 'the worker thread ended')
      thread ??= launch()
      const worker = thread
      const run = ++runs
      const clockOffset = ctx.clock.now() - systemClock.now()
      const ended = new Promise<Counts>((resolve, reject) => waiting.set(run, { resolve, reject }))
      const settled = new AbortController()
      const abort = (): void => {
        post(worker, { kind: 'abort', run })
        void endWhenDeaf(worker, run, settled.signal)
      }
      signal.addEventListener('abort', abort)
      post(worker, { kind: 'run', run, job, slot, clockOffset })
      if (signal.aborted) abort()
      return ended.finally(() => {
        settled.abort()
        signal.removeEventListener('abort', abort)
      })
    },
    async stop() {
      stopped = true
      const worker = thread
      if (!worker) return
      const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
      const done = new AbortController()
      for (const run of waiting.keys()) post(worker, { kind: 'abort', run })
      await Promise.race([idle(), systemClock.sleep(deafMs, done.signal)])
      post(worker, { kind: 'close' })
      await Promise.race([exited, systemClock.sleep(deafMs, done.signal)])
      done.abort()
      await worker.terminate()
    },
  }

  async function endWhenDeaf(worker: Worker, run: number, settled: AbortSignal): Promise<void> {
    await systemClock.sleep(deafMs, settled)
    if (settled.aborted) return
    ctx.log.error({ run }, 'a job did not stop when it was asked to; its thread is ended')
    await worker.terminate()
  }

  async function idle(): Promise<void> {
    while (waiting.size > 0) await systemClock.sleep(20)
  }
}
