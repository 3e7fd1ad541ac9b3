import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isoFromDay } from '../../src/model/day.ts'
import { customer, event, seedCompany, send, speaker, today } from '../support/talk.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

describe('the same in English', () => {
  let ctx: TestCtx & { close(): Promise<void> }

  beforeAll(async () => {
    ctx = await sqliteCtx({ settings: { locale: 'en' } })
    const { members } = await seedCompany(ctx)
    const acme = await customer(ctx, { name: 'Acme Trading Co', owner: members.wang })
    await customer(ctx, { name: 'Acme', owner: members.wang })
    await event(ctx, acme, { kind: 'order', day: today(ctx) - 30, amount: 10_000 })
  })
  afterAll(() => ctx.close())

  it('logs, refuses and takes back', async () => {
    const wang = speaker(ctx, 'wang')
    const said = await wang.says('log Acme Trading Co interested, next wed')
    expect(said.cards[0]?.title).toBe('Logged · Acme Trading Co · effective follow-up')
    const [row] = await ctx.db.selectFrom('follow_ups').selectAll().execute()
    expect(row).toMatchObject({ outcome: 'interested', note: 'interested, next wed' })
    expect(isoFromDay(row?.next_on ?? 0)).toBe('2026-12-02')
    expect((await wang.says('undo')).text).toContain('Undone: Acme Trading Co')
    expect((await wang.says('log Acme interested 2026-01-01')).text).toContain('has passed')
  })

  it('answers and explains', async () => {
    const wang = speaker(ctx, 'wang')
    expect((await wang.says('/customer acme trading co')).text).toContain('Acme Trading Co')
    expect((await wang.says('churn this month')).text).toContain('0 / 1')
    expect((await wang.says('help churn rate')).text).toContain('opening cohort')
    expect((await wang.says('why Nobody Ltd')).text).toContain('you may not see it')
    expect((await wang.says('list urgent')).text).toContain('No scores yet')
    expect((await wang.says('constructor')).text).toContain('did not understand')
  })

  it('a customer whose name alone is typed is shown', async () => {
    const said = await speaker(ctx, 'wang').says('Acme Trading Co')
    expect(said.cards[0]?.title).toBe('Acme Trading Co')
  })

  it('greets a person and a group that come in', async () => {
    const who = { platform: 'playground', id: 'wang', name: null }
    const dm = await send(ctx, { id: 'j1', at: 0, who, where: { kind: 'dm', id: 'wang' }, kind: 'joined' })
    expect(dm.text).toContain('Hello 王芳')
    const where = { kind: 'group' as const, id: 'g9', title: 'Sales' }
    const group = await send(ctx, { id: 'j2', at: 0, who, where, kind: 'joined' })
    expect(group.text).toContain('totals and masked names')
    const chat = await ctx.db.selectFrom('chats').selectAll().where('chat', '=', 'g9').executeTakeFirst()
    expect(chat).toMatchObject({ title: 'Sales', team_id: null })
  })
})
