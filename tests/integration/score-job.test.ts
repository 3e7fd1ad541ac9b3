import { afterEach, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { score } from '../../src/jobs/score.ts'
import { latestRun, scoreChangesSince, scoreOf } from '../../src/store/scores.ts'
import { day } from '../support/facts.ts'
import { addCustomer, addEvent } from '../support/people.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

const SLOT = Date.parse('2026-06-10T05:30:00+08:00')
const YESTERDAY = day('2026-06-09')
let ctx: Awaited<ReturnType<typeof sqliteCtx>>

afterEach(() => ctx.close())

it('the nightly job scores as of the day before its slot, whenever it runs, and twice is once', async () => {
  ctx = await sqliteCtx({ at: SLOT })
  const id = await addCustomer(ctx)
  const order = (on: number) =>
    addEvent(ctx, { customer_id: id, kind: 'order', at: on * 86_400_000, day: on, amount: 100 })
  for (const ago of [60, 70, 80, 90, 100]) await order(YESTERDAY - ago)
  // Already bought this morning, before the late run: not known as of yesterday.
  await order(YESTERDAY + 1)
  ctx.clock.advanceTo(SLOT + 9 * 3_600_000)

  const signal = new AbortController().signal
  expect(await score.run(ctx, SLOT, signal)).toEqual({ customers: 1, scored: 1, insufficient: 0 })
  expect(await latestRun(ctx)).toMatchObject({ asOf: YESTERDAY })
  const first = await scoreOf(ctx, UNSCOPED, id)
  const history = await scoreChangesSince(ctx, UNSCOPED, 0)
  expect(first).toMatchObject({ evidence: [{ signal: 'overdue' }, {}, {}] })

  await score.run(ctx, SLOT, signal)
  const second = await scoreOf(ctx, UNSCOPED, id)
  expect({ ...second, runId: 0 }).toEqual({ ...first, runId: 0 })
  expect(await scoreChangesSince(ctx, UNSCOPED, 0)).toEqual(history)
})

it('runs in the worker and stops when asked', async () => {
  ctx = await sqliteCtx({ at: SLOT })
  expect(score.where).toBe('worker')
  const stop = new AbortController()
  stop.abort()
  await addCustomer(ctx)
  await expect(score.run(ctx, SLOT, stop.signal)).rejects.toMatchObject({ code: 'busy' })
})
