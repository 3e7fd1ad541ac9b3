import { beforeAll, expect, it } from 'vitest'
import { digest } from '../../src/jobs/digest.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import type { Tier } from '../../src/model/churn.ts'
import type { RepPlan } from '../../src/push/plan.ts'
import { addCustomer, addScoreRun, putScore } from '../support/people.ts'
import { type Company, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

describeEachDatabase('偏好', (ctx) => {
  let company: Company
  let complaint: number

  beforeAll(async () => {
    company = await seedCompany(ctx())
    const { wang, li } = company.members
    for (const owner of [wang, li])
      for (const tier of ['A', 'A', 'B', 'C', 'C', 'B'] as const) await risky(owner, tier)
    complaint = await risky(wang, 'C')
    const event = await openCase(ctx(), { customer: complaint, owner: wang })
    await ctx().db.updateTable('cases').set({ lane: 'event' }).where('id', '=', event).execute()
  })

  async function risky(owner: number, tier: Tier): Promise<number> {
    const as_of = today(ctx()) - 1
    const run_id = await addScoreRun(ctx(), as_of)
    const customer_id = await addCustomer(ctx(), { ownerId: owner })
    await putScore(ctx(), { customer_id, run_id, as_of, risk: 0.8, band: 'high', tier })
    return customer_id
  }

  async function planOf(member: number): Promise<RepPlan> {
    const plan = await planWithHoldout(ctx(), today(ctx()), { dryRun: false })
    const rep = plan.reps.find((one) => one.memberId === member)
    if (!rep) throw new Error('nothing is planned')
    return rep
  }

  it('只看高价值: only tier A, and the complaint all the same; the others are counted', async () => {
    const wang = speaker(ctx(), 'wang')
    expect((await wang.says('偏好')).text).toContain('客户：全部都看')
    expect((await planOf(company.members.wang)).items).toHaveLength(5)
    expect((await wang.says('只看高价值')).text).toContain('只推 A 类客户')
    const plan = await planWithHoldout(ctx(), today(ctx()), { dryRun: false })
    const items = plan.reps.find((one) => one.memberId === company.members.wang)?.items ?? []
    expect(items.map((one) => one.tier).sort()).toEqual(['A', 'A', 'C'])
    expect(items[0]).toMatchObject({ customerId: complaint, reason: 'event' })
    expect(plan.held.preference).toBe(4)
    expect((await planOf(company.members.li)).items).toHaveLength(5)
  })

  it('每天最多 n 家, in digits and words, within the budget; the event stands first', async () => {
    const wang = speaker(ctx(), 'wang')
    expect((await wang.says('全部都看')).text).toContain('恢复全部都看')
    expect((await wang.says('每天最多 2 家')).text).toContain('每天最多推 2 家')
    expect((await planOf(company.members.wang)).items.map((one) => one.reason)).toEqual(['event', 'priority'])
    expect((await wang.says('每天最多三家')).text).toContain('每天最多推 3 家')
    expect((await planOf(company.members.wang)).items).toHaveLength(3)
    for (const words of ['每天最多 9 家', '每天最多 0 家', '每天最多']) {
      expect((await wang.says(words)).text).toContain('1 到 5')
    }
    expect((await wang.says('每天最多 1 家')).text).toContain('每天最多推 1 家')
  })

  it('a lead lowers the team, a rep does not; the lower limit counts', async () => {
    expect((await speaker(ctx(), 'wang').says('每天最多 3 家 全组')).text).toContain('由主管设定')
    const lead = speaker(ctx(), 'lead')
    expect((await lead.says('每天最多 3 家 全组')).text).toContain('全组每人每天最多 3 家')
    expect((await lead.says('只看高价值 全组')).text).toContain('每人自己选')
    expect((await planOf(company.members.li)).items).toHaveLength(3)
    expect((await planOf(company.members.wang)).items).toHaveLength(1)
    expect((await speaker(ctx(), 'li').says('偏好')).text).toContain('全组上限：3 家')
    expect((await lead.says('全部都看 全组')).text).toContain('恢复公司上限')
    expect((await planOf(company.members.li)).items).toHaveLength(5)
  })

  it('by button, and the digest says it', async () => {
    const wang = speaker(ctx(), 'wang')
    await wang.says('偏好')
    expect((await wang.presses('只看高价值')).updates[0]?.facts).toContain('客户：只看高价值（A 类）')
    await digest.run(ctx(), ctx().clock.now(), new AbortController().signal)
    const sent = await ctx()
      .db.selectFrom('outbox')
      .select('card_json')
      .where('id', 'like', `digest:${company.members.wang}:%`)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(sent.card_json).notes.join()).toContain('偏好：只看高价值 · 偏好：最多 1 家')
  })
})
