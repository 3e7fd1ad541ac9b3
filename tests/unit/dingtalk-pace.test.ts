import { describe, expect, it } from 'vitest'
import { CALLS, PATIENCE_MS } from '../../adapters/dingtalk/gate.ts'
import { createLimits } from '../../adapters/dingtalk/limits.ts'
import { AppError } from '../../src/errors.ts'
import { steppedClock } from '../support/stepped-clock.ts'
import { frozenClock } from '../support/test-ctx.ts'
import { memoryValues } from '../support/wecom-app.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('pacing', () => {
  it('of two processes never makes more calls of one API in any second, and keeps nobody longer than three', async () => {
    const clock = steppedClock(0, turn)
    let writes = 0
    const values = memoryValues()
    const shared = {
      ...values,
      swap: (...all: Parameters<typeof values.swap>) => {
        writes++
        return values.swap(...all)
      },
    }
    const processes = [0, 1].map(() => createLimits({ clock, shared, clientId: 'app' }))
    const made: number[] = []
    const takes = Array.from({ length: 200 }, (_, n) =>
      processes[n % 2]?.take('a').then(
        () => made.push(clock.now()),
        (error: unknown) => {
          expect(error).toBeInstanceOf(AppError)
          expect(error).toMatchObject({ code: 'busy', halt: 'pause' })
          expect(clock.now()).toBeLessThanOrEqual(PATIENCE_MS)
          return null
        },
      ),
    )
    await turn()
    await clock.advance(10_000)
    await Promise.all(takes)
    expect(made.length).toBeGreaterThanOrEqual(2 * CALLS.count)
    expect(Math.max(...made)).toBeLessThanOrEqual(PATIENCE_MS)
    for (const [index, at] of made.entries()) {
      const before = made[index - CALLS.count]
      if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(CALLS.windowMs)
    }
    // Written for many calls at once.
    expect(writes).toBeLessThan(made.length / 2)
    await expect(processes[0]?.take('b')).resolves.toBeUndefined()
  })

  it('rests one API or all', async () => {
    const clock = frozenClock(0)
    const limits = createLimits({ clock, shared: memoryValues(), clientId: 'app' })
    limits.pauseApi('a', 1000)
    await expect(limits.take('a')).rejects.toMatchObject({ code: 'busy', halt: 'pause', retryAfterMs: 1000 })
    await limits.take('b')
    limits.pauseAll(5000)
    await expect(limits.take('b')).rejects.toMatchObject({ retryAfterMs: 5000 })
    clock.advanceTo(5000)
    await limits.take('a')
  })

  it('lets everybody know at once when the shared counts cannot be read', async () => {
    const failing = {
      get: async () => {
        throw new AppError('busy', 'locked')
      },
      swap: async () => true,
    }
    const limits = createLimits({ clock: frozenClock(0), shared: failing, clientId: 'app' })
    const takes = await Promise.allSettled([limits.take('a'), limits.take('a')])
    expect(takes.map((one) => one.status)).toEqual(['rejected', 'rejected'])
  })
})
