import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { type Dispatcher, startDispatcher } from '../../src/push/dispatch.ts'
import { addToOutbox } from '../../src/store/outbox.ts'
import { claimMessage } from '../../src/store/outbox-claims.ts'
import { type FakeAdapter, fakeAdapter } from '../support/fake-adapter.ts'
import { seedCompany, speaker } from '../support/talk.ts'
import { pgliteCtx, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const MINUTE = 60_000
const PUSH = 'digest:wang'

describe.each(Object.entries({ sqlite: sqliteCtx, pglite: pgliteCtx }))(
  'a push that failed once, and its rep goes on leave [%s]',
  (_, make) => {
    let ctx: TestCtx & { close(): Promise<void> }
    let adapter: FakeAdapter
    let dispatcher: Dispatcher

    beforeEach(async () => {
      ctx = await make()
      await seedCompany(ctx)
      adapter = fakeAdapter()
      dispatcher = startDispatcher(ctx, [adapter], { pollMs: null, random: () => 0.5 })
      const target = { platform: 'playground', kind: 'dm', id: 'wang' } as const
      await addToOutbox(ctx, {
        id: PUSH,
        platform: 'playground',
        kind: 'send',
        target,
        address: 'dm:wang',
        card: { summary: '先联系华联', title: '先联系华联' },
        lane: 'digest',
        notBefore: ctx.clock.now(),
      })
    })
    afterEach(async () => {
      await dispatcher.stop()
      await ctx.close()
    })

    const later = () => ctx.clock.advanceTo(ctx.clock.now() + 20 * MINUTE)
    const takeLeave = () => speaker(ctx, 'wang').says('请假 3天 转 李强')
    /** Who was given the push, with its title. */
    const given = () =>
      adapter.sent.filter(({ key }) => key === PUSH).map(({ to, card }) => [to.id, card.title])

    it.each([
      ['the platform was busy', {}],
      ['the platform took no calls', { halt: 'pause', retryAfterMs: MINUTE }],
    ] as const)('%s: it goes to the deputy, once', async (_why, details) => {
      adapter.failures.push(new AppError('busy', 'slow down', details))
      await dispatcher.idle()
      await takeLeave()
      later()
      await dispatcher.idle()
      later()
      await dispatcher.idle()
      expect(given()).toEqual([['li', '【代 王芳】先联系华联']])
      expect(await rowOf(ctx)).toMatchObject({ state: 'sent', attempts: 1 })
    })

    it('nobody knows whether it arrived: it stays with the rep, also when the next attempt is refused', async () => {
      adapter.failures.push(new AppError('upstream', 'no answer'), new AppError('busy', 'slow down'))
      for (let attempt = 1; attempt <= 2; attempt++) {
        await dispatcher.idle()
        later()
      }
      await takeLeave()
      await dispatcher.idle()
      expect(given()).toEqual([['wang', '先联系华联']])
    })

    it('a process that died while sending leaves the same doubt', async () => {
      await claimMessage(ctx, PUSH, ctx.clock.now(), MINUTE)
      later()
      adapter.failures.push(new AppError('busy', 'slow down'))
      await dispatcher.idle()
      await takeLeave()
      later()
      await dispatcher.idle()
      expect(given()).toEqual([['wang', '先联系华联']])
    })
  },
)

function rowOf(ctx: TestCtx) {
  return ctx.db.selectFrom('outbox').selectAll().where('id', '=', PUSH).executeTakeFirstOrThrow()
}
