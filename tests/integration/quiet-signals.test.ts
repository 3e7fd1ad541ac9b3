import { beforeEach, expect, it } from 'vitest'
import { digest } from '../../src/jobs/digest.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import type { Card } from '../../src/model/card.ts'
import type { CaseState } from '../../src/model/case.ts'
import type { Evidence } from '../../src/model/score.ts'
import { logCase } from '../../src/store/case-log.ts'
import { addCustomer, addScoreRun, putScore } from '../support/people.ts'
import { type Company, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const HOUR = 3_600_000
const evidence = (signal: string, points = 40): Evidence => ({ signal, points, facts: [] })

describeEachDatabase('signals that are often wrong', (ctx) => {
  let company: Company

  beforeEach(async () => {
    const { db } = ctx()
    for (const table of [
      'outbox',
      'case_log',
      'customer_plays',
      'cases',
      'scores',
      'score_runs',
      'signal_states',
    ] as const)
      await db.deleteFrom(table).execute()
    for (const table of ['audit', 'inbox', 'chats', 'identities', 'customers', 'members', 'teams'] as const)
      await db.deleteFrom(table).execute()
    company = await seedCompany(ctx())
  })

  /** A case of a customer of 王芳, decided as `state` now. */
  async function decided(signal: string, state: CaseState): Promise<void> {
    const owner = company.members.wang
    const customer = await addCustomer(ctx(), { ownerId: owner })
    const why = [evidence('nps', 5), evidence(signal)]
    const id = await openCase(ctx(), { customer, owner, evidence: why })
    ctx().clock.advanceTo(ctx().clock.now() + 1_000)
    const closed_at = state === 'waiting' ? null : ctx().clock.now()
    await ctx().db.updateTable('cases').set({ state, closed_at }).where('id', '=', id).execute()
    if (state === 'waiting') await logCase(ctx(), { caseId: id, memberId: owner, action: 'follow-up' })
  }

  async function several(signal: string, n: number, state: CaseState): Promise<void> {
    for (let i = 0; i < n; i++) await decided(signal, state)
  }

  async function atRisk(...why: Evidence[]): Promise<number> {
    const customer_id = await addCustomer(ctx(), { ownerId: company.members.wang })
    const as_of = today(ctx()) - 1
    const run_id = await addScoreRun(ctx(), as_of)
    const evidence_json = JSON.stringify(why)
    await putScore(ctx(), { customer_id, run_id, as_of, risk: 0.8, band: 'high', evidence_json })
    return customer_id
  }

  const morning = () => digest.run(ctx(), ctx().clock.now(), new AbortController().signal)
  async function told(): Promise<Card[]> {
    const rows = await ctx()
      .db.selectFrom('outbox')
      .select('card_json')
      .where('id', 'like', 'signal:%')
      .execute()
    return rows.map((row): Card => JSON.parse(row.card_json))
  }

  it('8 of 20 wrong: it is muted, said once with its figures, and pushes nobody by itself', async () => {
    const alone = await atRisk(evidence('silence'))
    const besides = await atRisk(evidence('silence'), evidence('overdue', 10))
    await several('silence', 8, 'false-alarm')
    await several('silence', 12, 'waiting')
    await several('overdue', 5, 'false-alarm')
    expect(await morning()).toMatchObject({ quieted: 1, 'muted-signal': 1, customers: 1 })
    expect(await morning()).toMatchObject({ quieted: 0 })
    const cards = await told()
    expect(cards.map((one) => one.title)).toEqual(['信号「沉默」误报太多，已静音'])
    expect(cards[0]?.facts?.[0]).toBe('沉默：误报 8/20 = 40.0 %（区间 21.9 %–61.3 %）')
    const opened = await ctx()
      .db.selectFrom('cases')
      .select('customer_id')
      .where('state', '=', 'open')
      .execute()
    expect(opened.map((row) => Number(row.customer_id))).toEqual([besides])
    const score = await ctx()
      .db.selectFrom('scores')
      .selectAll()
      .where('customer_id', '=', alone)
      .executeTakeFirstOrThrow()
    expect(score).toMatchObject({ band: 'high', risk: 0.8 })
  })

  it('what nobody answered decides nothing, and an outcome that is waited for is no false alarm', async () => {
    await atRisk(evidence('silence'))
    await several('silence', 7, 'false-alarm')
    await several('silence', 40, 'expired')
    await several('silence', 12, 'working')
    expect(await morning()).toMatchObject({ quieted: 0 })
    await several('silence', 16, 'waiting')
    // The newest 20: 16 real, 4 false: a warning.
    expect(await morning()).toMatchObject({ quieted: 1 })
    expect((await told())[0]?.title).toBe('信号「沉默」误报偏高')
    expect(await morning()).toMatchObject({ quieted: 0 })
  })

  it('a complaint is never muted by the bot', async () => {
    await atRisk(evidence('silence'))
    await several('complaint', 20, 'false-alarm')
    await morning()
    expect((await told())[0]?.title).toBe('信号「投诉」误报偏高')
    expect(await ctx().db.selectFrom('signal_states').select('state').execute()).toEqual([
      { state: 'warned' },
    ])
  })

  it('the administrator restores it with a button: counted afresh, pushed again', async () => {
    const alone = await atRisk(evidence('silence'))
    await several('silence', 20, 'false-alarm')
    await morning()
    const admin = speaker(ctx(), 'admin')
    const [card] = await told()
    expect((await admin.presses('保持静音', card)).text).toContain('「沉默」保持静音')
    expect((await admin.presses('恢复', card)).text).toContain('「沉默」已恢复')
    expect((await admin.presses('恢复', card)).text).toContain('已经是这样了')
    ctx().clock.advanceTo(ctx().clock.now() + HOUR)
    expect(await morning()).toMatchObject({ quieted: 0 })
    const plan = await planWithHoldout(ctx(), today(ctx()), { dryRun: false })
    expect(plan.held['muted-signal']).toBe(0)
    expect(plan.reps.flatMap((rep) => rep.items.map((one) => one.customerId)).concat(alone)).toContain(alone)
    await several('silence', 20, 'false-alarm')
    expect(await morning()).toMatchObject({ quieted: 1 })
    const rows = await ctx().db.selectFrom('audit').select('detail').where('action', '=', 'signal').execute()
    expect(rows.map((row) => JSON.parse(row.detail ?? '{}').state)).toEqual([
      'muted',
      'muted',
      'active',
      'muted',
    ])
  })

  it('in words: 信号, 静音, 恢复', async () => {
    await several('overdue', 3, 'false-alarm')
    const admin = speaker(ctx(), 'admin')
    expect((await admin.says('信号')).text).toContain('超过采购周期：误报 3/3，样本不足')
    expect((await admin.says('静音 超过采购周期')).text).toContain('已静音')
    expect((await admin.says('信号')).text).toMatch(/误报 3\/3，样本不足 · 已静音/)
    expect((await admin.says('恢复 信号 超过采购周期')).text).toContain('已恢复')
    expect((await admin.says('恢复信号 超过采购周期')).text).toContain('已经是这样了')
    expect((await admin.says('静音 天气')).text).toContain('没有「天气」这个信号')
    expect((await admin.says('静音')).text).toContain('要静音或恢复哪个信号')
    expect((await speaker(ctx(), 'lead').says('信号')).text).toContain('管理员')
  })
})
