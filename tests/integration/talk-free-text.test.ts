import { beforeAll, expect, it } from 'vitest'
import { isoFromDay } from '../../src/model/day.ts'
import { contact, customer, openCase, seedCompany, speaker } from '../support/talk.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

describeEachDatabase('one line without a command word is the log', (ctxNow) => {
  let ctx: TestCtx
  let ids: { hua: number; zhang: number; jiang: number; case: number }

  beforeAll(async () => {
    ctx = ctxNow()
    const { members } = await seedCompany(ctx)
    const hua = await customer(ctx, { name: '华联超市有限公司', shortName: '华联超市', owner: members.wang })
    const zhang = await customer(ctx, { name: '张三制造', owner: members.wang })
    const jiang = await customer(ctx, { name: '江南机电', owner: members.wang })
    await customer(ctx, { name: '满意家居', owner: members.wang })
    await customer(ctx, { name: '赵家机电', owner: members.zhao })
    await contact(ctx, { customer: zhang, name: '周建国' })
    await contact(ctx, { customer: jiang, name: '周丽' })
    await contact(ctx, { customer: hua, name: '钱进' })
    ids = { hua, zhang, jiang, case: await openCase(ctx, { customer: hua, owner: members.wang }) }
  })

  const logs = () => ctx.db.selectFrom('follow_ups').selectAll().where('undone_at', 'is', null).execute()
  const caseState = async () =>
    (await ctx.db.selectFrom('cases').selectAll().where('id', '=', ids.case).executeTakeFirstOrThrow()).state
  const ownerOf = () =>
    ctx.db.selectFrom('members').select('id').where('source_key', '=', 'wang').executeTakeFirstOrThrow()
  const clear = async () => {
    const wang = speaker(ctx, 'wang')
    while ((await logs()).length > 0) await wang.says('撤销')
    await ctx.db.deleteFrom('dialogs').execute()
    ctx.clock.advanceTo(ctx.clock.now() + 20 * 60_000)
  }

  it('with the name in full it is written at once, with what was read', async () => {
    const wang = speaker(ctx, 'wang')
    const said = await wang.says('联系了华联超市钱总，对价格不满，下周三再约')
    expect(said.cards[0]?.title).toBe('已记录 · 华联超市有限公司 · 有效跟进')
    expect(said.text).toMatch(/结果 不满意[\s\S]*原因 价格/)
    const [row] = await logs()
    expect(row).toMatchObject({
      customer_id: ids.hua,
      outcome: 'dissatisfied',
      reason: 'price',
      sentiment: 'negative',
      reached: 1,
      effective: 1,
      note: '联系了华联超市钱总，对价格不满，下周三再约',
    })
    expect(isoFromDay(row?.next_on ?? 0)).toBe('2026-12-02')
    expect(await caseState()).toBe('waiting')
    expect((await wang.says('客户 华联超市')).text).toContain('不满意 · 价格')
    await clear()
    expect(await caseState()).toBe('open')
  })

  it.each([
    ['华联超市没接电话，明天再打', 'no-answer'],
    ['刚给华联超市打了电话，客户说涨价太多不想续了', 'dissatisfied|refused|lost'],
    ['今天拜访华联超市，对新品有兴趣，下周二再去', 'interested'],
    ['拜访华联超市，有意向，下周三再约', 'interested'],
    ['客户华联超市说太贵了，下周五再谈', 'dissatisfied|neutral'],
    ['华联超市：投诉已经处理好了，对方挺满意', 'resolved'],
    ['满意家居没接电话', 'no-answer'],
  ])('%s', async (words, outcome) => {
    const said = await speaker(ctx, 'wang').says(words)
    expect(said.text).toContain('已记录')
    expect((await logs())[0]?.outcome).toMatch(new RegExp(`^(${outcome})$`))
    await clear()
  })

  it('an amount told is kept on the log, shown as told, and is no order', async () => {
    const said = await speaker(ctx, 'wang').says('联系了华联超市，订了3万，下周发货')
    expect(said.text).toContain('口述，不计入订单')
    expect(await logs()).toMatchObject([{ outcome: 'ordered', amount: 3_000_000 }])
    expect(await ctx.db.selectFrom('events').selectAll().execute()).toEqual([])
    await clear()
  })

  it('a contact who may be of several customers is asked back; one tap writes all the words, a second none', async () => {
    const wang = speaker(ctx, 'wang')
    const asked = await wang.says('联系了周总，对价格不满，下周三再约')
    expect(asked.cards[0]?.title).toBe('这条跟进记到哪个客户？')
    expect(await logs()).toEqual([])
    expect((await wang.presses('江南机电')).text).toContain('已记录 · 江南机电')
    expect((await wang.presses('张三制造', asked.cards[0])).text).toContain('已经用过')
    expect(await logs()).toMatchObject([{ customer_id: ids.jiang, outcome: 'dissatisfied' }])
    await clear()
  })

  it('of more customers than buttons it says how many there are, and how to name one', async () => {
    const wang = speaker(ctx, 'wang')
    const owner = (await ownerOf()).id
    for (const n of ['一', '二', '三', '四', '五', '六']) {
      await contact(ctx, { customer: await customer(ctx, { name: `昌盛第${n}分店`, owner }), name: '孔祥' })
    }
    const asked = await wang.says('孔祥没接电话')
    expect(asked.cards[0]?.actions).toHaveLength(4)
    expect(asked.text).toContain('还有 2 个没列出，请写全称')
    expect((await wang.says('昌盛第六分店')).text).toContain('已记录 · 昌盛第六分店')
    await clear()
  })

  it('one customer that is less than certain is confirmed with one tap, also by its contact or initials', async () => {
    const wang = speaker(ctx, 'wang')
    for (const words of ['钱总说质量不行，要退货', 'jnjd没接电话', '听说华联超市要换供应商，客户很不满']) {
      const asked = await wang.says(words)
      expect(asked.cards[0]?.title, words).toMatch(/^记到「.*」？$/)
      expect(await logs()).toEqual([])
    }
    expect((await wang.presses('对，记下')).text).toContain('已记录 · 华联超市')
    await clear()
  })

  it('a brand alone is asked back; words about a customer of somebody else are put to nobody', async () => {
    const wang = speaker(ctx, 'wang')
    const brand = await wang.says('江南那边没接电话')
    expect(brand.cards[0]?.title).toBe('记到「江南机电」？')
    ctx.clock.advanceTo(ctx.clock.now() + 20 * 60_000)
    const foreign = await wang.says('赵家机电没接电话')
    expect(foreign.cards[0]?.title).toBe('这条跟进记到哪个客户？')
    expect(foreign.cards[0]?.actions?.map(({ label }) => label)).toEqual(['1 华联超市有限公司'])
    expect(await logs()).toEqual([])
    await clear()
  })

  it('right after a card of one customer that one is offered, never taken', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('客户 江南机电')
    expect((await wang.says('没接电话，明天再打')).cards[0]?.title).toBe('记到「江南机电」？')
    expect(await logs()).toEqual([])
    expect((await wang.says('1')).text).toContain('已记录 · 江南机电')
    await clear()
  })

  it('a reply to a card is about its customer, unless another one is named in full', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('客户 江南机电')
    expect((await wang.replies('没接电话，明天再打')).text).toContain('已记录 · 江南机电')
    expect(await logs()).toMatchObject([{ customer_id: ids.jiang }])
    await clear()
    await wang.says('客户 江南机电')
    const asked = await wang.replies('张三制造没接电话，明天再打')
    expect(asked.text).toMatch(/江南机电[\s\S]*张三制造/)
    expect(await logs()).toEqual([])
    await clear()
  })

  it('a reply to a list is no answer to which customer', async () => {
    const wang = speaker(ctx, 'wang')
    await openCase(ctx, { customer: ids.zhang, owner: (await ownerOf()).id })
    await wang.says('我的')
    expect((await wang.replies('没接电话，明天再打')).text).toMatch(/记到/)
    expect(await logs()).toEqual([])
    await ctx.db.deleteFrom('cases').where('customer_id', '=', ids.zhang).execute()
    await clear()
  })

  it('with nobody named it asks, and a full name answers with the words kept', async () => {
    const wang = speaker(ctx, 'wang')
    const asked = await wang.says('电话联系了客户，说最近没有需求，下周五再问')
    expect(asked.text).toMatch(/哪个客户[\s\S]*华联超市有限公司|记到「华联超市有限公司」/)
    expect((await wang.says('张三制造')).text).toContain('已记录 · 张三制造')
    expect(await logs()).toMatchObject([
      { customer_id: ids.zhang, note: '电话联系了客户，说最近没有需求，下周五再问' },
    ])
    await clear()
  })

  it('while a result is waited for, a line about another customer is not its answer', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('跟进 江南机电 寄了样品')
    const asked = await wang.says('张三制造没接电话')
    expect(asked.cards[0]?.title).toBe('这条跟进记到哪个客户？')
    expect(await logs()).toMatchObject([{ customer_id: ids.jiang, outcome: null }])
    await clear()
  })

  it.each([
    '你好',
    '谢谢，辛苦了',
    '今天天气不错',
    '今天好冷啊',
    '好的',
    '信号不好，没听清',
    '静音了一会儿',
    '华联超市怎么样',
    '华联超市为什么不满意？',
    '为什么客户不满意',
    '收到，好的',
    '哈哈哈哈',
    '流失本月',
    '名单高',
    '帮我看看下周三要联系谁',
  ])('%s is no log', async (words) => {
    const said = await speaker(ctx, 'wang').says(words)
    expect(said.text).not.toMatch(/已记录|记到|「我的 |发「我的」？|只有管理员/)
    expect(await logs()).toEqual([])
  })

  it('a customer of somebody else, and a group, get nothing', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('联系了赵家机电，对价格不满')
    expect((await wang.saysIn('east', '联系了华联超市，对价格不满')).text).not.toMatch(/已记录|记到/)
    expect(await logs()).toEqual([])
    await clear()
  })

  it('a plan is a promised date and no contact, by name or for the card just read', async () => {
    const wang = speaker(ctx, 'wang')
    const said = await wang.says('明天再打给张三制造')
    expect(said.cards[0]?.title).toBe('约好了 · 张三制造 · 11/24（周二）')
    expect(said.cards[0]?.actions?.map(({ label }) => label)).toEqual(['确认', '改', '撤销'])
    expect(await logs()).toMatchObject([{ customer_id: ids.zhang, outcome: 'planned', effective: 0 }])
    expect(isoFromDay((await logs())[0]?.next_on ?? 0)).toBe('2026-11-24')
    expect((await wang.says('客户 张三制造')).text).toMatch(
      /近 3 次联系 11\/23 约好联系[\s\S]*下次联系 11\/24/,
    )
    expect((await wang.says('改 下周五')).cards[0]?.title).toBe('约好了 · 张三制造 · 12/4（周五）')
    const asked = await wang.says('下周三再联系周总')
    expect(asked.cards[0]?.title).toBe('这条跟进记到哪个客户？')
    expect((await wang.presses('江南机电')).cards[0]?.title).toBe('约好了 · 江南机电 · 12/2（周三）')
    await clear()
    await wang.says('客户 江南机电')
    expect((await wang.says('明天再打')).cards[0]?.title).toBe('记到「江南机电」？')
    expect((await wang.says('周五团建')).text).not.toMatch(/约好|记到/)
    expect((await wang.says('赵家机电明天再打')).text).not.toMatch(/约好/)
    expect(await logs()).toEqual([])
    await clear()
  })

  it('a date that cannot be is refused and nothing is written', async () => {
    const said = await speaker(ctx, 'wang').says('联系了华联超市，有意向，2月30日再约')
    expect(said.text).toContain('没有「')
    expect(await logs()).toEqual([])
  })
})
