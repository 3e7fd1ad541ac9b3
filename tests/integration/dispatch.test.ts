import { afterEach, beforeEach, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { haltCard } from '../../src/cards/admin-notice.ts'
import { AppError } from '../../src/errors.ts'
import { type Dispatcher, startDispatcher } from '../../src/push/dispatch.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { addToOutbox, type OutboxMessage, updateId } from '../../src/store/outbox.ts'
import { claimMessage, dueMessages, settleSent } from '../../src/store/outbox-claims.ts'
import { deadBetween } from '../../src/store/outbox-figures.ts'
import { textFor } from '../../src/text/index.ts'
import { type FakeAdapter, fakeAdapter } from '../support/fake-adapter.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const busy = (retryAfterMs?: number): AppError =>
  new AppError('busy', 'slow down', retryAfterMs === undefined ? {} : { retryAfterMs })

describeEachDatabase('dispatcher', (ctx) => {
  let adapter: FakeAdapter
  let dispatcher: Dispatcher

  function message(id: string, over: Partial<OutboxMessage> = {}): OutboxMessage {
    const base: OutboxMessage = {
      id,
      platform: 'playground',
      kind: 'send',
      target: { platform: 'playground', kind: 'dm', id: 'li' },
      address: 'dm:li',
      card: { summary: id, title: id },
      lane: 'reply',
      notBefore: ctx().clock.now(),
    }
    return Object.assign(base, over)
  }

  const add = (id: string, over: Partial<OutboxMessage> = {}) => addToOutbox(ctx(), message(id, over))
  const states = async () =>
    (await ctx().db.selectFrom('outbox').select(['id', 'state']).orderBy('seq').execute()).map(
      (row) => `${row.id} ${row.state}`,
    )

  beforeEach(async () => {
    await ctx().db.deleteFrom('outbox').execute()
    adapter = fakeAdapter()
    dispatcher = startDispatcher(ctx(), [adapter], {
      pollMs: null,
      random: () => 0.5,
      presentHalt: (platform, say) => haltCard(platform, say, textFor('zh-CN')),
    })
  })
  afterEach(() => dispatcher.stop())

  it('takes a message once by its id', async () => {
    expect(await add('a')).toBe(true)
    expect(await add('a', { card: { summary: 'other', title: 'other' } })).toBe(false)
    await dispatcher.idle()
    await dispatcher.idle()
    expect(adapter.sent.map((one) => one.card.title)).toEqual(['a'])
    expect(await states()).toEqual(['a sent'])
  })

  it('lets messages wait while the platform takes no calls: no attempt is used up, and admins hear of it once', async () => {
    const admin = await ctx()
      .db.insertInto('members')
      .values({ source: 'test', source_key: 'boss', name: 'boss', role: 'admin', active: 1 })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const platform of ['playground', 'dingtalk']) {
      await bindIdentity(ctx(), { platform, person: 'boss', memberId: Number(admin.id) })
    }
    const stop = new AppError('busy', '60020', {
      say: '加入可信 IP',
      data: { errcode: 60020 },
      retryAfterMs: 60_000,
      halt: 'stop',
    })
    for (const id of ['a', 'b']) await add(id, { lane: 'digest' })
    adapter.failures.push(...Array.from({ length: 12 }, () => stop))
    for (let n = 0; n < 12; n++) {
      await dispatcher.idle()
      ctx().clock.advanceTo(ctx().clock.now() + 60_000)
    }
    const notices = await ctx()
      .db.selectFrom('outbox')
      .select(['platform', 'card_json'])
      .where('lane', '=', 'notice')
      .execute()
    expect(notices.map((one) => one.platform)).toEqual(['dingtalk'])
    expect(notices[0]?.card_json).toContain('加入可信 IP')
    await dispatcher.idle()
    expect((await states()).slice(0, 2)).toEqual(['a sent', 'b sent'])
    expect(adapter.sent.map((one) => one.key)).toEqual(['a', 'b'])
    await ctx().db.deleteFrom('identities').execute()
    await ctx().db.deleteFrom('members').execute()
  })

  it('counts attempts again for what waited three days for its platform', async () => {
    await add('a')
    const day = 86_400_000
    const pause = (retryAfterMs: number) => new AppError('busy', 'rest', { retryAfterMs, halt: 'pause' })
    adapter.failures.push(pause(day), pause(day), pause(day))
    for (let n = 0; n < 3; n++) {
      await dispatcher.idle()
      ctx().clock.advanceTo(ctx().clock.now() + day)
    }
    expect(await states()).toEqual(['a pending'])
    adapter.failures.push(...Array.from({ length: 7 }, () => pause(60_000)))
    for (let n = 0; n < 7; n++) {
      expect(await states()).toEqual(['a pending'])
      await dispatcher.idle()
      ctx().clock.advanceTo(ctx().clock.now() + 1_000_000)
    }
    expect(await states()).toEqual(['a dead'])
  })

  it('keeps the replies of a chat in order, even when the first one fails for a while', async () => {
    for (const id of ['r3', 'r1', 'r2']) await add(id)
    adapter.failures.push(busy(5_000))
    await dispatcher.idle()
    expect(adapter.sent).toEqual([])
    ctx().clock.advanceTo(ctx().clock.now() + 5_000)
    await dispatcher.idle()
    expect(adapter.sent.map((one) => one.key)).toEqual(['r3', 'r1', 'r2'])
  })

  it('does not let a failing digest hold back replies, and a delayed card others', async () => {
    await add('digest', { lane: 'digest' })
    adapter.failures.push(busy())
    await dispatcher.idle()
    await add('urgent-tomorrow', { lane: 'urgent', notBefore: ctx().clock.now() + 86_400_000 })
    await add('urgent-now', { lane: 'urgent' })
    await add('reply')
    await dispatcher.idle()
    expect(adapter.sent.map((one) => one.key)).toEqual(['reply', 'urgent-now'])
  })

  it('waits as long as the platform asks, then exponentially with jitter, then gives up', async () => {
    await add('a')
    adapter.failures.push(...Array.from({ length: 8 }, () => busy(60_000)))
    for (let attempt = 1; attempt <= 8; attempt++) {
      await dispatcher.idle()
      expect(adapter.keys).toHaveLength(attempt)
      await dispatcher.idle()
      expect(adapter.keys).toHaveLength(attempt)
      ctx().clock.advanceTo(ctx().clock.now() + 15 * 60_000)
    }
    await dispatcher.idle()
    expect(await states()).toEqual(['a dead'])
    expect(await deadBetween(ctx(), 0, ctx().clock.now())).toMatchObject([{ count: 1, error: 'slow down' }])
  })

  it('buries at once what cannot succeed', async () => {
    await add('a')
    await add('b')
    adapter.failures.push(new AppError('not-found', 'no such person'))
    await dispatcher.idle()
    expect(await states()).toEqual(['a dead', 'b sent'])
  })

  it('updates a card in place, or sends a new one when it is too late', async () => {
    const update = { kind: 'update' as const, target: { key: 'old' } }
    await add('u1', update)
    await dispatcher.idle()
    expect(adapter.updated).toMatchObject([{ token: { key: 'old' }, card: { title: 'u1' } }])
    adapter.tooLate = true
    await add('u2', update)
    await dispatcher.idle()
    expect(adapter.sent).toMatchObject([{ to: { platform: 'playground', kind: 'dm', id: 'li' }, key: 'u2' }])
    expect(await states()).toEqual(['u1 sent', 'u2 sent'])
  })

  it('the new card answers the event of the press, and not another one of the chat', async () => {
    adapter.tooLate = true
    await add(updateId('playground', 'press:1'), { kind: 'update', target: { key: 'old' } })
    await dispatcher.idle()
    expect(adapter.sent).toMatchObject([{ to: { kind: 'dm', id: 'li', answers: 'press:1' } }])
  })

  it('drops a refresh that is too late: nobody needs a second copy of an old card', async () => {
    const refresh = { kind: 'refresh' as const, target: { key: 'old' } }
    await add('r1', refresh)
    await dispatcher.idle()
    expect(adapter.updated).toMatchObject([{ token: { key: 'old' }, card: { title: 'r1' } }])
    adapter.tooLate = true
    await add('r2', refresh)
    await dispatcher.idle()
    expect(adapter.sent).toEqual([])
    expect(await states()).toEqual(['r1 sent', 'r2 sent'])
  })

  it('sends the same key again after a crash between send and settle, so that platforms can dedupe', async () => {
    await add('a')
    const now = ctx().clock.now()
    const claimed = await claimMessage(ctx(), 'a', now, 30_000)
    expect(claimed).not.toBeNull()
    await adapter.send({ platform: 'playground', kind: 'dm', id: 'li' }, { summary: 'a', title: 'a' }, 'a')
    await dispatcher.idle()
    expect(adapter.keys).toEqual(['a'])
    ctx().clock.advanceTo(now + 30_000)
    await dispatcher.idle()
    expect(adapter.keys).toEqual(['a', 'a'])
    expect(adapter.sent).toHaveLength(1)
    expect(claimed && (await settleSent(ctx(), claimed, null))).toBe(false)
  })

  it('lets several processes share the outbox without doubling', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => `m${i}`)
    for (const id of ids) await add(id, { address: `dm:${id}` })
    const second = startDispatcher(ctx(), [adapter], { pollMs: null })
    await Promise.all([dispatcher.idle(), second.idle()])
    await second.stop()
    expect([...adapter.keys].sort()).toEqual([...ids].sort())
  })

  it('leaves messages of platforms it does not serve', async () => {
    await add('w', { platform: 'wecom' })
    await dispatcher.idle()
    expect(await states()).toEqual(['w pending'])
    expect(await dueMessages(ctx(), ['wecom'], ctx().clock.now(), { limit: 10 })).toHaveLength(1)
  })

  it('paces one address', async () => {
    const start = ctx().clock.now()
    for (let i = 0; i < 25; i++) await add(`p${i}`)
    await dispatcher.idle()
    expect(adapter.sent).toHaveLength(25)
    const waited = ctx().clock.now() - start
    expect(waited).toBeGreaterThanOrEqual(4 * 3_000)
    expect(waited).toBeLessThan(60_000)
  })

  it('keeps pushes that were held up until work begins again; replies go out at any hour', async () => {
    const monday = calendarFor(ctx().settings).nextWorkTime(ctx().clock.now())
    const calendar = calendarFor(ctx().settings)
    const evening = calendar.instant(calendar.dayOf(monday), 23 * 60)
    for (const lane of ['digest', 'urgent', 'notice', 'reply'] as const) await add(lane, { lane })
    ctx().clock.advanceTo(evening)
    await dispatcher.idle()
    expect(adapter.keys).toEqual(['reply'])
    ctx().clock.advanceTo(calendar.nextWorkTime(evening))
    await dispatcher.idle()
    expect(adapter.keys).toEqual(['reply', 'urgent', 'digest', 'notice'])
  })

  it('finds new messages by itself when it is nudged, and waits for running sends at the end', async () => {
    let open = (): void => undefined
    adapter.gate = new Promise((resolve) => {
      open = resolve
    })
    const polling = startDispatcher(ctx(), [adapter], { pollMs: 5_000 })
    await add('a')
    polling.nudge()
    await expect.poll(states).toEqual(['a sending'])
    const stopped = polling.stop()
    open()
    await stopped
    expect(await states()).toEqual(['a sent'])
  })
})
