import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cardLines } from '../../src/cards/fit-card.ts'
import { handOverJob } from '../../src/jobs/hand-over.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import { presentDigest } from '../../src/jobs/present.ts'
import type { Card } from '../../src/model/card.ts'
import { enqueuePlan } from '../../src/push/enqueue.ts'
import { addFollowUp, NOTHING_READ } from '../../src/store/follow-ups.ts'
import { textFor } from '../../src/text/index.ts'
import { addScoreRun, putScore } from '../support/people.ts'
import { type Company, customer, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { pgliteCtx, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const makers = { sqlite: sqliteCtx, pglite: pgliteCtx }

describe.each(Object.entries(makers))('请假 [%s]', (_, make) => {
  let ctx: TestCtx & { close(): Promise<void> }
  let company: Company
  let hua: number

  beforeEach(async () => {
    ctx = await make()
    company = await seedCompany(ctx)
    hua = await atRisk(ctx, '华联超市', company.members.wang)
    await atRisk(ctx, '江南机电', company.members.li)
  })
  afterEach(() => ctx.close())

  /** Monday is day 0. */
  const morning = (days: number) =>
    ctx.clock.advanceTo(Date.parse('2026-11-23T09:00:00+08:00') + days * 86_400_000)
  const push = async () => {
    const day = today(ctx)
    await enqueuePlan(
      ctx,
      await planWithHoldout(ctx, day, { dryRun: false }),
      presentDigest(day - 1, textFor('zh-CN')),
      ctx.clock.now(),
    )
    return digestsOf(ctx, day)
  }

  it('3天 转 小李: the deputy gets the reminders, marked 代, and they come back by themselves', async () => {
    const wang = speaker(ctx, 'wang')
    const said = await wang.says('请假 3天 转 小李')
    expect(said.text).toContain('王芳 请假 11/23（周一）– 11/25（周三）')
    expect(said.text).toContain('先给 李强')
    expect(said.text).toContain('11/26（周四）自动恢复')
    expect(await noticesTo(ctx, 'li')).toContain('请代 王芳 跟进')
    const digests = await push()
    expect([...digests.keys()]).toEqual(['li'])
    expect(digests.get('li')).toContain('代 王芳')
    expect(digests.get('li')).toContain('华联超市')
    morning(3)
    expect((await handOverJob.run(ctx, 0, new AbortController().signal)).back).toBe(1)
    expect(await noticesTo(ctx, 'wang')).toContain('你不在时')
    expect((await handOverJob.run(ctx, 0, new AbortController().signal)).back).toBe(0)
    expect([...(await push()).values()].join()).not.toContain('代 王芳')
  })

  it('the deputy may work on the customers, and no longer than the leave', async () => {
    const li = speaker(ctx, 'li')
    expect((await li.says('客户 华联超市')).text).toContain('无权限')
    await speaker(ctx, 'wang').says('请假 3天 转 李强')
    await openCase(ctx, { customer: hua, owner: company.members.wang })
    expect((await li.says('我的')).text).toContain('华联超市')
    expect((await li.says('跟进 华联超市 有意向 周五再约')).text).toContain('华联超市')
    morning(3)
    expect((await li.says('客户 华联超市')).text).toContain('无权限')
    await handOverJob.run(ctx, 0, new AbortController().signal)
    expect(await noticesTo(ctx, 'wang')).toContain('李强 跟进 华联超市：有意向')
  })

  it('without a deputy the lead stands in; without a lead at work the administrator hears of it', async () => {
    expect((await speaker(ctx, 'wang').says('请假 2天')).text).toContain('主管 陈总')
    const names = (await planWithHoldout(ctx, today(ctx), { dryRun: false })).reps.map((rep) => rep.name)
    expect(names.sort()).toEqual(['李强', '陈总'])
    await speaker(ctx, 'lead').says('请假 2天')
    const plan = await planWithHoldout(ctx, today(ctx), { dryRun: false })
    expect(plan.held['absent-owner']).toBe(1)
    expect(plan.homeless.map((one) => one.customerName)).toEqual(['华联超市'])
  })

  it('deputies who are away too: the chain is followed, a circle ends at the lead', async () => {
    await speaker(ctx, 'wang').says('请假 3天 转 李强')
    await speaker(ctx, 'li').says('请假 3天 转 王芳')
    const digests = await push()
    expect([...digests.keys()]).toEqual(['lead'])
    expect(digests.get('lead')).toContain('代 王芳')
    expect(digests.get('lead')).toContain('代 李强')
  })

  it('a lead sets it for the own people, a rep for nobody else, and 撤销 takes it back', async () => {
    const lead = speaker(ctx, 'lead')
    expect((await speaker(ctx, 'wang').says('请假 李强 3天')).text).toContain('只有主管')
    expect((await lead.says('请假 小王 3天 转 小李')).text).toContain('王芳 请假')
    expect(await noticesTo(ctx, 'li')).toContain('请代 王芳')
    expect((await lead.says('请假')).text).toContain('王芳 请假')
    expect((await lead.says('撤销')).text).toContain('王芳')
    expect((await lead.says('请假')).text).toContain('没有人请假')
    expect((await lead.says('请假 赵敏 3天')).text).toContain('没有找到')
    expect((await speaker(ctx, 'admin').says('请假 赵敏 3天')).text).toContain('赵敏 请假')
  })

  it('取消 ends it today; a longer one takes up the earlier; nonsense is asked back', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('请假 3天 转 小李')
    expect((await wang.says('请假 5天 转 小李')).text).toContain('11/23（周一）– 11/29（周日）')
    expect((await wang.says('请假 取消')).text).toContain('已取消')
    expect([...(await push()).keys()].sort()).toEqual(['li', 'wang'])
    expect((await wang.says('请假 取消')).text).toContain('没有请假')
    expect((await wang.says('请假 到去年')).text).toContain('没看懂')
    expect((await wang.says('请假 3天 转 王芳')).text).toContain('不能是')
    expect((await wang.says('请假 3天 转 赵敏')).text).toContain('没有找到同事')
  })

  it('a deputy nobody knows is asked back with the colleagues who are there; one tap goes on', async () => {
    const wang = speaker(ctx, 'wang')
    const asked = await wang.says('请假 3天 转 小周')
    expect(asked.text).toContain('没有找到同事「小周」，是哪一位？')
    expect(asked.cards[0]?.actions?.map(({ label }) => label).sort()).toEqual(
      ['李强（0）', '陈总（0）'].sort(),
    )
    expect(await ctx.db.selectFrom('absences').selectAll().execute()).toEqual([])
    expect((await wang.presses('李强')).text).toContain('先给 李强')
    expect(await noticesTo(ctx, 'li')).toContain('请代 王芳 跟进')
  })

  it('two of a name are asked back with buttons', async () => {
    await ctx.db
      .updateTable('members')
      .set({ name: '李想', team_id: company.teams.east })
      .where('source_key', '=', 'zhao')
      .execute()
    const wang = speaker(ctx, 'wang')
    expect((await wang.says('请假 3天 转 小李')).text).toContain('「小李」有 2 位')
    expect((await wang.presses('李想')).text).toContain('先给 李想')
  })

  it('a push that waits for the night to end goes to the deputy', async () => {
    await addFollowUp(ctx, {
      customerId: hua,
      caseId: null,
      memberId: company.members.wang,
      day: today(ctx),
      ...NOTHING_READ,
      outcome: 'interested',
      effective: true,
      note: '',
      nextOn: today(ctx),
      inboundKey: 'k',
    })
    await push()
    await speaker(ctx, 'wang').says('请假 3天 转 小李')
    const digests = await digestsOf(ctx, today(ctx))
    expect([...digests.keys()]).toEqual(['li'])
  })
})

/** Digests of a day by who gets them. */
async function digestsOf(ctx: TestCtx, day: number): Promise<Map<string, string>> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select(['address', 'card_json'])
    .where('lane', '=', 'digest')
    .where('id', 'like', `digest:%:${day}`)
    .orderBy('address')
    .orderBy('seq')
    .execute()
  const byPerson = new Map<string, string>()
  for (const row of rows) {
    const person = row.address.replace('dm:', '')
    byPerson.set(person, `${byPerson.get(person) ?? ''}\n${linesOf(row.card_json)}`)
  }
  return byPerson
}

async function noticesTo(ctx: TestCtx, person: string): Promise<string> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select('card_json')
    .where('lane', '=', 'notice')
    .where('address', '=', `dm:${person}`)
    .execute()
  return rows.map((row) => linesOf(row.card_json)).join('\n')
}

function linesOf(json: string): string {
  const card: Card = JSON.parse(json)
  return cardLines(card).join('\n')
}

async function atRisk(ctx: TestCtx, name: string, owner: number): Promise<number> {
  const id = await customer(ctx, { name, owner })
  const asOf = today(ctx) - 1
  const run = await addScoreRun(ctx, asOf)
  await putScore(ctx, { customer_id: id, run_id: run, as_of: asOf, risk: 0.8, band: 'high' })
  return id
}
