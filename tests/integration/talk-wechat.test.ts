import { beforeAll, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { saveBehaviour } from '../../src/store/wecom-behaviour.ts'
import { addEvent } from '../support/people.ts'
import { customer, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

describeEachDatabase('微信数据', (ctx) => {
  beforeAll(async () => {
    const { members } = await seedCompany(ctx())
    const counted = { messages: null, replyPercent: null, replyMinutes: null, negative: null, chats: 0 }
    const instant = (day: number): number => calendarFor(ctx().settings).instant(day)
    const day = (ago: number, told: object) => ({
      ...counted,
      ...told,
      day: today(ctx()) - ago,
      at: instant(today(ctx()) - ago),
    })
    for (const [person, id] of Object.entries(members)) {
      await bindIdentity(ctx(), { platform: 'wecom', person, memberId: id })
    }
    await saveBehaviour(ctx(), 'wang', [
      day(2, { chats: 30, replyPercent: 90, replyMinutes: 10, negative: 1 }),
      day(1, { chats: 0, negative: 0 }),
      day(31, { chats: 99, replyPercent: 1, negative: 9 }),
    ])
    await saveBehaviour(ctx(), 'li', [day(2, { chats: 10, replyPercent: 50, replyMinutes: 30 })])
    const acme = await customer(ctx(), { name: '华联超市', owner: members.wang })
    const on = today(ctx()) - 3
    await addEvent(ctx(), {
      customer_id: acme,
      kind: 'contact-dropped',
      day: on,
      at: instant(on),
      note: '王芳',
    })
  })

  it('tells a lead the team of the last 30 days, weighted by chats, with n and what was counted', async () => {
    const said = await speaker(ctx(), 'lead').says('微信数据')
    expect(said.text).toContain('回复率 80 %，首次回复平均 15 分钟（2 人，40 个聊天）')
    expect(said.text).toContain('被客户删除或拉黑：1 次')
    expect(said.text).toContain('销售删除客户：1 位')
    expect(said.text).toContain('王芳删除了华联超市')
    expect(said.text).toContain('被删 无数据')
    expect(said.text).toContain('口径')
    const [card] = said.cards
    expect(card && cardLines(card).length).toBeLessThanOrEqual(12)
  })

  it('is for leads: a rep hears so, and only so', async () => {
    expect((await speaker(ctx(), 'wang').says('微信数据')).text).toContain('主管')
  })

  it('says that there is no data yet, never zero', async () => {
    await ctx().db.deleteFrom('wecom_behaviour').execute()
    const said = await speaker(ctx(), 'lead').says('微信数据')
    expect(said.text).toContain('无数据')
    expect(said.text).toContain('还没有数据')
    expect(said.text).not.toContain('0 %')
  })
})
