import { scheduleJob } from 'node-schedule'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { withSavedSettings } from '../scoring/preview/settings-in-force.ts'
import { claimSlot, unfinished } from '../store/job-runs.ts'
import { type DueSlot, dueSlots } from './due.ts'
import type { Counts, Job } from './job.ts'
import { RULES, type RunJob, runSlot } from './run-slot.ts'

export interface Scheduler {
  /** Makes up for what was missed and from then on looks for due slots every few seconds. */
  start(): Promise<void>
  /** Starts every due slot and returns; different jobs run side by side. */
  tick(): Promise<void>
  /**
   * Runs every slot due by the clock now, one after the other in slot order, but for jobs that nobody waits for;
   * resolves when all are done.
   */
  runDue(): Promise<void>
  /** Starts nothing more, asks running jobs to stop and waits for them; they go on after a restart. */
  stop(): Promise<void>
}

export type RunInWorker = (job: string, slot: number, signal: AbortSignal) => Promise<Counts>

const EVERY_FIVE_SECONDS = '*/5 * * * * *'

/**
 * Runs jobs at their slots. node-schedule only ticks; which slots are due is computed from the cron expressions in
 * the business zone and from `job_runs`, where each slot is claimed once whatever the number of processes.
 */
export function startScheduler(ctx: Ctx, jobs: readonly Job[], runInWorker: RunInWorker): Scheduler {
  const startedAt = ctx.clock.now()
  const stopping = new AbortController()
  const running = new Map<string, Promise<void>>()
  let runningDue: Promise<void> | null = null

  const run: RunJob = async (job, slot, signal) =>
    job.where === 'worker'
      ? runInWorker(job.name, slot, signal)
      : job.run(await withSavedSettings(ctx), slot, signal)

  /** Due slots of jobs that do not run here already, in slot order, without those that wait for another job. */
  async function startable(): Promise<DueSlot[]> {
    const due: DueSlot[] = []
    for (const job of jobs) {
      if (running.has(job.name)) continue
      const slots = await dueSlots(ctx, job, startedAt, RULES)
      due.push(...slots.map((slot) => ({ job, slot })))
    }
    const waitedFor = new Set([...due.map((one) => one.job.name), ...running.keys()])
    const free: DueSlot[] = []
    for (const one of due.sort((a, b) => a.slot - b.slot)) {
      const { after = [] } = one.job
      if (after.some((name) => waitedFor.has(name))) continue
      if (!(await unfinished(ctx, after, RULES))) free.push(one)
    }
    return free
  }

  /** Claims and runs a slot; false when another process has it. Resolves when its outcome is recorded. */
  async function execute({ job, slot }: DueSlot, onStart: () => void): Promise<boolean> {
    let finish = (): void => undefined
    running.set(job.name, new Promise((resolve) => (finish = resolve)))
    const end = (): void => {
      running.delete(job.name)
      finish()
    }
    try {
      const claim = await claimSlot(ctx, job.name, slot, RULES)
      onStart()
      if (claim === null) {
        end()
        return false
      }
      const { settled } = await runSlot(ctx, job, claim, run, stopping.signal)
      void settled.then(end)
      return true
    } catch (error) {
      ctx.log.error({ error, job: job.name, slot }, 'a slot could not be claimed or recorded')
      onStart()
      end()
      return false
    }
  }

  async function tick(): Promise<void> {
    if (stopping.signal.aborted || runningDue) return
    const started = new Set<string>()
    const claims: Promise<void>[] = []
    for (const one of await startable()) {
      if (started.has(one.job.name) || running.has(one.job.name)) continue
      started.add(one.job.name)
      claims.push(new Promise((resolve) => void execute(one, resolve)))
    }
    await Promise.all(claims)
  }

  async function allDue(): Promise<void> {
    const elsewhere = new Set<string>()
    while (!stopping.signal.aborted) {
      const next = (await startable()).find(
        (one) => !one.job.unhurried && !elsewhere.has(`${one.job.name} ${one.slot}`),
      )
      if (next) {
        const mine = await execute(next, () => undefined)
        if (!mine) elsewhere.add(`${next.job.name} ${next.slot}`)
      } else {
        const waitedFor = hurried()
        if (waitedFor.length === 0) return
        await Promise.race(waitedFor)
      }
    }
  }

  function hurried(): Promise<void>[] {
    const unhurried = new Set(jobs.filter((job) => job.unhurried).map((job) => job.name))
    return [...running].filter(([name]) => !unhurried.has(name)).map(([, ended]) => ended)
  }

  async function runDue(): Promise<void> {
    while (runningDue) await runningDue
    runningDue = allDue().finally(() => {
      runningDue = null
    })
    await runningDue
  }

  return {
    tick,
    runDue,
    async start() {
      const report = (error: unknown): void => ctx.log.error({ error }, 'due jobs could not be looked up')
      const ticking = scheduleJob(EVERY_FIVE_SECONDS, () => void tick().catch(report))
      if (!ticking) throw new AppError('bug', 'the clock of the scheduler did not start')
      stopping.signal.addEventListener('abort', () => ticking.cancel())
      // Side by side, not `runDue`: a complaint must not wait until a long catch-up of scores is done.
      void tick().catch(report)
    },
    async stop() {
      stopping.abort()
      await runningDue
      await Promise.all(running.values())
    },
  }
}
