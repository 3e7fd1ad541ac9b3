import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { inTransaction } from '../../src/context.ts'
import type { Card } from '../../src/model/card.ts'
import { takeAction } from '../../src/retention/cases.ts'
import { passOn } from '../../src/retention/pass-on.ts'
import { caseHistory } from '../../src/store/case-log.ts'
import { followOwners } from '../../src/store/case-upkeep.ts'
import { caseFor } from '../../src/store/cases.ts'
import { customerById } from '../../src/store/customers.ts'
import { memberById } from '../../src/store/members.ts'
import { OwnIds } from '../../src/sync/add-derived.ts'
import { writeBatch } from '../../src/sync/write-batch.ts'
import { type Company, customer, openCase, seedCompany, speaker } from '../support/talk.ts'
import { pgliteCtx, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

describe.each(Object.entries({ sqlite: sqliteCtx, pglite: pgliteCtx }))('转交 [%s]', (_, make) => {
  let ctx: TestCtx & { close(): Promise<void> }
  let company: Company
  let hua: number
  let caseId: number

  beforeEach(async () => {
    ctx = await make()
    company = await seedCompany(ctx)
    hua = await customer(ctx, { name: '华联超市', shortName: '华联', owner: company.members.wang })
    caseId = await openCase(ctx, { customer: hua, owner: company.members.wang })
  })
  afterEach(() => ctx.close())

  const owners = async () => ({
    case: (await caseFor(ctx, UNSCOPED, caseId))?.ownerName,
    customer: (await customerById(ctx, UNSCOPED, hua))?.ownerName,
  })

  it('转交 华联 小李 原因: asks what goes; the case alone comes back with its end', async () => {
    const [wang, li] = [speaker(ctx, 'wang'), speaker(ctx, 'li')]
    const asked = await wang.says('转交 华联 小李 客户要求换人')
    expect(asked.text).toContain('华联超市 转交给 李强？')
    expect(asked.text).toContain('原因：客户要求换人')
    expect(await owners()).toEqual({ case: '王芳', customer: '王芳' })
    expect((await wang.presses('只转风险单')).text).toContain('已转交：华联超市 → 李强')
    expect(await owners()).toEqual({ case: '李强', customer: '王芳' })
    expect(await noticesTo(ctx, 'li')).toMatch(/王芳 转给你：华联超市[\s\S]*客户要求换人/)
    expect((await li.says('我的')).text).toContain('华联超市')
    expect((await wang.says('我的')).text).not.toContain('华联超市')
    await followOwners(ctx)
    expect(await owners()).toEqual({ case: '李强', customer: '王芳' })
    const lost = { kind: 'lost', reason: 'price' } as const
    const actor = await member(ctx, company.members.li)
    await takeAction(ctx, { caseId, actor, action: lost, at: ctx.clock.now() })
    expect((await li.says('客户 华联')).text).toContain('无权限')
    expect((await wang.says('客户 华联')).text).toContain('华联超市')
  })

  it('a colleague nobody knows is asked back with those who are there, and the reason is kept', async () => {
    const wang = speaker(ctx, 'wang')
    const asked = await wang.says('转交 华联 小周 客户要求换人')
    expect(asked.text).toContain('没有找到同事「小周」，是哪一位？')
    expect((await wang.presses('李强')).text).toMatch(/转交给 李强？[\s\S]*原因：客户要求换人/)
    expect(await owners()).toEqual({ case: '王芳', customer: '王芳' })
    await ctx.db.updateTable('members').set({ name: '李想' }).where('source_key', '=', 'lead').execute()
    await wang.says('转交 华联 小李 客户要求换人')
    expect((await wang.presses('李强')).text).toMatch(/转交给 李强？[\s\S]*原因：客户要求换人/)
  })

  it('the customer too: it stays whatever the source repeats, until that names somebody new', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('转交 华联 李强')
    await wang.presses('客户也转')
    expect(await owners()).toEqual({ case: '李强', customer: '李强' })
    expect((await wang.says('客户 华联')).text).toContain('无权限')
    await sourceNames(ctx, company.members.wang)
    expect((await owners()).customer).toBe('李强')
    await sourceNames(ctx, company.members.zhao)
    expect((await owners()).customer).toBe('赵敏')
    await sourceNames(ctx, company.members.wang)
    expect((await owners()).customer).toBe('王芳')
  })

  it('撤销 brings both back, once, and leaves history rows', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('转交 华联 李强')
    await wang.presses('客户也转')
    expect((await wang.says('撤销')).text).toContain('已撤销转交：华联超市')
    expect(await owners()).toEqual({ case: '王芳', customer: '王芳' })
    expect((await wang.says('撤销')).text).toContain('没有可以撤销')
    const moves = (await caseHistory(ctx, caseId)).filter(({ action }) => action === 'transfer')
    expect(moves.map((one) => one.memberId)).toEqual([company.members.wang, company.members.wang])
    await sourceNames(ctx, company.members.zhao)
    expect((await owners()).customer).toBe('赵敏')
  })

  it('what was passed further since is not taken back', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('转交 华联 李强')
    await wang.presses('客户也转')
    const lead = speaker(ctx, 'lead')
    await lead.says('转交 华联 赵敏')
    await lead.presses('客户也转')
    expect((await wang.says('撤销')).text).toContain('撤不回来')
    expect(await owners()).toEqual({ case: '赵敏', customer: '赵敏' })
    expect(await noticesTo(ctx, 'li')).toContain('陈总 把客户 华联超市 转给了 赵敏')
  })

  it('the button asks whom, least to do first; a second press answers with what stands', async () => {
    const wang = speaker(ctx, 'wang')
    const card = (await wang.says('客户 华联')).cards[0]
    const whom = await wang.presses('转交', card)
    expect(whom.cards[0]?.actions?.map((one) => one.label)).toEqual(['李强（0）', '陈总（0）'])
    const what = await wang.presses('李强')
    await wang.presses('只转风险单')
    expect(await owners()).toMatchObject({ case: '李强' })
    expect((await wang.presses('只转风险单', what.cards[0])).text).toContain('已经在 李强 那里')
  })

  it('a rep gives within the team only, and only own customers; nobody who is away or unknown', async () => {
    const wang = speaker(ctx, 'wang')
    expect((await wang.says('转交 华联 赵敏')).text).toContain('没有找到同事')
    expect((await wang.says('转交 华联 管理员')).text).toContain('没有找到同事')
    await speaker(ctx, 'li').says('请假 3天')
    await wang.says('转交 华联 李强')
    expect((await wang.presses('只转风险单')).text).toContain('李强 正在请假')
    const zhao = await member(ctx, company.members.zhao)
    const forged = {
      actor: zhao,
      customerId: hua,
      toId: company.members.zhao,
      what: 'case',
      reason: null,
    } as const
    await expect(passOn(ctx, forged)).rejects.toMatchObject({ code: 'not-found' })
    expect(await owners()).toEqual({ case: '王芳', customer: '王芳' })
  })

  it('a deputy may pass the case on, not the customer', async () => {
    await speaker(ctx, 'wang').says('请假 3天 转 李强')
    const li = speaker(ctx, 'li')
    const asked = await li.says('转交 华联 陈总')
    expect(asked.cards[0]?.actions?.map((one) => one.label)).toEqual(['只转风险单'])
    const actor = await member(ctx, company.members.li)
    const given = { actor, customerId: hua, toId: company.members.lead, reason: null }
    await expect(passOn(ctx, { ...given, what: 'customer' })).rejects.toMatchObject({ code: 'not-allowed' })
    expect((await li.presses('只转风险单')).text).toContain('已转交')
  })

  it('two at once: one gives, the other hears that it has moved', async () => {
    const [wang, lead] = [await member(ctx, company.members.wang), await member(ctx, company.members.lead)]
    const given = { customerId: hua, what: 'customer', reason: null } as const
    const ends = await Promise.allSettled([
      passOn(ctx, { ...given, actor: wang, toId: company.members.li }),
      passOn(ctx, { ...given, actor: lead, toId: company.members.li }),
    ])
    const changed = ends.filter((one) => one.status === 'fulfilled' && one.value.changed)
    expect(changed).toHaveLength(1)
    expect(await owners()).toEqual({ case: '李强', customer: '李强' })
  })
})

/** The source of the customers says who owns 华联超市. */
async function sourceNames(ctx: TestCtx, owner: number): Promise<void> {
  const target = { source: 'test', runId: 1, own: new OwnIds() }
  const columns = { owner_id: [owner] }
  const rows = { keys: ['key-华联超市'], prints: ['x'], lines: [1], size: 1, read: 1, columns, rejects: [] }
  await inTransaction(ctx, (ctx) => writeBatch(ctx, target, { entity: 'customers', ...rows, latestAt: null }))
}

async function member(ctx: TestCtx, id: number) {
  const found = await memberById(ctx, id)
  if (!found) throw new Error('no such member')
  return found
}

async function noticesTo(ctx: TestCtx, person: string): Promise<string> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select('card_json')
    .where('lane', '=', 'notice')
    .where('address', '=', `dm:${person}`)
    .execute()
  return rows
    .map((row): Card => JSON.parse(row.card_json))
    .flatMap(cardLines)
    .join('\n')
}
