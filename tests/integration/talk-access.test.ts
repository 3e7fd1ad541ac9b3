import { beforeAll, expect, it } from 'vitest'
import type { Card } from '../../src/model/card.ts'
import {
  type Company,
  customer,
  event,
  openCase,
  seedCompany,
  send,
  speaker,
  today,
} from '../support/talk.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

/** Every name that must never appear in a group. */
const NAMES = ['张三制造', '赵家机电', '南方包装']

describeEachDatabase('who sees what', (ctxNow) => {
  let ctx: TestCtx
  let company: Company

  beforeAll(async () => {
    ctx = ctxNow()
    company = await seedCompany(ctx)
    const { members } = company
    const ids = [
      await customer(ctx, { name: '张三制造', owner: members.wang, region: '上海' }),
      await customer(ctx, { name: '赵家机电', owner: members.li, region: '杭州' }),
      await customer(ctx, { name: '南方包装', owner: members.zhao, region: '广州' }),
    ]
    for (const [index, id] of ids.entries()) await scored(ctx, id, index)
  })

  it('three roles, three outputs for the same command (A119)', async () => {
    const rep = await speaker(ctx, 'wang').says('名单')
    const lead = await speaker(ctx, 'lead').says('名单')
    const admin = await speaker(ctx, 'admin').says('名单')
    const names = (said: { text: string }) => NAMES.filter((name) => said.text.includes(name))
    expect(names(rep)).toEqual(['张三制造'])
    expect(names(lead)).toEqual(['张三制造', '赵家机电'])
    expect(names(admin)).toEqual(NAMES)
    expect(rep.text).not.toContain('王芳')
    for (const owner of ['王芳', '李强']) expect(lead.text).toContain(owner)
  })

  it.each(['wang', 'lead', 'admin'])('in a group %s gets totals and masked names only', async (who) => {
    const said = await speaker(ctx, who).saysIn('east', '名单')
    for (const name of NAMES) expect(said.text).not.toContain(name)
    expect(said.text).toContain('张＊＊')
    expect(said.text).toContain('赵＊＊')
    expect(said.text).not.toContain('南＊＊')
    expect(said.cards[0]?.figure?.value).toBe('2')
    expect(buttonsOf(said.cards)).toEqual([])
  })

  it.each([
    '客户 张三制造',
    '为什么 张三制造',
    '分层 张三制造',
    '打法 张三制造',
    '准备 张三制造',
    '草稿 张三制造',
    '我的',
    '跟进 张三制造 已下单',
    '撤销',
  ])('in a group 「%s」 is answered with one line', async (words) => {
    const said = await speaker(ctx, 'wang').saysIn('east', words)
    expect(said.text).toBe('这个不便在群里说，请私聊我。')
  })

  it.each(['客户', '为什么', '分层', '打法', '准备', '拜访', '草稿', '跟进'])(
    "「%s」 of another rep's customer: 无权限, the same words as for one that does not exist",
    async (word) => {
      const other = await speaker(ctx, 'wang').says(`${word} 赵家机电 已下单`)
      const unknown = await speaker(ctx, 'wang').says(`${word} 无名机电 已下单`)
      expect(other.text).toContain('无权限')
      expect(other.text.replace('赵家机电', '无名机电')).toBe(unknown.text)
    },
  )

  it('a forged button on a customer or case out of scope finds nothing', async () => {
    const who = { platform: 'playground', id: 'wang', name: null }
    const where = { kind: 'dm' as const, id: 'wang' }
    for (const action of [
      'why',
      'customer',
      'tier',
      'play',
      'brief',
      'draft',
      'contacted',
      'snooze',
      'false-alarm',
    ]) {
      const payload = { customer: 2, case: 999 }
      const id = `forged-${action}`
      const said = await send(ctx, { id, at: 0, who, where, kind: 'action', action, payload, update: null })
      expect(said.cards, action).toHaveLength(1)
      expect(said.text, action).toMatch(/无权限|没找到|没有待跟进/)
      expect(said.text).not.toContain('赵家机电')
    }
  })

  it('a stranger gets the line an administrator must send, and cannot bind themselves', async () => {
    const stranger = speaker(ctx, 'zhang-new')
    const card = await stranger.says('我的')
    expect(card.text).toContain('绑定 zhang-new')
    expect((await stranger.says('绑定 zhang-new 王芳')).text).toContain('还不认识你')
    expect((await speaker(ctx, 'wang').says('绑定 zhang-new 王芳')).text).toContain('只有管理员')
    const bound = await speaker(ctx, 'admin').says('绑定 zhang-new 赵敏')
    expect(bound.text).toContain('已绑定')
    expect((await stranger.says('名单')).text).toContain('南方包装')
    expect((await speaker(ctx, 'admin').says('绑定 x 没有这个人')).text).toContain('没有叫')
  })

  it('a group without a team shows nothing until an administrator sets one', async () => {
    expect((await speaker(ctx, 'lead').saysIn('new-group', '名单')).text).toContain('还没有选定团队')
    expect((await speaker(ctx, 'lead').saysIn('new-group', '绑定 华东')).text).toContain('只有管理员')
    expect((await speaker(ctx, 'admin').saysIn('new-group', '绑定 华南')).text).toContain('华南')
    expect((await speaker(ctx, 'lead').saysIn('new-group', '名单')).text).toContain('南＊＊')
  })

  it('churn: own for a rep, the team for a lead and its group, another team for nobody but the admin', async () => {
    const figure = (said: { text: string }) => /(\d+) \/ (\d+)/.exec(said.text)?.[2]
    expect(figure(await speaker(ctx, 'wang').says('流失 本月'))).toBe('1')
    const named = await speaker(ctx, 'wang').says('流失 本月 华东')
    expect(figure(named)).toBe('1')
    expect(named.cards[0]?.title).toContain('王芳')
    expect(named.text).toContain('只算你自己的客户')
    expect(figure(await speaker(ctx, 'lead').says('流失 本月'))).toBe('2')
    expect(figure(await speaker(ctx, 'admin').says('流失 本月'))).toBe('3')
    expect(figure(await speaker(ctx, 'admin').says('流失 本月 华南'))).toBe('1')
    const group = await speaker(ctx, 'admin').saysIn('east', '流失 本月')
    expect(figure(group)).toBe('2')
    expect(group.text).toMatch(/口径/)
    expect(group.text).toContain('样本不足')
    expect((await speaker(ctx, 'lead').says('流失 本月 华南')).text).toContain('无权限')
    expect((await speaker(ctx, 'admin').saysIn('east', '流失 本月 华南')).text).toContain('无权限')
    expect((await speaker(ctx, 'wang').says('流失 去年')).text).toContain('无基数')
  })

  it('an inactive person is told so and sees nothing', async () => {
    await ctx.db.updateTable('members').set({ active: 0 }).where('source_key', '=', 'li').execute()
    expect((await speaker(ctx, 'li').says('名单')).text).toContain('停用')
  })

  it('a false alarm leaves the list and the totals, and comes back when taken back (A3)', async () => {
    const wang = speaker(ctx, 'wang')
    await openCase(ctx, { customer: 1, owner: company.members.wang })
    await wang.says('我的')
    await wang.presses('误报')
    await wang.presses('周期长')
    expect((await wang.says('名单')).text).not.toContain('张三制造')
    expect((await wang.saysIn('east', '名单')).text).not.toContain('张＊＊')
    await wang.says('撤销')
    expect((await wang.says('名单')).text).toContain('张三制造')
    await wang.presses('误报')
    await wang.presses('周期长')
    ctx.clock.advanceTo(ctx.clock.now() + 90 * 86_400_000)
    expect((await wang.says('名单')).text).toContain('张三制造')
  })

  it('我的 gives the reasons of the latest score, not those of the day the case was opened', async () => {
    const old = [{ signal: 'complaint', points: 50, facts: [] }]
    await openCase(ctx, { customer: 2, owner: company.members.li, evidence: old })
    const fresh = [{ signal: 'renewal', points: 40, facts: [] }]
    const row = { evidence_json: JSON.stringify(fresh) }
    await ctx.db.updateTable('scores').set(row).where('customer_id', '=', 2).execute()
    const said = await speaker(ctx, 'lead').says('我的')
    expect(said.text).toContain('续费临近')
    expect(said.text).not.toContain('投诉')
  })

  it('words that nobody understands: in a group the answer names what works there', async () => {
    expect((await speaker(ctx, 'wang').saysIn('east', '今晚吃火锅')).text).toContain('流失 本月')
    expect((await speaker(ctx, 'wang').says('今晚吃火锅')).text).toContain('我的')
  })

  it('filters: bands, closeness, region, too little data, and unknown words', async () => {
    const admin = speaker(ctx, 'admin')
    expect((await admin.says('名单 紧急')).text).toContain('张三制造')
    expect((await admin.says('名单 紧急')).text).not.toContain('赵家机电')
    expect((await admin.says('名单 临近流失 杭州')).text).toContain('赵家机电')
    expect((await admin.says('名单高风险')).text).toContain('赵家机电')
    expect((await admin.says('名单 数据不足')).text).toContain('没有符合条件')
    expect((await admin.says('名单 火星')).text).toMatch(/没看懂「火星」.*杭州/)
  })
})

function buttonsOf(cards: readonly Card[]): string[] {
  return cards.flatMap((card) => [
    ...(card.actions ?? []).map((one) => one.label),
    ...(card.items ?? []).flatMap((item) => (item.actions ?? []).map((one) => one.label)),
  ])
}

/** One order a month ago and a stored score. */
async function scored(ctx: TestCtx, id: number, index: number): Promise<void> {
  await event(ctx, id, { kind: 'order', day: today(ctx) - 30, amount: 100_000 })
  const run = await ctx.db
    .insertInto('score_runs')
    .values({
      as_of: today(ctx) - 1,
      state: 'done',
      scorer: 'rules',
      settings_digest: 'test',
      params_json: '{}',
      started_at: 0,
      finished_at: 1,
      customers: 1,
      scored: 1,
      insufficient: 0,
      counts_json: '{}',
      cursor: 0,
      latest_event_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await ctx.db
    .insertInto('scores')
    .values({
      customer_id: id,
      run_id: run.id,
      as_of: today(ctx) - 1,
      risk: 0.9 - index / 10,
      band: (['urgent', 'high', 'medium'] as const)[index] ?? 'watch',
      band_since: today(ctx) - 5,
      tier: 'A',
      stage: 'retention',
      stage_since: today(ctx) - 5,
      rfm_segment: 'unknown',
      r: null,
      f: null,
      m: null,
      points: 50,
      value_12m: 100_000,
      priority: 10 - index,
      churned: 0,
      evidence_json: '[]',
    })
    .execute()
}
