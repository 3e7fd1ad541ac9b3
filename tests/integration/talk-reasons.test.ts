import { beforeAll, expect, it } from 'vitest'
import { cardLines } from '../../src/cards/fit-card.ts'
import { customer, seedCompany, speaker } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

describeEachDatabase('原因', (ctx) => {
  const who = (person: string) => speaker(ctx(), person)

  beforeAll(async () => {
    const { members } = await seedCompany(ctx())
    for (const name of ['华联超市', '东方纺织', '新城制造'])
      await customer(ctx(), { name, owner: members.wang })
    await customer(ctx(), { name: '南方电机', owner: members.zhao })
    await who('wang').says('流失登记 华联超市 价格')
    await who('wang').says('流失登记 东方纺织 服务')
    await who('wang').says('跟进 新城制造 嫌太贵，下周三再约')
    await who('zhao').says('流失登记 南方电机 价格')
  })

  it('ranks what was registered, with n/N and interval; what was only named stands apart', async () => {
    const said = await who('lead').says('原因 本月')
    expect(said.text).toContain('流失原因 · 2026-11 · 华东')
    expect(said.text).toMatch(/1\. 价格 1\/2（50\.0 %，区间 [\d.]+ % – [\d.]+ %） · 跟进提到 1 家/)
    expect(said.text).toContain('2. 服务 1/2')
    expect(said.text).toContain('样本不足')
    expect(said.text).toContain('口径')
    expect(said.text).not.toMatch(/华联|东方|新城|南方/)
    expect(said.cards[0] && cardLines(said.cards[0]).length).toBeLessThanOrEqual(12)
  })

  it('counts what the asker may see, and names the customers behind a reason', async () => {
    expect((await who('admin').says('原因 本月')).text).toContain('1. 价格 2/3')
    expect((await who('admin').says('原因 本月 华东')).text).toContain('价格 1/2')
    expect((await who('zhao').says('原因 本月')).text).toContain('价格 1/1')
    const lead = who('lead')
    await lead.says('原因 本月')
    const names = (await lead.presses('看价格')).text
    expect(names).toContain('华联超市 · 已流失')
    expect(names).toContain('新城制造 · 跟进提到')
    expect(names).not.toContain('南方电机')
    expect((await who('wang').says('原因 本月 服务')).text).toContain('东方纺织')
    expect((await who('zhao').says('原因 本月 服务')).text).not.toContain('东方纺织')
  })

  it('masks names in a group, and shows no buttons there', async () => {
    const totals = await who('wang').saysIn('east', '原因 本月')
    expect(totals.text).toContain('价格 1/2')
    expect(totals.cards[0]?.actions ?? []).toEqual([])
    const names = (await who('wang').saysIn('east', '原因 本月 价格')).text
    expect(names).toContain('华＊＊')
    expect(names).not.toContain('华联')
  })

  it('forgets a loss that was taken back, and says when there is nothing', async () => {
    await who('zhao').says('撤销')
    expect((await who('zhao').says('原因 本月')).text).toContain('没有登记流失')
    expect((await who('lead').says('原因 上月')).text).toContain('没有登记流失')
    expect((await who('lead').says('原因 昨日')).text).not.toContain('流失原因 ·')
  })
})
