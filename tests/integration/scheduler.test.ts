import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '../../src/jobs/job.ts'
import { type Scheduler, startScheduler } from '../../src/jobs/scheduler.ts'
import { describeEachDatabase, MONDAY_9AM } from '../support/test-ctx.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const noWorker = async (): Promise<never> => {
  throw new Error('no worker in this test')
}

describeEachDatabase('scheduler', (ctx) => {
  let ran: string[]
  const schedulers: Scheduler[] = []

  /** A job that notes `name@day hour:minute` in Shanghai. */
  function job(name: string, cron: string, missed: Job['missed'], extra: Partial<Job> = {}): Job {
    return {
      name,
      cron,
      missed,
      timeoutMs: 60_000,
      where: 'main',
      run: async (_ctx, slot) => {
        const wall = new Date(slot + 8 * HOUR).toISOString()
        ran.push(`${name}@${wall.slice(8, 10)} ${wall.slice(11, 16)}`)
        return { runs: 1 }
      },
      ...extra,
    }
  }

  function start(...jobs: Job[]): Scheduler {
    const scheduler = startScheduler(ctx(), jobs, noWorker)
    schedulers.push(scheduler)
    return scheduler
  }

  const advance = (ms: number): void => ctx().clock.advanceTo(ctx().clock.now() + ms)
  const digest = () => job('digest', '0 9 * * *', 'run-latest')
  let monday = MONDAY_9AM

  beforeEach(async () => {
    ran = []
    await ctx().db.deleteFrom('job_runs').execute()
    // Every test lives in a week of its own, because the clock only moves forward.
    monday += 28 * DAY
    ctx().clock.advanceTo(monday - 10 * MINUTE)
  })
  afterEach(async () => {
    await Promise.all(schedulers.splice(0).map((one) => one.stop()))
  })
  const at = (days: number, time: string): string =>
    `${new Date(monday + days * DAY + 8 * HOUR).toISOString().slice(8, 10)} ${time}`

  it('runs a slot once, however often it looks', async () => {
    const scheduler = start(job('each', '0 9 * * *', 'run-each'))
    await scheduler.runDue()
    expect(ran).toEqual([])
    advance(10 * MINUTE)
    await scheduler.runDue()
    await scheduler.runDue()
    await scheduler.tick()
    expect(ran).toEqual([`each@${at(0, '09:00')}`])
  })

  it('two schedulers on one database run each slot once', async () => {
    const jobs = [digest(), job('minutes', '* * * * *', 'run-each')]
    const [one, two] = [start(...jobs), start(...jobs)]
    for (let i = 0; i < 12; i++) {
      advance(MINUTE)
      await Promise.all([one.tick(), two.tick()])
      await Promise.all([one.runDue(), two.runDue()])
    }
    expect(ran).toHaveLength(new Set(ran).size)
    expect(ran.filter((name) => name.startsWith('minutes'))).toHaveLength(12)
    // Once for the past slot of yesterday's first start is not due; today's at 09:00 is.
    expect(ran.filter((name) => name.startsWith('digest'))).toEqual([`digest@${at(0, '09:00')}`])
  })

  it('restarted at 09:00:30, sends exactly once', async () => {
    const first = start(digest())
    advance(10 * MINUTE)
    await first.runDue()
    await first.stop()
    advance(30_000)
    await start(digest()).runDue()
    expect(ran).toEqual([`digest@${at(0, '09:00')}`])
  })

  it('makes up for the latest slot only after standing still, in slot order', async () => {
    const jobs = () => [digest(), job('score', '0 2 * * *', 'run-latest'), job('skip', '0 3 * * *', 'skip')]
    const before = start(...jobs())
    await before.runDue()
    ran = []
    await before.stop()
    advance(3 * DAY + 30 * MINUTE)
    await start(...jobs()).runDue()
    expect(ran).toEqual([`score@${at(3, '02:00')}`, `digest@${at(3, '09:00')}`])
  })

  it('on its very first start makes up for the latest slot of today, and only for run-latest', async () => {
    advance(20 * MINUTE)
    await start(digest(), job('each', '0 * * * *', 'run-each')).runDue()
    expect(ran).toEqual([`digest@${at(0, '09:00')}`])
  })

  it('runs each missed slot when the job asks for it', async () => {
    const scheduler = start(job('each', '0 9 * * *', 'run-each'))
    advance(2 * DAY + HOUR)
    await scheduler.runDue()
    expect(ran).toEqual([`each@${at(0, '09:00')}`, `each@${at(1, '09:00')}`, `each@${at(2, '09:00')}`])
  })

  it('tries a failed slot three times, with pauses, and then leaves it', async () => {
    let tries = 0
    const failing = job('failing', '0 9 * * *', 'run-latest', {
      run: async () => {
        tries++
        throw new Error('broken')
      },
    })
    const scheduler = start(failing)
    advance(10 * MINUTE)
    await scheduler.runDue()
    await scheduler.runDue()
    expect(tries).toBe(1)
    for (let i = 0; i < 5; i++) {
      advance(6 * MINUTE)
      await scheduler.runDue()
    }
    expect(tries).toBe(3)
    const rows = await ctx().db.selectFrom('job_runs').select(['state', 'error']).execute()
    expect(rows).toEqual([{ state: 'failed', error: 'broken' }])
  })

  it('takes a slot over when its process died', async () => {
    const slot = monday
    advance(10 * MINUTE)
    const dead = {
      job: 'digest',
      slot,
      state: 'running' as const,
      attempts: 1,
      lease_until: slot + MINUTE,
      started_at: slot,
      finished_at: null,
      counts_json: null,
      error: null,
    }
    await ctx().db.insertInto('job_runs').values(dead).execute()
    const scheduler = start(digest())
    await scheduler.runDue()
    expect(ran).toEqual([])
    advance(MINUTE)
    await scheduler.runDue()
    expect(ran).toEqual([`digest@${at(0, '09:00')}`])
  })

  describe('a slow job', () => {
    let release = (): void => undefined
    const slow = (extra: Partial<Job> = {}) =>
      job('slow', '* * * * *', 'run-latest', {
        run: async (_ctx, _slot, signal) => {
          ran.push('slow begins')
          await new Promise<void>((resolve) => {
            release = resolve
            signal.addEventListener('abort', () => resolve())
          })
          if (signal.aborted) throw new Error('aborted')
          return {}
        },
        ...extra,
      })

    it('never overlaps itself, and others run beside it', async () => {
      const scheduler = start(slow(), job('quick', '* * * * *', 'run-latest'))
      await scheduler.tick()
      advance(MINUTE)
      const quick = async (): Promise<string[]> => {
        await scheduler.tick()
        return ran.filter((name) => name.startsWith('quick'))
      }
      await expect.poll(quick).toHaveLength(2)
      expect(ran.filter((name) => name === 'slow begins')).toHaveLength(1)
      release()
    })

    it('does not hold up the others at the start', async () => {
      const scheduler = start(slow({ cron: '0 2 * * *' }), job('quick', '0 3 * * *', 'run-latest'))
      await scheduler.start()
      await expect.poll(() => ran).toEqual(['slow begins', `quick@${at(0, '03:00')}`])
      release()
    })

    it('is waited for by jobs that come after it', async () => {
      const scheduler = start(
        slow({ name: 'score', cron: '0 2 * * *' }),
        job('digest', '0 9 * * *', 'run-latest', { after: ['score'] }),
      )
      advance(10 * MINUTE)
      await scheduler.tick()
      await scheduler.tick()
      expect(ran).toEqual(['slow begins'])
      release()
      await scheduler.runDue()
      expect(ran).toEqual(['slow begins', `digest@${at(0, '09:00')}`])
    })

    it('gives its slot back when the service stops, and goes on after the restart', async () => {
      const first = start(slow())
      await first.tick()
      await expect.poll(() => ran).toEqual(['slow begins'])
      await first.stop()
      const second = start(slow())
      await second.tick()
      await expect.poll(() => ran).toEqual(['slow begins', 'slow begins'])
      release()
    })

    it('fails when it takes longer than allowed', async () => {
      const scheduler = start(slow({ timeoutMs: 20 }))
      await scheduler.runDue()
      const rows = await ctx().db.selectFrom('job_runs').select(['state', 'error']).execute()
      expect(rows).toEqual([{ state: 'failed', error: 'the job took longer than allowed' }])
    })
  })
})
