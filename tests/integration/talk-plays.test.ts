import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isoFromDay } from '../../src/model/day.ts'
import { customer, event, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

type Closing = TestCtx & { close(): Promise<void> }

async function contact(ctx: TestCtx, customerId: number, name: string, phone: string | null): Promise<void> {
  await ctx.db
    .insertInto('contacts')
    .values({
      source: 'test',
      source_key: `c-${customerId}-${name}`,
      customer_id: customerId,
      name,
      role: 'decider',
      title: null,
      phone,
      from_on: null,
      left_on: null,
    })
    .execute()
}

describe('what to do about a customer', () => {
  let ctx: Closing
  let ids: { acme: number; quiet: number; cross: number }

  beforeAll(async () => {
    ctx = await sqliteCtx()
    const { members } = await seedCompany(ctx)
    const acme = await customer(ctx, { name: '张三制造', owner: members.wang })
    const quiet = await customer(ctx, { name: '安静贸易', owner: members.wang })
    const cross = await customer(ctx, { name: '多诉贸易', owner: members.wang })
    ids = { acme, quiet, cross }
    await event(ctx, acme, { kind: 'order', day: today(ctx) - 51, amount: 3_800_000 })
    await contact(ctx, acme, '张伟', '13812345678')
    const evidence = [{ signal: 'shrinking-orders', points: 30, facts: [] }]
    await openCase(ctx, { customer: acme, owner: members.wang, evidence })
  })
  afterAll(() => ctx.close())

  it('打法: the play of its cause with dated steps, from every word for it', async () => {
    const wang = speaker(ctx, 'wang')
    const said = await wang.says('打法 张三制造')
    expect(said.cards[0]?.title).toBe('张三制造 · 问清用量变化')
    expect(said.text).toContain('情况 成长 · 买得变少')
    expect(said.text).toContain('依据 订单变小')
    expect(said.text).toMatch(/^1\. \d+\/\d+（周.） /m)
    expect(said.text).toMatch(/^问：.+？$/m)
    expect(said.text).toMatch(/^停：/m)
    expect(said.cards[0]?.actions?.map(({ label }) => label)).toEqual(['已联系', '草稿', '准备', '为什么'])
    for (const words of ['怎么跟张三制造', 'play 张三制造', '/play 张三制造']) {
      expect((await wang.says(words)).text, words).toBe(said.text)
    }
  })

  it('准备: dated facts, the promise, the person, one question; nothing empty', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('跟进 张三制造 有意向 下周三再约')
    const said = await wang.says('准备 张三制造')
    const [card] = said.cards
    expect(card?.title).toBe('张三制造 · 联系前看一眼')
    expect(said.text).toContain('联系人 张伟（决策 13812345678）')
    expect(said.text).toMatch(/上次约定 \d+\/\d+（周三） 再联系：“有意向 下周三再约”/)
    expect(said.text).toMatch(/\d+\/\d+ 最近一单 ¥3\.8万，到今天 51 天/)
    expect(said.text).toMatch(/\d+\/\d+ 有效跟进 有意向/)
    expect(said.text).toMatch(/^问：/m)
    expect((await speaker(ctx, 'lead').says('准备 张三制造')).text).toContain('138****5678')
    const bare = await wang.says('准备 安静贸易')
    expect(bare.cards[0]?.fields).toBeUndefined()
    expect(bare.text).toContain('还没有往来记录')
  })

  it('草稿: every date and name is one of the customer, and nothing goes to the customer', async () => {
    const wang = speaker(ctx, 'wang')
    const said = await wang.says('草稿 张三制造')
    const [card] = said.cards
    const [, month, date] = isoFromDay(today(ctx) - 51)
      .split('-')
      .map(Number)
    const copy = card?.copy ?? ''
    expect(copy).toContain('张伟您好，我是王芳。')
    expect(copy).toContain(`${month}月${date}日那一单之后，用量有变化吗？`)
    expect(copy).toBe((card?.facts ?? []).join(''))
    const left = copy.replace('张伟', '').replace('王芳', '').replace(`${month}月${date}日`, '')
    expect(left).not.toMatch(/\d/)
    expect(said.text).toContain('不会自动发给客户')
    expect(said.text).toContain(`用到：联系人 张伟 · 你的名字 王芳 · 最近一单 ${month}月${date}日`)
    const to = await ctx.db.selectFrom('outbox').select('address').distinct().execute()
    expect(to.every(({ address }) => ['dm:wang', 'dm:lead'].includes(address))).toBe(true)
  })

  it('what was logged as the reason leads to another play, an open complaint to its own', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('跟进 安静贸易 嫌价格太高，不满意')
    const price = await wang.says('打法 安静贸易')
    expect(price.text).toContain('嫌价格高')
    expect(price.text).toMatch(/依据 \d+\/\d+：“嫌价格太高，不满意”/)
    await event(ctx, ids.quiet, { kind: 'complaint', day: today(ctx) - 3, text: '到货破损12箱' })
    const complaint = await wang.says('打法 安静贸易')
    expect(complaint.cards[0]?.title).toBe('安静贸易 · 先解决投诉')
    const facts = (await wang.says('准备 安静贸易')).cards[0]?.facts ?? []
    expect(facts[0]).toMatch(/投诉未关：“到货破损12箱”/)
    const draft = (await wang.says('草稿 安静贸易')).cards[0]?.copy ?? ''
    expect(draft).toContain('您反映的问题')
    expect(draft).not.toContain('12箱')
  })

  it('of several open complaints every card names the newest, and says how many more there are', async () => {
    const wang = speaker(ctx, 'wang')
    await event(ctx, ids.cross, { kind: 'complaint', day: today(ctx) - 40, text: '少发两箱' })
    await event(ctx, ids.cross, { kind: 'complaint', day: today(ctx) - 3, text: '晚到5天，不满意' })
    await event(ctx, ids.cross, { kind: 'ticket', day: today(ctx) - 1, text: '要补开发票' })
    expect((await wang.says('打法 多诉贸易')).text).toContain('晚到5天')
    const facts = (await wang.says('准备 多诉贸易')).cards[0]?.facts ?? []
    expect(facts[0]).toMatch(/投诉未关：“晚到5天，不满意”，另有 2 条未关/)
    expect(facts.slice(1).join()).not.toContain('晚到5天')
    const [, month, date] = isoFromDay(today(ctx) - 3)
      .split('-')
      .map(Number)
    expect((await wang.says('草稿 多诉贸易')).cards[0]?.copy).toContain(`${month}月${date}日`)
    const [, since, on] = isoFromDay(today(ctx) - 40)
      .split('-')
      .map(Number)
    expect((await wang.says('客户 多诉贸易')).text).toContain(`3 条，最早 ${since}/${on}`)
  })

  it('拜访 with a result is a visit that was made: offered as a follow-up, while a sentence is one', async () => {
    const wang = speaker(ctx, 'wang')
    const count = async () => (await ctx.db.selectFrom('follow_ups').select('id').execute()).length
    const before = await count()
    const said = await wang.says('拜访 张三制造 谈得不错，有意向')
    expect(said.cards[0]?.title).toContain('你是不是想发「跟进 张三制造')
    expect(await count()).toBe(before)
    await wang.presses('跟进 张三制造')
    expect(await count()).toBe(before + 1)
    expect((await wang.says('拜访了张三制造，有意向')).text).toContain('已记录')
    expect(await count()).toBe(before + 2)
    expect((await wang.says('拜访 张三制造')).cards[0]?.title).toBe('张三制造 · 联系前看一眼')
  })

  it('客户 and every card of a play lead on by buttons', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('客户 张三制造')
    expect((await wang.presses('打法')).cards[0]?.title).toContain('张三制造 · ')
    expect((await wang.presses('准备')).cards[0]?.title).toBe('张三制造 · 联系前看一眼')
    expect((await wang.presses('草稿')).cards[0]?.title).toBe('张三制造 · 消息草稿')
  })

  it('asks back which customer is meant', async () => {
    const said = await speaker(ctx, 'wang').says('打法 张山制造')
    expect(said.cards[0]?.title).toContain('你是说')
    expect((await speaker(ctx, 'wang').says('打法')).text).toContain('打法 名称')
  })
})

describe('what to do about a customer, in English', () => {
  it('says the same', async () => {
    const ctx = await sqliteCtx({ settings: { locale: 'en' } })
    const { members } = await seedCompany(ctx)
    const acme = await customer(ctx, { name: 'Acme Trading Co', owner: members.wang })
    await event(ctx, acme, { kind: 'order', day: today(ctx) - 30, amount: 10_000 })
    const wang = speaker(ctx, 'wang')
    expect((await wang.says('play Acme Trading Co')).text).toMatch(/^Stop: /m)
    expect((await wang.says('prepare Acme Trading Co')).text).toMatch(/last order ¥100, 30 days ago/)
    const draft = (await wang.says('draft Acme Trading Co')).cards[0]?.copy
    expect(draft).toMatch(/^Hello, this is 王芳\. How has it been since the order of \d+ [A-Z][a-z]{2}\?/)
    await ctx.close()
  })
})
