import { parentPort, workerData } from 'node:worker_threads'
import { movableClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { openDatabase } from '../db/open.ts'
import { AppError, asAppError } from '../errors.ts'
import { createLog } from '../log.ts'
import { withSavedSettings } from '../scoring/preview/settings-in-force.ts'
import type { Job } from './job.ts'
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts'

/**
 * The worker thread: runs heavy jobs by name with a database connection of its own, so that chat stays fast
 * meanwhile. It starts nothing by itself.
 */
const { settings, jobs: jobsModule }: WorkerStart = workerData
const { jobs }: { jobs: readonly Job[] } = await import(jobsModule)
const database = openDatabase(settings.database)
const log = createLog(settings.log).child({ thread: 'worker' })
const aborts = new Map<number, AbortController>()

function say(message: FromWorker): void {
  parentPort?.postMessage(message)
}

async function runJob(message: Extract<ToWorker, { kind: 'run' }>): Promise<void> {
  const { run, slot } = message
  const abort = new AbortController()
  aborts.set(run, abort)
  try {
    const job = jobs.find((one) => one.name === message.job)
    if (!job) throw new AppError('bug', `the worker knows no job ${message.job}`)
    const ctx: Ctx = { db: database.db, log, settings, clock: movableClock(message.clockOffset) }
    const counts = await job.run(await withSavedSettings(ctx), slot, abort.signal)
    say({ kind: 'done', run, counts })
  } catch (thrown) {
    const error = asAppError(thrown)
    say({ kind: 'failed', run, code: error.code, message: error.message, stack: stackOf(error) })
  } finally {
    aborts.delete(run)
    checkpoint()
  }
}

/** After every job, of which there is one a minute: the main thread leaves it to this one. */
function checkpoint(): void {
  try {
    database.checkpoint()
  } catch (error) {
    log.warn({ error }, 'the write-ahead log could not be moved into the database')
  }
}

/** The stack of the cause where there is one: it names the line that failed. */
function stackOf(error: AppError): string {
  return (error.cause instanceof Error ? error.cause.stack : error.stack) ?? ''
}

parentPort?.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'run':
      void runJob(message)
      return
    case 'abort':
      aborts.get(message.run)?.abort()
      return
    case 'close':
      void database.close().finally(() => parentPort?.close())
  }
})
