import { beforeAll, describe, expect, it } from 'vitest'
import { customer, openCase, seedCompany, speaker } from '../support/talk.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

describeEachDatabase('what people write who know no command', (ctxNow) => {
  let ctx: TestCtx

  beforeAll(async () => {
    ctx = ctxNow()
    const { members } = await seedCompany(ctx)
    const hua = await customer(ctx, { name: '华联超市有限公司', shortName: '华联超市', owner: members.wang })
    await customer(ctx, { name: '泰邦新材料', owner: members.wang })
    await customer(ctx, { name: '赵家机电', owner: members.zhao })
    await openCase(ctx, { customer: hua, owner: members.wang })
  })

  const nothingWritten = async () => {
    for (const table of ['follow_ups', 'absences', 'transfers', 'audit'] as const)
      expect(await ctx.db.selectFrom(table).selectAll().execute(), table).toEqual([])
  }

  describe('in the direct chat', () => {
    it.each([
      ['今天打给谁', /待跟进 1 家/],
      ['我的客户有哪些', /待跟进 1 家/],
      ['本月流失率', /流失 · 2026-11/],
      ['流失率多少', /流失 · 2026-11/],
      ['高风险客户', /名单 · 高|还没有评分结果/],
      ['泰邦', /^泰邦新材料/],
      ['看看泰邦新材料', /^泰邦新材料/],
      ['泰邦怎么跟', /停：/],
      ['帮我写一段给泰邦的话', /草稿/],
      ['上周我跟进了多少', /跟进率 · /],
      ['跟进 没接', /这条跟进记到哪个客户？|记到「/],
      ['没接', /这条跟进记到哪个客户？|记到「/],
      ['泰邦新材料电话多少', /^泰邦新材料/],
      ['泰邦新材料和华联超市有限公司怎么样', /^你是说 …？/],
      ['泰邦新材料转给李强', /泰邦新材料 转交给 李强？/],
      ['把泰邦转给小李', /你是说 …？[\s\S]*泰邦新材料/],
      ['后天请半天假', /你是不是想发「请假 后天半天」？/],
      ['不要再推这个客户了', /点它的「误报」/],
      ['谢谢', /发「我的」。/],
      ['👍', /发「我的」。/],
      ['不对', /要改哪一步/],
      ['你能干嘛', /我能帮你做这些/],
    ])('%s is answered usefully and writes nothing', async (words, answer) => {
      const said = await speaker(ctx, 'wang').says(words)
      expect(said.text).toMatch(answer)
      await nothingWritten()
      await ctx.db.deleteFrom('dialogs').execute()
    })

    it('a customer of somebody else is answered like one that does not exist', async () => {
      const wang = speaker(ctx, 'wang')
      for (const words of ['看看赵家机电', '赵家机电转给李强', '赵家'])
        expect((await wang.says(words)).text, words).toContain('没看懂')
      await nothingWritten()
    })

    it('one tap on the leave that was meant takes it', async () => {
      const wang = speaker(ctx, 'wang')
      await wang.says('后天请半天假')
      expect((await wang.presses('请假 后天半天')).text).toContain('王芳 请假 11/25（周三）')
      await wang.says('撤销')
    })
  })

  it('a group hears totals and no customer', async () => {
    const wang = speaker(ctx, 'wang')
    expect((await wang.saysIn('east', '本月流失率是多少')).text).toContain('华东')
    for (const words of ['泰邦新材料怎么样', '泰邦', '泰邦新材料转给李强', '今天打给谁'])
      expect((await wang.saysIn('east', words)).text, words).not.toMatch(/泰邦|华联/)
  })
})

describeEachDatabase('help', (ctxNow) => {
  it('leads to a card a topic, whose buttons do what their words do when they are typed', async () => {
    const ctx: TestCtx = ctxNow()
    await seedCompany(ctx)
    for (const person of ['wang', 'lead', 'admin']) {
      const one = speaker(ctx, person)
      const [help] = (await one.says('帮助')).cards
      for (const { label, payload } of help?.actions ?? []) {
        if (payload.topic === undefined) continue
        const [card] = (await one.presses(label, help)).cards
        expect(card?.title, label).toBe(`帮助 · ${label}`)
        for (const button of card?.actions ?? []) {
          const pressed = await one.presses(button.label, card)
          await ctx.db.deleteFrom('dialogs').execute()
          const typed = await one.says(button.label)
          const shown = [...pressed.cards, ...pressed.updates].map(({ title }) => title)
          expect(shown, `${person} ${button.label}`).toEqual(typed.cards.map(({ title }) => title))
        }
      }
    }
  })
})
