import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cardLines } from '../../src/cards/fit-card.ts'
import { assignAndTell } from '../../src/jobs/assign-unowned.ts'
import { handOverJob } from '../../src/jobs/hand-over.ts'
import type { Card } from '../../src/model/card.ts'
import { assignUnowned } from '../../src/retention/assign.ts'
import { addFollowUp, NOTHING_READ } from '../../src/store/follow-ups.ts'
import { addScoreRun, putScore } from '../support/people.ts'
import { type Company, customer, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { pgliteCtx, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const COMPLAINT = [{ signal: 'complaint', points: 30, facts: [] }]

describe.each(Object.entries({ sqlite: sqliteCtx, pglite: pgliteCtx }))('交接 [%s]', (_, make) => {
  let ctx: TestCtx & { close(): Promise<void> }
  let company: Company

  beforeEach(async () => {
    ctx = await make({ settings: { retention: { assign: true } } })
    company = await seedCompany(ctx)
  })
  afterEach(() => ctx.close())

  const run = () => handOverJob.run(ctx, 0, new AbortController().signal)

  /** 王芳 leaves three customers, a case and a promise. */
  async function wangLeaves(): Promise<void> {
    const { wang } = company.members
    const hua = await customer(ctx, { name: '华联超市', owner: wang })
    const jiang = await customer(ctx, { name: '江南机电', owner: wang })
    await customer(ctx, { name: '东方包装', owner: wang })
    await openCase(ctx, { customer: hua, owner: wang, evidence: COMPLAINT })
    const said = { ...NOTHING_READ, outcome: 'interested', effective: true, note: '', inboundKey: 'k' }
    const row = { customerId: jiang, caseId: null, memberId: wang, day: today(ctx), nextOn: today(ctx) + 2 }
    await addFollowUp(ctx, { ...said, ...row })
    await ctx.db.updateTable('members').set({ active: 0 }).where('id', '=', wang).execute()
  }

  it('asks the lead once, who keeps the cases meanwhile; one tap gives all, one card tells', async () => {
    await wangLeaves()
    expect(await run()).toMatchObject({ moved: 1, asked: 1 })
    expect(await run()).toMatchObject({ moved: 0, asked: 0 })
    const [card] = await noticesTo(ctx, 'lead')
    expect(card && cardLines(card).join('\n')).toMatch(
      /王芳 已离职：3 家[\s\S]*客户 3 家，在跟 1 家，约定 1 个/,
    )
    expect(card && cardLines(card).join('\n')).toMatch(/江南机电 · 约好 11\/25[\s\S]*华联超市 · /)
    expect(await caseOwners(ctx)).toEqual(['陈总'])
    const lead = speaker(ctx, 'lead')
    expect((await lead.presses('都给 李强', card)).text).toMatch(/王芳 的客户已交接[\s\S]*李强：3 家/)
    expect(await ownersOf(ctx)).toEqual({ 华联超市: '李强', 江南机电: '李强', 东方包装: '李强' })
    expect(await caseOwners(ctx)).toEqual(['李强'])
    const told = await noticesTo(ctx, 'li')
    expect(told).toHaveLength(1)
    expect(told.flatMap(cardLines).join('\n')).toMatch(/王芳 的 3 家客户交给你了[\s\S]*江南机电 · 约好/)
    expect((await lead.presses('都给 李强', card)).text).toContain('已经交接过')
    expect(await run()).toMatchObject({ asked: 0 })
  })

  it('spreads by load; 撤销 brings all back to the one who left, and asks again', async () => {
    await wangLeaves()
    await ctx.db
      .updateTable('members')
      .set({ team_id: company.teams.east })
      .where('source_key', '=', 'zhao')
      .execute()
    await customer(ctx, { name: '老客户', owner: company.members.li })
    const lead = speaker(ctx, 'lead')
    expect((await lead.says('交接 王芳 平均')).text).toContain('王芳 的客户已交接')
    expect(Object.values(await ownersOf(ctx)).sort()).toEqual(['李强', '李强', '赵敏', '赵敏'])
    expect((await lead.says('撤销')).text).toContain('3 家客户回到')
    expect((await noticesTo(ctx, 'zhao')).flatMap(cardLines).join()).toContain('收回了交给你的 2 家客户')
    expect(Object.values(await ownersOf(ctx)).filter((name) => name === '王芳')).toHaveLength(3)
    expect(await caseOwners(ctx)).toEqual(['陈总'])
    expect(await run()).toMatchObject({ asked: 1 })
  })

  it('交接 alone lists them; others than the lead or an administrator decide nothing', async () => {
    await wangLeaves()
    expect((await speaker(ctx, 'li').says('交接 王芳 李强')).text).toContain('只有主管')
    expect((await speaker(ctx, 'lead').says('交接')).text).toContain('王芳 已离职')
    expect((await speaker(ctx, 'admin').says('交接 王芳 小赵')).text).toContain('赵敏：3 家')
    expect((await speaker(ctx, 'lead').says('交接')).text).toContain('没有待交接')
  })

  it('who comes back before it is decided has everything again', async () => {
    await wangLeaves()
    await run()
    await ctx.db.updateTable('members').set({ active: 1 }).where('id', '=', company.members.wang).execute()
    expect(await run()).toMatchObject({ moved: 1, asked: 0 })
    expect(await caseOwners(ctx)).toEqual(['王芳'])
    const rows = await ctx.db.selectFrom('hand_overs').select('state').execute()
    expect(rows.map((row) => row.state)).toEqual(['dropped'])
  })

  it('customers at risk without an owner go to one rep each: region, then load; two runs give once', async () => {
    await ctx.db.updateTable('members').set({ region: '上海' }).where('source_key', '=', 'zhao').execute()
    for (const [name, region] of [
      ['甲厂', '上海'],
      ['乙厂', '杭州'],
      ['丙厂', null],
    ] as const) {
      const id = await customer(ctx, { name, owner: null, ...(region && { region }) })
      const asOf = today(ctx) - 1
      const runId = await addScoreRun(ctx, asOf)
      await putScore(ctx, { customer_id: id, run_id: runId, as_of: asOf, risk: 0.8, band: 'high' })
    }
    await customer(ctx, { name: '平稳', owner: null })
    const ends = await Promise.all([assignUnowned(ctx, today(ctx)), assignUnowned(ctx, today(ctx))])
    expect(ends.flat().reduce((sum, one) => sum + one.customers, 0)).toBe(3)
    expect(await ownersOf(ctx)).toEqual({ 甲厂: '赵敏', 乙厂: '王芳', 丙厂: '李强', 平稳: null })
    expect(await assignAndTell(ctx, today(ctx))).toBe(0)
  })

  it('the lead hears of it in one line', async () => {
    const id = await customer(ctx, { name: '甲厂', owner: null })
    const asOf = today(ctx) - 1
    const runId = await addScoreRun(ctx, asOf)
    await putScore(ctx, { customer_id: id, run_id: runId, as_of: asOf, risk: 0.8, band: 'high' })
    expect(await assignAndTell(ctx, today(ctx))).toBe(1)
    expect((await noticesTo(ctx, 'lead')).flatMap(cardLines)).toEqual(['无主风险客户 1 家已分配：王芳 1'])
  })
})

async function noticesTo(ctx: TestCtx, person: string): Promise<Card[]> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select('card_json')
    .where('lane', '=', 'notice')
    .where('address', '=', `dm:${person}`)
    .orderBy('seq')
    .execute()
  return rows.map((row): Card => JSON.parse(row.card_json))
}

async function ownersOf(ctx: TestCtx): Promise<Record<string, string | null>> {
  const rows = await ctx.db
    .selectFrom('customers')
    .leftJoin('members', 'members.id', 'customers.owner_id')
    .select(['customers.name as customer', 'members.name as owner'])
    .execute()
  return Object.fromEntries(rows.map((row) => [row.customer, row.owner]))
}

async function caseOwners(ctx: TestCtx): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('cases')
    .innerJoin('members', 'members.id', 'cases.owner_id')
    .select('members.name')
    .where('closed_at', 'is', null)
    .execute()
  return rows.map((row) => row.name)
}
