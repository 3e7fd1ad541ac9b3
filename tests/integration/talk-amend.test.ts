import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isoFromDay } from '../../src/model/day.ts'
import { caseHistory } from '../../src/store/case-log.ts'
import { type Company, customer, openCase, seedCompany, speaker } from '../support/talk.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

describe('what was understood of a log is put right', () => {
  let ctx: TestCtx & { close(): Promise<void> }
  let company: Company
  let ids: { hua: number; jiang: number; case: number; other: number }

  beforeEach(async () => {
    ctx = await sqliteCtx()
    company = await seedCompany(ctx)
    const { wang } = company.members
    const hua = await customer(ctx, { name: '华联超市', owner: wang })
    const jiang = await customer(ctx, { name: '江南机电', owner: wang })
    await customer(ctx, { name: '赵家机电', owner: company.members.zhao })
    ids = {
      hua,
      jiang,
      case: await openCase(ctx, { customer: hua, owner: wang }),
      other: await openCase(ctx, { customer: jiang, owner: wang }),
    }
  })
  afterEach(() => ctx.close())

  const logs = () => ctx.db.selectFrom('follow_ups').selectAll().where('undone_at', 'is', null).execute()
  const stateOf = async (id: number) =>
    (await ctx.db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirstOrThrow()).state
  const audits = () => ctx.db.selectFrom('audit').selectAll().orderBy('id').execute()

  it('确认 leaves the log as it is, 改 and 撤销 within reach', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('联系了华联超市，有意向')
    const [card] = (await wang.presses('确认')).updates
    expect(card?.notes).toContain('已确认。')
    expect(card?.actions?.map(({ label }) => label)).toEqual(['改', '撤销'])
    expect((await wang.presses('撤销', card)).text).toContain('已撤销：华联超市')
    expect(await logs()).toEqual([])
    expect((await audits()).map(({ action }) => action)).toEqual(['follow-up', 'confirm', 'undo'])
  })

  it('改 and 撤销 while a note waits for its customer touch no earlier log', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('联系了华联超市，有意向，下周三再约')
    const before = await logs()
    await wang.says('聊过了，对价格不满')
    expect((await wang.says('改 服务 下周五')).text).toContain('还没记录')
    expect((await wang.says('撤销')).text).toContain('没有记录')
    expect(await logs()).toEqual(before)
    expect((await wang.says('撤销')).text).toContain('已撤销：华联超市')
  })

  it('outcome by buttons: the case follows, each step can be taken back', async () => {
    const wang = speaker(ctx, 'wang')
    const said = await wang.says('联系了华联超市，有意向，下周三再约')
    expect(await stateOf(ids.case)).toBe('waiting')
    await wang.presses('改')
    const [choices] = (await wang.presses('结果')).updates
    expect(choices?.actions?.length).toBeLessThanOrEqual(6)
    const [card] = (await wang.presses('没联系上')).updates
    expect(card?.title).toContain('仅触达')
    expect(await logs()).toMatchObject([
      { outcome: 'no-answer', effective: 0, reached: 0, sentiment: 'neutral' },
    ])
    expect(await stateOf(ids.case)).toBe('working')
    await wang.says('撤销')
    expect(await logs()).toMatchObject([{ outcome: 'interested', effective: 1 }])
    expect(await stateOf(ids.case)).toBe('waiting')
    await wang.presses('撤销', said.cards[0])
    expect(await logs()).toEqual([])
    expect(await stateOf(ids.case)).toBe('open')
  })

  it('the button takes the log back with all its corrections, and a second tap changes nothing', async () => {
    const wang = speaker(ctx, 'wang')
    const said = await wang.says('联系了华联超市，有意向')
    await wang.presses('下周一')
    await wang.says('改 价格')
    await wang.says('改 没联系上')
    await wang.presses('撤销', said.cards[0])
    expect(await logs()).toEqual([])
    expect(await stateOf(ids.case)).toBe('open')
    expect((await wang.presses('撤销', said.cards[0])).text).toContain('没有可以撤销')
  })

  it('in words: reason and date at once; the note keeps what was said', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('联系了华联超市，客户不满意')
    const said = await wang.says('改 价格 下周五')
    expect(said.text).toMatch(/结果 不满意[\s\S]*原因 价格/)
    const [row] = await logs()
    expect(row).toMatchObject({
      outcome: 'dissatisfied',
      reason: 'price',
      note: '联系了华联超市，客户不满意；价格 下周五',
    })
    expect(isoFromDay(row?.next_on ?? 0)).toBe('2026-12-04')
    await wang.says('撤销')
    expect(await logs()).toMatchObject([{ next_on: null, note: '联系了华联超市，客户不满意' }])
  })

  it('the same tap twice is one change, and one row of audit', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('联系了华联超市，有意向')
    await wang.presses('改')
    const [choices] = (await wang.presses('原因')).updates
    await wang.presses('服务', choices)
    const before = (await audits()).length
    expect((await wang.presses('服务', choices)).text).toContain('服务')
    expect(await audits()).toHaveLength(before)
    expect(await logs()).toMatchObject([{ reason: 'service', outcome: 'interested' }])
  })

  it('another customer: taken back there with its case, written here; also by name', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('联系了华联超市，有意向，下周三再约')
    await wang.presses('改')
    await wang.presses('客户')
    expect((await wang.presses('江南机电')).text).toContain('已记录 · 江南机电')
    expect(await logs()).toMatchObject([{ customer_id: ids.jiang, outcome: 'interested' }])
    expect([await stateOf(ids.case), await stateOf(ids.other)]).toEqual(['open', 'waiting'])
    expect((await wang.says('改 华联超市')).text).toContain('已记录 · 华联超市')
    expect([await stateOf(ids.case), await stateOf(ids.other)]).toEqual(['waiting', 'open'])
    expect(await logs()).toMatchObject([{ customer_id: ids.hua }])
    expect((await wang.says('改 赵家机电')).text).toContain('没听出要改什么')
  })

  it('a snooze in between stays; the correction comes on top', async () => {
    const wang = speaker(ctx, 'wang')
    const said = await wang.says('联系了华联超市，有意向')
    await wang.says('客户 华联超市')
    await wang.presses('稍后')
    await wang.presses('3 天后')
    await wang.says('改 价格')
    const row = await ctx.db
      .selectFrom('cases')
      .selectAll()
      .where('id', '=', ids.case)
      .executeTakeFirstOrThrow()
    expect(row.snoozed_until).not.toBeNull()
    expect((await caseHistory(ctx, ids.case)).map(({ action }) => action)).not.toContain('undo')
    expect((await wang.presses('撤销', said.cards[0])).text).toContain('撤不回来')
    expect(await logs()).toMatchObject([{ reason: 'price' }])
  })

  it('another person cannot touch it, and after ten minutes nobody can', async () => {
    const wang = speaker(ctx, 'wang')
    const said = await wang.says('联系了华联超市，有意向')
    const lead = speaker(ctx, 'lead')
    expect((await lead.presses('改', said.cards[0])).text).toContain('不是你记的')
    expect((await lead.presses('撤销', said.cards[0])).text).toContain('没有可以撤销')
    await lead.says('跟进 华联超市 拒绝')
    await wang.says('改 价格')
    expect((await wang.presses('撤销', said.cards[0])).text).toContain('撤不回来')
    expect(await logs()).toMatchObject([{ reason: 'price', outcome: 'interested' }, { outcome: 'refused' }])
    ctx.clock.advanceTo(ctx.clock.now() + 11 * 60_000)
    expect((await wang.says('改 服务')).text).toContain('没有可以改的记录')
    await wang.presses('改', said.cards[0])
    await wang.presses('原因')
    expect((await wang.presses('服务')).text).toContain('已超过 10 分钟')
    expect((await logs())[0]).toMatchObject({ reason: 'price' })
  })
})
