import { expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { type AnyCommand, defineCommand } from '../../src/chat/command.ts'
import { NoArgs, wordsFromText } from '../../src/chat/customer-args.ts'
import { handleRow } from '../../src/chat/handle-row.ts'
import { startInbox } from '../../src/chat/inbox.ts'
import { AppError } from '../../src/errors.ts'
import { createLog } from '../../src/log.ts'
import type { InboundEvent } from '../../src/model/chat.ts'
import { addAudit } from '../../src/store/audit.ts'
import { newEvents } from '../../src/store/inbox.ts'
import { acceptEvent, handleWaiting, handlingOf } from '../support/handle-events.ts'
import { customer, openCase, outFor, seedCompany } from '../support/talk.ts'
import { describeEachDatabase, sqliteCtx } from '../support/test-ctx.ts'

function text(id: string, words: string, person = 'wang'): InboundEvent {
  const who = { platform: 'playground', id: person, name: null }
  return { id, at: 0, who, where: { kind: 'dm', id: person }, kind: 'text', text: words }
}

/** A command that writes an audit row and then fails `times` times. */
function failing(error: () => Error, times: number): AnyCommand & { runs: number } {
  const state = { runs: 0 }
  const command = defineCommand({
    name: 'failing',
    aliases: ['失败'],
    where: 'dm',
    role: 'rep',
    writes: true,
    args: NoArgs,
    fromText: wordsFromText,
    async run(ctx, { actor }) {
      state.runs++
      await addAudit(ctx, { memberId: actor.id, action: 'failing', subject: 'test' })
      if (state.runs <= times) throw error()
      return { cards: [{ summary: 'ok', title: '成了' }] }
    },
  })
  return Object.defineProperty({ ...command, runs: 0 }, 'runs', { get: () => state.runs })
}

describeEachDatabase('inbox', (ctx) => {
  it('accepts an event once, and handles it once', async () => {
    const { members } = await seedCompany(ctx())
    const id = await customer(ctx(), { name: '张三制造', owner: members.wang })
    await openCase(ctx(), { customer: id, owner: members.wang })
    const event = text('once-1', '跟进 张三制造 有意向 明天')
    await acceptEvent(ctx(), event)
    await acceptEvent(ctx(), event)
    const [row, ...others] = await newEvents(ctx(), 10)
    expect(others).toEqual([])
    if (!row) throw new Error('the event is not stored')
    const handling = handlingOf(commands)
    await handleRow(ctx(), handling, row)
    await handleRow(ctx(), handling, row)
    expect(await ctx().db.selectFrom('follow_ups').selectAll().execute()).toHaveLength(1)
    expect((await outFor(ctx(), 'once-1')).cards).toHaveLength(1)
    expect(await newEvents(ctx(), 10)).toEqual([])
  })

  it('a throw rolls everything back, and the person gets a sentence without a trace', async () => {
    const command = failing(() => new Error('secret detail at /srv/app.ts:12'), 99)
    await acceptEvent(ctx(), text('throw-1', '失败'))
    await handleWaiting(ctx(), handlingOf([command]))
    const said = await outFor(ctx(), 'throw-1')
    expect(said.text).toBe('出了点问题，已记录，请稍后再试。')
    const audit = await ctx().db.selectFrom('audit').selectAll().where('action', '=', 'failing').execute()
    expect(audit).toEqual([])
    const [row] = await ctx().db.selectFrom('inbox').selectAll().where('event_id', '=', 'throw-1').execute()
    expect(row).toMatchObject({ state: 'failed', error: 'bug' })
    expect(command.runs).toBe(1)
  })

  it('busy is tried again and then succeeds, with one effect', async () => {
    const command = failing(() => new AppError('busy', 'locked'), 2)
    await acceptEvent(ctx(), text('busy-1', '失败'))
    await handleWaiting(ctx(), handlingOf([command]))
    expect((await outFor(ctx(), 'busy-1')).text).toBe('成了')
    const audit = await ctx().db.selectFrom('audit').selectAll().where('action', '=', 'failing').execute()
    expect(audit).toHaveLength(1)
    expect(command.runs).toBe(3)
  })

  it('busy for ever ends with a sentence', async () => {
    const command = failing(() => new AppError('busy', 'locked'), 99)
    await acceptEvent(ctx(), text('busy-2', '失败'))
    await handleWaiting(ctx(), handlingOf([command]))
    expect((await outFor(ctx(), 'busy-2')).text).toBe('正忙，请过一会儿再试。')
  })

  it('an event that killed the process again and again is given up', async () => {
    await acceptEvent(ctx(), text('poison-1', '我的'))
    await ctx().db.updateTable('inbox').set({ attempts: 4 }).where('event_id', '=', 'poison-1').execute()
    await handleWaiting(ctx(), handlingOf(commands))
    const [row] = await ctx().db.selectFrom('inbox').selectAll().where('event_id', '=', 'poison-1').execute()
    expect(row?.state).toBe('failed')
  })

  it('takes up at start what an earlier process left, in the order it came', async () => {
    for (const n of [1, 2, 3]) await acceptEvent(ctx(), text(`left-${n}`, `帮助 ${n}`))
    const inbox = startInbox(ctx(), handlingOf(commands), () => undefined)
    await inbox.idle()
    await inbox.stop()
    const rows = await ctx()
      .db.selectFrom('outbox')
      .select('id')
      .where('id', 'like', 'reply:playground:left-%')
      .orderBy('seq')
      .execute()
    expect(rows.map((row) => row.id.split(':')[2])).toEqual(['left-1', 'left-2', 'left-3'])
  })

  it('refuses events without a usable id', async () => {
    await expect(acceptEvent(ctx(), text('', '我的'))).rejects.toMatchObject({ code: 'bad-input' })
  })
})

it('logs what happened, never what was said or who was meant', async () => {
  const lines: string[] = []
  const quiet = await sqliteCtx()
  const ctx = { ...quiet, log: createLog('debug', { write: (line: string) => void lines.push(line) }) }
  const { members } = await seedCompany(ctx)
  await customer(ctx, { name: '机密客户', owner: members.wang })
  const words = [
    '跟进 机密客户 有意向 电话13812345678',
    '客户 机密客户',
    '客户 机密客护',
    '绑定 x y',
    '机密的话',
  ]
  for (const [n, said] of words.entries()) await acceptEvent(ctx, text(`secret-${n}`, said))
  await acceptEvent(ctx, text('secret-fail', '失败 机密的话'))
  const list = [...commands, failing(() => new Error('broken'), 99)]
  await handleWaiting(ctx, handlingOf(list))
  expect(lines.length).toBeGreaterThan(3)
  expect(lines.join('')).not.toMatch(/机密|13812345678|有意向/)
  await quiet.close()
})

it('two inbox loops on one database handle each event once', async () => {
  const ctx = await sqliteCtx()
  await seedCompany(ctx)
  for (let n = 0; n < 20; n++) await acceptEvent(ctx, text(`race-${n}`, '我的'))
  const loops = [1, 2].map(() => startInbox(ctx, handlingOf(commands), () => undefined))
  for (const loop of loops) await loop.idle()
  for (const loop of loops) await loop.stop()
  const { n } = await ctx.db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('id', 'like', 'reply:%')
    .executeTakeFirstOrThrow()
  expect(n).toBe(20)
  await ctx.close()
})
