import { beforeAll, beforeEach, expect, it } from 'vitest'
import { cardLines } from '../../src/cards/fit-card.ts'
import type { Card } from '../../src/model/card.ts'
import { type Company, customer, seedCompany, speaker } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

describeEachDatabase('反馈 and 吐槽', (ctx) => {
  let company: Company

  const who = (person: string) => speaker(ctx(), person)

  /** What was written to a person beside the answers in talk. */
  async function told(person: string): Promise<string> {
    const rows = await ctx()
      .db.selectFrom('outbox')
      .select('card_json')
      .where('lane', '=', 'notice')
      .where('address', '=', `dm:${person}`)
      .orderBy('seq')
      .execute()
    return rows.flatMap((row): string[] => cardLines(JSON.parse(row.card_json) as Card)).join('\n')
  }

  beforeAll(async () => {
    company = await seedCompany(ctx())
    await customer(ctx(), { name: '华联超市', owner: company.members.wang })
    await customer(ctx(), { name: '华联百货', owner: company.members.wang })
    await customer(ctx(), { name: '南方电机', owner: company.members.zhao })
  })
  beforeEach(async () => {
    for (const table of ['feedback', 'grumbles', 'outbox', 'dialogs'] as const) {
      await ctx().db.deleteFrom(table).execute()
    }
  })

  it('notes what a customer wishes for, and asks for the words and the customer it lacks', async () => {
    const wang = who('wang')
    expect((await wang.says('反馈 华联超市 想要小包装')).text).toContain('已记下 华联超市 的反馈')
    expect((await wang.says('反馈 华联超市')).text).toContain('想要什么')
    expect((await wang.says('能不能周末送货')).text).toContain('“能不能周末送货”')
    expect((await wang.says('反馈 华联 月结')).text).toContain('有 2 个')
    expect((await wang.presses('华联百货')).text).toContain('“月结”')
    const stored = await ctx().db.selectFrom('feedback').select(['text', 'state']).orderBy('id').execute()
    expect(stored.map(({ text }) => text)).toEqual(['想要小包装', '能不能周末送货', '月结'])
  })

  it('knows no customer of somebody else, and takes no feedback in a group', async () => {
    expect((await who('wang').says('反馈 南方电机 想要小包装')).text).toContain('没有')
    expect((await who('wang').saysIn('east', '反馈 华联超市 想要小包装')).text).not.toContain('已记下')
    expect(await ctx().db.selectFrom('feedback').selectAll().execute()).toEqual([])
  })

  it('tells the rep, with the name of the customer, when a lead moves it; a late tap changes nothing', async () => {
    await who('wang').says('反馈 华联超市 想要小包装')
    const lead = who('lead')
    const list = await lead.says('反馈列表')
    expect(list.text).toContain('待处理的反馈 1 条')
    expect(list.text).toContain('王芳：想要小包装')
    const [before] = list.cards
    expect((await lead.presses('已上线')).text).toContain('华联超市：已上线')
    expect(await told('wang')).toContain('华联超市 的反馈：已上线')
    expect(await told('wang')).toContain('可以告诉客户已经上线了')
    expect((await lead.presses('不做', before)).text).toContain('刚刚有人改过了')
    expect(await told('wang')).not.toContain('不做')
    expect((await lead.says('反馈列表')).text).toContain('没有待处理的反馈')
  })

  it('shows a lead the own team, an administrator all, a group masked names without words', async () => {
    await who('wang').says('反馈 华联超市 华联超市的王总想要小包装')
    await who('zhao').says('反馈 南方电机 想要发票抬头')
    expect((await who('lead').says('反馈列表')).text).not.toContain('南方电机')
    expect((await who('admin').says('反馈列表')).text).toContain('南方电机')
    expect((await who('wang').says('反馈列表')).text).toContain('主管')
    const group = await who('lead').saysIn('east', '反馈列表')
    expect(group.text).toContain('华＊＊ · 收到')
    expect(group.text).not.toMatch(/华联|王总|小包装/)
    expect(group.cards[0]?.actions ?? []).toEqual([])
  })

  it('takes a feedback back until somebody works on it', async () => {
    const wang = who('wang')
    await wang.says('反馈 华联超市 想要小包装')
    expect((await wang.presses('撤回')).text).toContain('已撤回')
    const second = await wang.says('反馈 华联超市 想要大包装')
    await who('admin').says('反馈列表')
    const admin = who('admin')
    await admin.says('反馈列表')
    await admin.presses('在做')
    expect((await wang.presses('撤回', second.cards[0])).text).toContain('在做')
  })

  it('brings a grumble to the administrators without a name, and the answer back', async () => {
    expect((await who('wang').says('吐槽 跟进还要打两遍')).text).toContain('看不到是谁')
    const [row] = await ctx().db.selectFrom('grumbles').select('id').execute()
    const id = Number(row?.id)
    expect(await told('admin')).toContain('跟进还要打两遍')
    expect(await told('admin')).not.toContain('王芳')
    expect(await told('lead')).toBe('')
    const admin = who('admin')
    const list = await admin.says('吐槽')
    expect(list.text).toContain(`#${id}`)
    expect(list.text).not.toContain('王芳')
    expect((await admin.presses(`回复 #${id}`)).text).toContain('请回一句话')
    expect((await admin.says('下周改好')).text).toContain('已回复')
    expect(await told('wang')).toContain('回复：下周改好')
    expect((await admin.says(`回复吐槽 ${id} 再说一遍`)).text).toContain('已经回复过了')
    expect(await told('wang')).not.toContain('再说一遍')
  })

  it('lets only administrators answer or read grumbles, and nobody grumble all day', async () => {
    for (let n = 1; n <= 5; n++) await who('li').says(`吐槽 第${n}条`)
    expect((await who('li').says('吐槽 第6条')).text).toContain('今天已经说了 5 条')
    expect((await who('wang').says('吐槽 我也有一条')).text).toContain('收到')
    expect((await who('lead').says('吐槽')).text).toContain('说一句')
    expect((await who('lead').says('回复吐槽 1 好')).text).toContain('管理员')
    expect((await who('admin').says('回复吐槽 999999 好')).text).toContain('没有 #999999')
    expect((await who('admin').says('回复吐槽')).text).toContain('回复吐槽 编号 内容')
    const list = await who('admin').says('吐槽')
    expect(list.cards[0] && cardLines(list.cards[0]).length).toBeLessThanOrEqual(12)
    expect(list.text).toContain('待回复的吐槽 6 条')
  })
})
