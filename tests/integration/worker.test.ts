import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { startWorker, type WorkerHost } from '../../src/jobs/worker-host.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const JOBS = new URL('../support/worker-jobs.ts', import.meta.url).href
const never = new AbortController().signal

let ctx: TestCtx & { close(): Promise<void> }
let worker: WorkerHost
let began: number

beforeEach(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'liuke-')), 'liuke.db')
  ctx = await sqliteCtx({ file, settings: { database: file, log: 'silent' } })
  began = systemClock.now()
  worker = startWorker(ctx, { jobs: JOBS })
})
afterEach(async () => {
  await worker.stop()
  await ctx.close()
})

it('runs a job with its own connection and the clock of the service', async () => {
  const { now = 0 } = await worker.run('write', 42, never)
  expect(await ctx.db.selectFrom('teams').select('name').execute()).toEqual([{ name: 'slot 42' }])
  // The tested clock stands still, the thread's goes on from there.
  expect(now).toBeGreaterThanOrEqual(ctx.clock.now())
  expect(now - ctx.clock.now()).toBeLessThanOrEqual(systemClock.now() - began)
})

it('hands a failure back and goes on', async () => {
  await expect(worker.run('fail', 1, never)).rejects.toMatchObject({ code: 'bug', message: 'as planned' })
  await expect(worker.run('no-such-job', 1, never)).rejects.toThrow('no-such-job')
  await expect(worker.run('write', 1, never)).resolves.toMatchObject({ team: 1 })
})

it('survives a crash of the thread: its jobs fail, the next run starts a new one', async () => {
  await expect(worker.run('crash', 1, never)).rejects.toMatchObject({ code: 'busy' })
  await expect(worker.run('write', 1, never)).resolves.toMatchObject({ team: 1 })
})

it('ends the thread of a job that does not stop when asked to', async () => {
  const impatient = startWorker(ctx, { jobs: JOBS, deafMs: 50 })
  const abort = new AbortController()
  const deaf = impatient.run('deaf', 1, abort.signal)
  abort.abort()
  await expect(deaf).rejects.toMatchObject({ code: 'busy' })
  await expect(impatient.run('write', 1, never)).resolves.toMatchObject({ team: 1 })
  await impatient.stop()
})

it('passes an abort on, also when it stops', async () => {
  const abort = new AbortController()
  const first = worker.run('until-aborted', 1, abort.signal)
  abort.abort()
  expect(await first).toEqual({ aborted: 1 })
  const second = worker.run('until-aborted', 2, never)
  await worker.stop()
  expect(await second).toEqual({ aborted: 1 })
})
