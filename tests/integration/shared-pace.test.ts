import { expect, it } from 'vitest'
import { createDingtalk } from '../../adapters/dingtalk/app.ts'
import { CALLS } from '../../adapters/dingtalk/gate.ts'
import { createWindows } from '../../adapters/shared/windows.ts'
import { createWecomApp } from '../../adapters/wecom/app.ts'
import { createPace } from '../../adapters/wecom/pace.ts'
import { systemClock } from '../../src/clock.ts'
import { sharedValues } from '../../src/main/shared-values.ts'
import { forgetPace } from '../../src/store/housekeeping.ts'
import { dingtalkCase } from '../support/dingtalk-app.ts'
import { settle } from '../support/dingtalk-stream.ts'
import { eventually } from '../support/eventually.ts'
import { steppedClock } from '../support/stepped-clock.ts'
import { describeEachDatabase, MONDAY_9AM } from '../support/test-ctx.ts'
import { wecomCase } from '../support/wecom-app.ts'

describeEachDatabase('pace in the store', (ctx) => {
  it('swaps a value once, whoever else wants to', async () => {
    const { swap, get } = sharedValues(ctx())
    const first = await Promise.all(['a', 'b', 'c'].map((value) => swap('x', null, value)))
    expect(first.filter(Boolean)).toHaveLength(1)
    const before = (await get('x')) ?? ''
    const then = await Promise.all(['d', 'e'].map((value) => swap('x', before, value)))
    expect(then.filter(Boolean)).toHaveLength(1)
    expect(await swap('x', before, 'f')).toBe(false)
  })

  it('gives two processes at once no more than one window holds', async () => {
    const windows = [{ windowMs: 60_000, count: 30 }]
    const make = () =>
      createWindows({ clock: systemClock, shared: sharedValues(ctx()), name: 'two', windows })
    const [one, other] = [make(), make()]
    const takes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).take('rep', { least: 1, most: 3 })),
    )
    expect(takes.reduce((sum, { taken }) => sum + taken, 0)).toBe(30)
  })

  it('keeps two processes from sending a WeCom member what would be dropped', async () => {
    const { fake, ports, close } = await wecomCase(systemClock)
    const processes = [0, 1].map(() => createWecomApp({ ...ports, shared: sharedValues(ctx()) }))
    const to = { platform: 'wecom', kind: 'dm', id: 'lijing' } as const
    const sends = await Promise.allSettled(
      Array.from({ length: 40 }, (_, n) =>
        processes[n % 2]?.send(to, { summary: `${n}`, title: `${n}` }, `${n}`),
      ),
    )
    const refused = sends.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(fake.state.messages).toHaveLength(30)
    expect(fake.state.dropped).toEqual([])
    expect(refused).toHaveLength(10)
    for (const reason of refused) expect(reason).toMatchObject({ code: 'busy', halt: 'pause' })
    await close()
  })

  it('keeps two processes below the calls that DingTalk takes in a second', async () => {
    // Time passes only once the calls of a window have arrived: a slow machine makes no bunches.
    const clock = steppedClock(MONDAY_9AM, settle)
    const { fake, ports, close } = await dingtalkCase(clock)
    const processes = [0, 1].map(() => createDingtalk({ ...ports, shared: sharedValues(ctx()) }))
    const to = { platform: 'dingtalk', kind: 'dm', id: 'LiJing' } as const
    const sends = Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        processes[n % 2]?.send(to, { summary: `${n}`, title: `${n}` }, `${n}`),
      ),
    )
    for (let shown: number = CALLS.count; shown < 40; shown += CALLS.count) {
      await eventually(() => {
        expect(fake.state.shown).toHaveLength(shown)
        expect(clock.sleepers).toBeGreaterThan(0)
      })
      await clock.advance(CALLS.windowMs + 50)
    }
    await sends
    expect(fake.state.shown).toHaveLength(40)
    // None was refused and sent again.
    expect(fake.calls.filter((path) => path.endsWith('createAndDeliver'))).toHaveLength(40)
    await close()
  })

  it('is forgotten when it is over', async () => {
    const { clock } = ctx()
    const take = createPace({
      clock,
      shared: sharedValues(ctx()),
      name: 'old',
      windows: [{ windowMs: 60_000, count: 1 }],
    })
    await take('rep', 1)
    expect(await forgetPace(ctx(), clock.now())).toBe(0)
    clock.advanceTo(clock.now() + 86_400_000)
    expect(await forgetPace(ctx(), clock.now())).toBeGreaterThan(0)
    await take('rep', 1)
  })
})
