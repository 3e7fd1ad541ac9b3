import { expect, it } from 'vitest'
import { createAppDay, createPace, RECEIVER_WINDOWS, type TakePace } from '../../adapters/wecom/pace.ts'
import type { MovableClock } from '../../src/clock.ts'
import { AppError, asAppError } from '../../src/errors.ts'
import { fc } from '../support/fast-check.ts'
import { frozenClock } from '../support/test-ctx.ts'
import { memoryValues } from '../support/wecom-app.ts'

const HOUR_MS = 3_600_000

async function takeWhenAllowed(take: TakePace, clock: MovableClock): Promise<void> {
  for (;;) {
    try {
      await take('a', 1)
      return
    } catch (error) {
      if (!(error instanceof AppError) || error.retryAfterMs === undefined) throw error
      clock.advanceTo(clock.now() + error.retryAfterMs)
    }
  }
}

it('two processes together never exceed a window, and everything goes out in the end', async () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.boolean()), {
    minLength: 50,
    maxLength: 300,
  })
  await fc.assert(
    fc.asyncProperty(gaps, async (steps) => {
      const clock = frozenClock(0)
      const parts = { clock, shared: memoryValues(), name: 'app', windows: RECEIVER_WINDOWS }
      const [one, other] = [createPace(parts), createPace(parts)]
      const sent: number[] = []
      for (const [gap, first] of steps) {
        clock.advanceTo(clock.now() + gap)
        await takeWhenAllowed(first ? one : other, clock)
        sent.push(clock.now())
      }
      for (const { windowMs, count } of RECEIVER_WINDOWS) {
        for (const [index, at] of sent.entries()) {
          const before = sent[index - count]
          if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(windowMs)
        }
      }
    }),
    { numRuns: 50 },
  )
})

it('an hour of a member is full after a thousand; others are free', async () => {
  const clock = frozenClock(0)
  const take = createPace({ clock, shared: memoryValues(), name: 'app', windows: RECEIVER_WINDOWS })
  for (let n = 0; n < 1000; n++) {
    await take('a', 1)
    clock.advanceTo(clock.now() + 3_000)
  }
  const { retryAfterMs } = asAppError(await take('a', 1).catch((error: unknown) => error))
  expect(retryAfterMs).toBeGreaterThan(HOUR_MS - 3_000_000)
  expect(retryAfterMs).toBeLessThanOrEqual(HOUR_MS - 3_000_000 + 120_000)
  await take('b', 3)
})

it('the day of an app is shared in slices and begins anew at midnight in China', async () => {
  const clock = frozenClock(Date.UTC(2026, 10, 23, 15, 0))
  const shared = memoryValues()
  const parts = { clock, shared, name: 'app.day', accounts: 2, say: 'full' }
  const [one, other] = [createAppDay(parts), createAppDay(parts)]
  for (let n = 0; n < 199; n++) {
    await one(1)
    await other(1)
  }
  // 400 a day in slices of 4: what is left lies with one process or the other.
  await one(1)
  await other(1)
  await expect(one(1)).rejects.toMatchObject({ halt: 'stop', say: 'full', retryAfterMs: HOUR_MS })
  clock.advanceTo(clock.now() + HOUR_MS)
  await one(3)
  expect([...shared.all]).toEqual([
    ['pace.app.day.2026-11-23', '400'],
    ['pace.app.day.2026-11-24', '4'],
  ])
  await expect(createAppDay({ ...parts, accounts: null })(1_000_000)).resolves.toBeUndefined()
})
