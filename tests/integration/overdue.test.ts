import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { overdue } from '../../src/jobs/overdue.ts'
import type { Card } from '../../src/model/card.ts'
import { takeLeave } from '../../src/retention/absence.ts'
import { caseHistory } from '../../src/store/case-log.ts'
import { type Company, customer, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { pgliteCtx, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const COMPLAINT = [{ signal: 'complaint', points: 30, facts: [] }]

/** Must-show 4: private nudge, then the lead, then a colleague offered; nothing in a group. */
describe.each(Object.entries({ sqlite: sqliteCtx, pglite: pgliteCtx }))('跟进时限 [%s]', (_, make) => {
  let ctx: TestCtx & { close(): Promise<void> }
  let company: Company

  beforeEach(async () => {
    ctx = await make()
    company = await seedCompany(ctx)
  })
  afterEach(() => ctx.close())

  const run = () => overdue.run(ctx, 0, new AbortController().signal)
  const goTo = (workdays: number, hour = 10) => {
    const calendar = calendarFor(ctx.settings)
    ctx.clock.advanceTo(calendar.instant(calendar.addWorkdays(today(ctx), workdays), hour * 60))
  }

  async function late(name: string, owner = company.members.wang): Promise<number> {
    const id = await openCase(ctx, {
      customer: await customer(ctx, { name, owner }),
      owner,
      evidence: COMPLAINT,
    })
    // Due at the end of the day.
    const dueAt = calendarFor(ctx.settings).instant(today(ctx) + 1) - 1
    await ctx.db.updateTable('cases').set({ due_at: dueAt }).where('id', '=', id).execute()
    return id
  }

  it('nudges the rep first, once, all in one card; the lead a workday later; then offers a colleague', async () => {
    const id = await late('华联超市')
    for (const n of [2, 3, 4, 5, 6, 7]) await late(`客户${n}`)
    expect(await run()).toMatchObject({ late: 0, nudged: 0, leads: 0 })
    goTo(1)
    expect(await run()).toMatchObject({ late: 7, nudged: 1, leads: 0 })
    expect(await run()).toMatchObject({ late: 7, nudged: 0, leads: 0 })
    const [nudge] = await noticesTo(ctx, 'wang')
    const lines = nudge ? cardLines(nudge) : []
    expect(lines.join('\n')).toMatch(/7 家超过跟进时限[\s\S]*华联超市 · 超 1 个工作日[\s\S]*还有 2 家/)
    expect(lines.length).toBeLessThanOrEqual(12)
    goTo(1)
    expect(await run()).toMatchObject({ nudged: 0, leads: 1 })
    expect(await run()).toMatchObject({ leads: 0 })
    const [first] = await noticesTo(ctx, 'lead')
    expect(first && cardLines(first).join('\n')).toMatch(/团队有 7 家超时未跟进[\s\S]*华联超市（王芳）/)
    expect(buttonsOf(first)).toContain('转交')
    goTo(1)
    expect(await run()).toMatchObject({ leads: 1 })
    expect(buttonsOf((await noticesTo(ctx, 'lead')).at(-1))).toContain('转给 李强')
    const steps = (await caseHistory(ctx, id)).map((row) => row.action)
    expect(steps).toEqual(['late-nudge', 'late-lead', 'late-reassign'])
    const groups = await ctx.db.selectFrom('outbox').select('id').where('address', 'like', 'group%').execute()
    expect(groups).toEqual([])
    expect(await noticesTo(ctx, 'wang')).toHaveLength(1)
  })

  it('leaves those alone who put it off, promised a day, have a result, or are not at work', async () => {
    const [snoozed, promised, waiting] = [await late('甲厂'), await late('乙厂'), await late('丙厂')]
    const set = (id: number, patch: object) =>
      ctx.db.updateTable('cases').set(patch).where('id', '=', id).execute()
    await set(snoozed, { snoozed_until: today(ctx) + 5 })
    await set(promised, { next_on: today(ctx) + 1, state: 'waiting' })
    await set(waiting, { state: 'waiting' })
    goTo(1)
    expect(await run()).toMatchObject({ late: 0 })
    const { wang, li } = company.members
    await late('丁厂')
    goTo(1)
    const away = { actor: { id: wang }, memberId: wang, deputyId: li }
    await takeLeave(ctx, { ...away, from: today(ctx), until: today(ctx) + 3 })
    expect(await run()).toMatchObject({ late: 2, nudged: 1 })
    expect(await noticesTo(ctx, 'wang')).toEqual([])
    expect((await noticesTo(ctx, 'li')).flatMap(cardLines).join()).toContain('丁厂（王芳）')
  })

  it('rests outside work hours, and never wakes the lead before the rep', async () => {
    await late('华联超市')
    goTo(4, 20)
    expect(await run()).toEqual({ offHours: 1 })
    goTo(1)
    expect(await run()).toMatchObject({ nudged: 1, leads: 0 })
    goTo(1)
    expect(await run()).toMatchObject({ nudged: 0, leads: 1 })
  })

  it('the lead reminds once a day, passes on, closes and takes it back with one tap', async () => {
    const [hua, jiang] = [await late('华联超市'), await late('江南机电')]
    goTo(1)
    await run()
    goTo(2)
    await run()
    const [card] = await noticesTo(ctx, 'lead')
    const lead = speaker(ctx, 'lead')
    expect((await lead.presses('提醒', card)).text).toContain('已提醒 王芳：华联超市')
    expect((await lead.presses('提醒', card)).text).toContain('今天提醒过 王芳')
    expect((await noticesTo(ctx, 'wang')).at(-1)).toMatchObject({ title: '陈总 请你跟进：华联超市' })
    expect((await lead.presses('关闭', card)).text).toContain('华联超市 · 已过期')
    expect((await lead.presses('关闭', card)).text).toContain('已经关闭')
    expect((await lead.says('撤销')).text).toContain('风险单回到「待确认」')
    expect((await lead.presses('转给 李强', card)).text).toContain('已转交：华联超市 → 李强')
    expect(await ownerOf(ctx, hua)).toBe(company.members.li)
    expect(await ownerOf(ctx, jiang)).toBe(company.members.wang)
    const { action, payload } = { action: 'remind', payload: { case: hua } }
    const pressed = { summary: '', title: '', actions: [{ action, label: '提醒', payload }] }
    expect((await speaker(ctx, 'wang').presses('提醒', pressed)).text).toContain('主管')
  })
})

function buttonsOf(card: Card | undefined): string[] {
  return (card?.items ?? []).flatMap((item) => item.actions ?? []).map((one) => one.label)
}

async function ownerOf(ctx: TestCtx, id: number): Promise<number> {
  const row = await ctx.db.selectFrom('cases').select('owner_id').where('id', '=', id).executeTakeFirst()
  return Number(row?.owner_id)
}

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
