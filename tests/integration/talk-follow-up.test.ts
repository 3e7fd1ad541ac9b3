import { beforeAll, expect, it } from 'vitest'
import { isoFromDay } from '../../src/model/day.ts'
import { customer, openCase, seedCompany, speaker } from '../support/talk.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

describeEachDatabase('a rep logs follow-ups in chat', (ctxNow) => {
  let ctx: TestCtx
  let ids: { zhang: number; case: number }

  beforeAll(async () => {
    ctx = ctxNow()
    const { members } = await seedCompany(ctx)
    const zhang = await customer(ctx, {
      name: '张三制造有限公司',
      shortName: '张三制造',
      owner: members.wang,
    })
    await customer(ctx, { name: '李记食品（上海）', owner: members.wang })
    await customer(ctx, { name: '李记食品（苏州）', owner: members.wang })
    await customer(ctx, { name: '赵家机电', owner: members.zhao })
    ids = { zhang, case: await openCase(ctx, { customer: zhang, owner: members.wang }) }
  })

  const logs = () => ctx.db.selectFrom('follow_ups').selectAll().where('undone_at', 'is', null).execute()
  const caseState = async () =>
    (await ctx.db.selectFrom('cases').selectAll().where('id', '=', ids.case).executeTakeFirstOrThrow()).state

  it('one line is the log: outcome, channel, next date; the case waits for its result', async () => {
    const wang = speaker(ctx, 'wang')
    const said = await wang.says('跟进 张三制造 电话聊了，有意向，下周三再约')
    expect(said.text).toContain('有效跟进')
    const [row] = await logs()
    expect(row).toMatchObject({
      outcome: 'interested',
      channel: 'phone',
      effective: 1,
      customer_id: ids.zhang,
    })
    expect(isoFromDay(row?.next_on ?? 0)).toBe('2026-12-02')
    expect(await caseState()).toBe('waiting')
    const undone = await wang.says('撤销')
    expect(undone.text).toContain('已撤销')
    expect(await logs()).toEqual([])
    expect(await caseState()).toBe('open')
  })

  it('without an outcome it is only a touch', async () => {
    const wang = speaker(ctx, 'wang')
    expect((await wang.says('跟进张三制造，没接电话')).text).toContain('仅触达')
    expect(await logs()).toMatchObject([{ effective: 0, outcome: 'no-answer' }])
    expect(await caseState()).toBe('working')
    await wang.says('撤销')
    expect(await caseState()).toBe('open')
  })

  it('a line without a result asks for one, and the next line completes it', async () => {
    const wang = speaker(ctx, 'wang')
    expect((await wang.says('跟进 张三制造 寄了样品，后天再问')).text).toContain('没听出结果')
    expect((await wang.says('张三制造')).cards[0]?.title).toContain('张三制造有限公司')
    const done = await wang.says('有意向')
    expect(done.text).toContain('有效跟进')
    const [row] = await logs()
    expect(row).toMatchObject({ outcome: 'interested', effective: 1, note: '寄了样品，后天再问；有意向' })
    expect(isoFromDay(row?.next_on ?? 0)).toBe('2026-11-25')
    expect((await wang.says('撤销')).text).toContain('仍算仅触达')
    expect(await logs()).toMatchObject([{ outcome: null, effective: 0, note: '寄了样品，后天再问' }])
    expect(isoFromDay((await logs())[0]?.next_on ?? 0)).toBe('2026-11-25')
    expect((await wang.says('客户拒绝了')).text).toContain('有效跟进')
    expect(await logs()).toMatchObject([{ outcome: 'refused', note: '寄了样品，后天再问；客户拒绝了' }])
    await wang.says('撤销')
    await wang.says('撤消')
    expect(await logs()).toEqual([])
    expect(await caseState()).toBe('open')
  })

  it('a name that fits several is asked back, and the answer goes on with all words', async () => {
    const wang = speaker(ctx, 'wang')
    const asked = await wang.says('跟进 李记食品 已下单 明天回访')
    expect(asked.text).toContain('2 个')
    expect(await logs()).toEqual([])
    const done = await wang.presses('苏州')
    expect(done.text).toContain('李记食品（苏州）')
    expect(await logs()).toMatchObject([{ outcome: 'ordered', effective: 1, note: '已下单 明天回访' }])
    await wang.says('撤销')
  })

  it('the number of a button answers too', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('跟进 李记食品 已下单')
    expect((await wang.says('１')).text).toContain('李记食品（上海）')
    await wang.says('撤销')
    expect(await logs()).toEqual([])
  })

  it('a typo, a part of a name or a name run into the words never writes', async () => {
    const wang = speaker(ctx, 'wang')
    for (const words of [
      '跟进 张三制早 已下单',
      '跟进 张三 已下单',
      '跟进 张三制造已下单',
      '跟进 zszz 已下单',
    ]) {
      const said = await wang.says(words)
      expect(said.text, words).toMatch(/你是说|个$/m)
      expect(await logs(), words).toEqual([])
    }
    const done = await wang.presses('1 张三制造')
    expect(done.text).toContain('有效跟进')
    await wang.says('撤销')
  })

  it("another rep's customer reads like an unknown one", async () => {
    const wang = speaker(ctx, 'wang')
    const other = await wang.says('跟进 赵家机电 已下单')
    const unknown = await wang.says('跟进 赵家机店 已下单')
    expect(other.text).toContain('无权限')
    expect(other.text.replace('赵家机电', 'X')).toBe(unknown.text.replace('赵家机店', 'X'))
    expect(await logs()).toEqual([])
  })

  it('refuses dates that are past, too far or do not exist, and writes nothing then', async () => {
    const wang = speaker(ctx, 'wang')
    expect((await wang.says('跟进 张三制造 有意向 2026-11-20')).text).toContain('已经过去')
    expect((await wang.says('跟进 张三制造 有意向 2099-12-31')).text).toContain('太远')
    expect((await wang.says('跟进 张三制造 有意向 2月30日')).text).toContain('没有')
    expect(await logs()).toEqual([])
  })

  it('已联系 in one tap, then one line completes the same touch', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('客户 张三制造')
    const tapped = await wang.presses('已联系')
    expect(tapped.text).toContain('跟进中')
    expect(await logs()).toMatchObject([{ effective: 0, outcome: null }])
    const unclear = await wang.says('今天天气不错')
    expect(unclear.text).toContain('结果是什么')
    const line = await wang.says('客户说可以，有意向，下周三再约')
    expect(line.text).toContain('有效跟进')
    expect(await logs()).toMatchObject([{ effective: 1, outcome: 'interested' }])
    expect(await caseState()).toBe('waiting')
    await wang.says('撤销')
    expect(await logs()).toMatchObject([{ effective: 0, outcome: null, next_on: null }])
    expect(await caseState()).toBe('working')
    await wang.says('撤销')
    expect(await logs()).toEqual([])
    expect(await caseState()).toBe('open')
    expect((await wang.says('撤销')).text).toContain('没有可以撤销')
  })

  it('offers a next date and takes it with one tap', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('跟进 张三制造 有意向')
    await wang.presses('下周一')
    const [row] = await logs()
    expect(isoFromDay(row?.next_on ?? 0)).toBe('2026-11-30')
    expect((await wang.says('撤销')).text).toContain('跟进还在')
    expect((await logs())[0]?.next_on).toBeNull()
    await wang.says('撤销')
    expect(await logs()).toEqual([])
  })

  it('snooze and false alarm ask first, act on the choice, and a late tap shows the state', async () => {
    const wang = speaker(ctx, 'wang')
    const card = (await wang.says('我的')).cards[0]
    await wang.presses('稍后', card)
    await wang.presses('3 天后')
    expect((await wang.says('我的')).text).not.toContain('张三制造')
    await wang.says('撤销')
    await wang.presses('误报', card)
    const closed = await wang.presses('季节性')
    expect(closed.text).toContain('误报')
    expect(closed.text).toContain('90 天内不再提醒')
    expect(await caseState()).toBe('false-alarm')
    const late = await wang.presses('已联系', card)
    expect(late.text).toContain('已经关闭')
    await wang.says('撤销')
    expect(await caseState()).toBe('open')
  })

  it('undo ends after ten minutes', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('跟进 张三制造 有意向')
    ctx.clock.advanceTo(ctx.clock.now() + 11 * 60_000)
    expect((await wang.says('撤销')).text).toContain('没有可以撤销')
    expect(await logs()).toHaveLength(1)
  })
})
