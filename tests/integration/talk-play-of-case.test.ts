import { beforeEach, describe, expect, it } from 'vitest'
import { cardLines } from '../../src/cards/fit-card.ts'
import { inTransaction } from '../../src/context.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import { playsOfPush } from '../../src/jobs/plays-of-push.ts'
import { presentDigest } from '../../src/jobs/present.ts'
import type { Evidence } from '../../src/model/score.ts'
import { type Digest, enqueuePlan } from '../../src/push/enqueue.ts'
import { readPlays } from '../../src/retention/plays/book.ts'
import { rememberPushed } from '../../src/retention/plays/remember.ts'
import { textFor } from '../../src/text/index.ts'
import { addScoreRun, putScore } from '../support/people.ts'
import { editedBook } from '../support/plays.ts'
import { type Company, customer, event, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const SILENT: Evidence[] = [{ signal: 'overdue', points: 30, facts: [] }]
const DAY_MS = 86_400_000

describe('the play of a case', () => {
  let ctx: TestCtx & { close(): Promise<void> }
  let company: Company
  let acme: number

  beforeEach(async () => {
    ctx = await sqliteCtx()
    company = await seedCompany(ctx)
    acme = await customer(ctx, { name: '张三制造', owner: company.members.wang })
    await event(ctx, acme, { kind: 'order', day: today(ctx) - 51, amount: 3_800_000 })
    const caseId = await openCase(ctx, { customer: acme, owner: company.members.wang, evidence: SILENT })
    await pushed(caseId)
    return () => ctx.close()
  })

  function pushed(caseId: number): Promise<string | null> {
    return inTransaction(ctx, (inner) =>
      playsOfPush.start(inner, { customerId: acme, caseId, day: today(ctx) }),
    )
  }

  async function runs() {
    return await ctx.db.selectFrom('customer_plays').selectAll().orderBy('id').execute()
  }

  /** So many days later, at nine. */
  function wait(days: number): void {
    ctx.clock.advanceTo(ctx.clock.now() + days * DAY_MS)
  }

  const play = async () => (await speaker(ctx, 'wang').says('打法 张三制造')).text

  it('is remembered once when the case is pushed, and ticks its steps by effective follow-ups', async () => {
    const [run] = await runs()
    expect(run).toMatchObject({ cause: 'silence', play: 'silence-light', variant: null })
    await pushed(Number(run?.case_id))
    expect(await runs()).toHaveLength(1)
    const wang = speaker(ctx, 'wang')
    expect(await play()).toMatch(/^1\. 11\/23（周一） 发一条消息/m)
    await wang.says('跟进 张三制造 没接电话')
    expect(await play()).not.toContain('✓')
    await wang.says('跟进 张三制造 聊了近况，有意向')
    expect(await play()).toMatch(/^1\. ✓ 发一条消息.*\n2\. 下一步 11\/30（周一） /m)
    wait(8)
    expect(await play()).toMatch(/^2\. 11\/30（周一）已过 /m)
    await wang.says('撤销')
    expect(await play()).toMatch(/^2\. 11\/30/m)
  })

  it('keeps its words and days when the book is edited, and a new case gets the new words', async () => {
    const before = await play()
    const book = readPlays(
      editedBook((file) => Object.assign(file.plays['silence-light']?.title ?? {}, { zh: '改过的打法' })),
    )
    const [run] = await runs()
    await inTransaction(ctx, (inner) =>
      rememberPushed(inner, { customerId: acme, caseId: Number(run?.case_id), day: today(ctx) }, book),
    )
    expect(await play()).toBe(before)
    await ctx.db.updateTable('cases').set({ state: 'won', closed_at: ctx.clock.now() }).execute()
    const caseId = await openCase(ctx, { customer: acme, owner: company.members.wang, evidence: SILENT })
    await inTransaction(ctx, (inner) =>
      rememberPushed(inner, { customerId: acme, caseId, day: today(ctx) }, book),
    )
    expect(await play()).toContain('改过的打法')
  })

  it('gives way to the play for a reason that is told, which goes when the words are taken back or put right', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('跟进 张三制造 嫌价格太高，不满意，12月2日再约')
    expect((await runs()).at(-1)).toMatchObject({ cause: 'price', play: 'price' })
    expect(await play()).toMatch(/嫌价格高[\s\S]*^1\. 12\/2（周三） /m)
    await wang.says('改 服务')
    expect((await runs()).map(({ cause }) => cause)).toEqual(['silence', 'service'])
    expect(await play()).toContain('服务不满')
    await wang.says('撤销')
    expect(await play()).toContain('嫌价格高')
    await wang.says('撤销')
    expect(await play()).toContain('该下单没下单')
  })

  it('ends by itself with an order, and says why; the order of the alert day ends nothing', async () => {
    await event(ctx, acme, { kind: 'order', day: today(ctx), amount: 1 })
    expect(await play()).toContain('发一条消息')
    wait(2)
    await event(ctx, acme, { kind: 'order', day: today(ctx) - 1, amount: 2 })
    const said = await play()
    expect(said).toContain('11/24 客户已下单，打法停止')
    expect(said).toContain('做了 0/2 步')
    expect(said).not.toContain('发一条消息')
  })

  it('ends when the customer says no; pushed again it does not begin anew, after an order it does', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('跟进 张三制造 客户明确拒绝了，价格太贵')
    expect(await play()).toContain('11/23 客户已拒绝，打法停止')
    const [run] = await runs()
    await pushed(Number(run?.case_id))
    expect(await runs()).toHaveLength(1)
    await wang.says('撤销')
    expect(await play()).not.toContain('停止')
    wait(1)
    await event(ctx, acme, { kind: 'order', day: today(ctx), amount: 2 })
    await pushed(Number(run?.case_id))
    expect(await runs()).toHaveLength(2)
    expect(await play()).not.toContain('停止')
  })

  it('gives way to an open complaint, and is over when that is solved', async () => {
    wait(1)
    await event(ctx, acme, { kind: 'complaint', day: today(ctx), text: '到货破损' })
    expect(await play()).toContain('先解决投诉')
    const [run] = await runs()
    await pushed(Number(run?.case_id))
    expect((await runs()).at(-1)).toMatchObject({ cause: 'complaint' })
    wait(1)
    await event(ctx, acme, { kind: 'resolved', day: today(ctx) })
    expect(await play()).toContain('投诉已解决，打法停止')
  })

  it('of a customer that is told to be lost begins no other when its open case is pushed again', async () => {
    await speaker(ctx, 'wang').says('跟进 张三制造 客户流失了，换了别家')
    const known = await runs()
    expect(known.at(-1)).toMatchObject({ case_id: null, play: 'win-back-competitor' })
    expect(await pushed(Number(known[0]?.case_id))).toBeNull()
    expect(await runs()).toEqual(known)
  })

  it('of a lost customer is the one to win it back, from the day it was agreed for', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('流失登记 张三制造 价格')
    expect((await runs()).at(-1)).toMatchObject({ case_id: null, cause: 'price', play: 'win-back-price' })
    const said = await play()
    expect(said).toContain('用新条件请回来')
    expect(said).toMatch(/^1\. 2\/22（周一） /m)
    wait(3)
    await event(ctx, acme, { kind: 'order', day: today(ctx), amount: 2 })
    expect(await play()).not.toContain('用新条件请回来')
  })

  it('我的 says which step is due, rests by agreement, and says when the play is over', async () => {
    const wang = speaker(ctx, 'wang')
    expect((await wang.says('我的')).text).toMatch(/→ 第 1 步：发一条消息/)
    await wang.says('跟进 张三制造 聊了近况，有意向')
    const later = await wang.says('我的')
    expect(later.text).not.toMatch(/第 \d 步/)
    expect(later.text).not.toContain('打法到期')
    wait(8)
    const late = await wang.says('我的')
    expect(late.text).toMatch(/→ 第 2 步（11\/30 到期）：有回复再打电话/)
    expect(late.text).toContain('打法到期 1 家')
    await wang.says('跟进 张三制造 没接电话，下周三再约')
    expect((await wang.says('我的')).text).not.toContain('第 2 步')
    await event(ctx, acme, { kind: 'order', day: today(ctx), amount: 2 })
    expect((await wang.says('我的')).text).toContain('→ 12/1 客户已下单，打法停止')
  })

  it('the digest names customers with a step that is due, and shows a further step in its item', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('跟进 张三制造 聊了近况，有意向')
    await ctx.db
      .updateTable('cases')
      .set({ last_pushed_on: today(ctx), last_pushed_band: 'high' })
      .execute()
    wait(7)
    const other = await customer(ctx, { name: '李四贸易', owner: company.members.wang })
    expect(await digestFor(other)).toContain('打法今天到期 1 家：张三制造')
    wait(1)
    expect(await digestFor(acme)).toMatch(/→ 有回复再打电话，没回复不追/)
    await wang.says('跟进 张三制造 客户明确拒绝了')
    await ctx.db.updateTable('follow_ups').set({ effective: 0 }).execute()
    wait(1)
    expect(await digestFor(acme)).toMatch(/→ 12\/1 客户已拒绝，打法停止/)
  })

  it('the digest names a promised customer once, though a step of its play begins with the promise', async () => {
    await speaker(ctx, 'wang').says('跟进 张三制造 嫌价格太高，不满意，12月2日再约')
    wait(9)
    const digest = await digestFor(await customer(ctx, { name: '李四贸易', owner: company.members.wang }))
    expect(digest).toContain('联系 · 张三制造')
    expect(digest).not.toContain('打法今天到期')
  })

  /** The digest of a morning on which one customer is at risk. */
  async function digestFor(customer_id: number): Promise<string> {
    const day = today(ctx)
    const run_id = await addScoreRun(ctx, day - 1)
    await ctx.db.deleteFrom('scores').execute()
    await putScore(ctx, {
      customer_id,
      run_id,
      as_of: day - 1,
      risk: 0.8,
      band: 'urgent',
      evidence_json: JSON.stringify(SILENT),
    })
    await ctx.db
      .updateTable('cases')
      .set({ last_pushed_on: null, last_pushed_band: null, next_on: null })
      .where('customer_id', '=', customer_id)
      .execute()
    let lines = ''
    const present = (digest: Digest) => {
      const card = presentDigest(day - 1, textFor('zh-CN'))(digest)
      lines = cardLines(card).join('\n')
      return card
    }
    await enqueuePlan(
      ctx,
      await planWithHoldout(ctx, day, { dryRun: false }),
      present,
      ctx.clock.now(),
      playsOfPush,
    )
    return lines
  }
})
