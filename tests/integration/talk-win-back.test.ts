import { beforeAll, expect, it } from 'vitest'
import { cardLines } from '../../src/cards/fit-card.ts'
import { inTransaction } from '../../src/context.ts'
import { rememberTold } from '../../src/retention/plays/remember.ts'
import { addFollowUp, NOTHING_READ } from '../../src/store/follow-ups.ts'
import { type Company, customer, event, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

describeEachDatabase('成效 挽回', (ctx) => {
  let company: Company
  let number = 0

  beforeAll(async () => {
    company = await seedCompany(ctx())
    const { wang, zhao } = company.members
    for (let n = 0; n < 24; n++) await lost(wang, 'price', { worked: true, ordered: n < 6 })
    for (let n = 0; n < 3; n++) await lost(wang, 'delivery', { worked: true, ordered: true })
    for (let n = 0; n < 4; n++) await lost(wang, 'price', { worked: false, ordered: true })
    await lost(wang, 'price', { worked: true, ordered: true, ago: 40 })
    await lost(zhao, 'service', { worked: true, ordered: true })
  })

  /** Lost `ago` days before today; worked on ten days later; ordered ten days after that. */
  async function lost(
    memberId: number,
    reason: string,
    { worked, ordered, ago = 200 }: { worked: boolean; ordered: boolean; ago?: number },
  ): Promise<void> {
    const customerId = await customer(ctx(), { name: `流失${number++}`, owner: memberId })
    const day = today(ctx()) - ago
    const base = { ...NOTHING_READ, customerId, memberId, caseId: null, note: '', effective: true }
    await addFollowUp(ctx(), { ...base, outcome: 'lost', reason, day, inboundKey: `lost-${number}` })
    if (worked)
      await addFollowUp(ctx(), {
        ...base,
        outcome: 'interested',
        day: day + 10,
        inboundKey: `work-${number}`,
      })
    if (ordered) await event(ctx(), customerId, { kind: 'order', day: day + 20, amount: 1 })
  }

  it('counts orders after the work, by reason, with every denominator, and hides small ones', async () => {
    const said = await speaker(ctx(), 'lead').says('成效 挽回')
    expect(said.cards[0]?.figure).toEqual({ value: '33.3 %', label: '挽回率（9/27 家）' })
    expect(said.text).toContain('价格 6/24 家 · 25.0 %')
    expect(said.text).toContain('交付 3/3 家 · 样本不足')
    expect(said.text).toContain('4 家流失后没人再联系，不在分母里')
    expect(said.text).toContain('1 家未到期')
    expect(said.text).not.toContain('服务')
    const [card] = said.cards
    expect(card && cardLines(card).length).toBeLessThanOrEqual(12)
  })

  it('by play: the one remembered with the loss, a few of them without a rate', async () => {
    const db = ctx()
    for (let n = 0; n < 21; n++) {
      const customerId = await customer(db, { name: `登记${n}`, owner: company.members.wang })
      const day = today(db) - 200
      const at = { customerId, day }
      const content = { ...NOTHING_READ, outcome: 'lost', reason: n === 0 ? 'competitor' : 'price' }
      const row = {
        ...content,
        ...at,
        memberId: company.members.wang,
        caseId: null,
        note: '',
        effective: true,
      }
      const { id } = await addFollowUp(db, { ...row, inboundKey: `told-${n}` })
      await inTransaction(db, (inner) => rememberTold(inner, { id, ...at }, content))
      await addFollowUp(db, { ...row, outcome: 'interested', day: day + 10, inboundKey: `tried-${n}` })
      if (n < 5) await event(db, customerId, { kind: 'order', day: day + 20, amount: 1 })
    }
    const said = await speaker(db, 'lead').says('成效 挽回 打法')
    expect(said.text).toContain('用新条件请回来 4/20 家 · 20.0 %')
    expect(said.text).toContain('等别家到期，做备选 1/1 家 · 样本不足')
    expect(said.text).toContain('没记打法 9/27 家 · 33.3 %')
    expect(said.cards[0]?.figure?.label).toBe('挽回率（14/48 家）')
    expect((await speaker(db, 'lead').says('effect win-back by play')).text).toContain('用新条件请回来')
  })

  it('has no work for a loss that was taken back, and none outside the period or the scope', async () => {
    const admin = speaker(ctx(), 'admin')
    expect((await admin.says('成效 挽回')).text).toContain('服务 1/1 家')
    expect((await admin.says('成效 挽回 近30天')).text).toContain('（0/0 家）')
    expect((await speaker(ctx(), 'wang').says('成效 挽回')).text).toContain('主管')
    await ctx().db.updateTable('follow_ups').set({ undone_at: 1 }).where('reason', '=', 'service').execute()
    expect((await admin.says('成效 挽回 华南')).text).toContain('（0/0 家）')
  })
})
