import type { Job } from '../../src/jobs/job.ts'
import { addTeam } from './people.ts'

/** Jobs for the tests of the worker thread. */
const base = { cron: '0 2 * * *', missed: 'run-latest', timeoutMs: 60_000, where: 'worker' } as const

export const jobs: readonly Job[] = [
  {
    ...base,
    name: 'write',
    run: async (ctx, slot) => ({ team: await addTeam(ctx, `slot ${slot}`), now: ctx.clock.now() }),
  },
  {
    ...base,
    name: 'fail',
    run: async () => {
      throw new Error('as planned')
    },
  },
  {
    ...base,
    name: 'crash',
    run: () => {
      setTimeout(() => {
        throw new Error('outside of any promise')
      })
      return new Promise(() => undefined)
    },
  },
  { ...base, name: 'deaf', run: () => new Promise(() => undefined) },
  {
    ...base,
    name: 'until-aborted',
    run: (_ctx, _slot, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ aborted: 1 }))),
  },
]
