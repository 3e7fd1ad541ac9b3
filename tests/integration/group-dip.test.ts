import { beforeEach, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { digest } from '../../src/jobs/digest.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import type { Card } from '../../src/model/card.ts'
import { addCustomer, addScoreRun, putScore } from '../support/people.ts'
import { type Company, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const MIN = 60_000

describeEachDatabase('a group that falls together', (ctx) => {
  let company: Company
  const runs = new Map<number, number>()

  beforeEach(async () => {
    const { db } = ctx()
    for (const table of [
      'outbox',
      'case_log',
      'customer_plays',
      'cases',
      'scores',
      'score_changes',
      'score_runs',
    ] as const)
      await db.deleteFrom(table).execute()
    for (const table of [
      'group_dips',
      'competitor_events',
      'audit',
      'inbox',
      'chats',
      'identities',
      'customers',
    ] as const)
      await db.deleteFrom(table).execute()
    await db.deleteFrom('members').execute()
    await db.deleteFrom('teams').execute()
    runs.clear()
    company = await seedCompany(ctx())
    for (let day = today(ctx()) - 90; day < today(ctx()); day++) runs.set(day, await addScoreRun(ctx(), day))
  })

  /** A customer whose band rose on that day. */
  async function falls(
    owner: number,
    asOf: number,
    tier = 'B',
    before: string | null = 'none',
  ): Promise<number> {
    const customer_id = await addCustomer(ctx(), { ownerId: owner })
    const run_id = runs.get(asOf) ?? 0
    await putScore(ctx(), { customer_id, run_id, as_of: asOf, risk: 0.8, band: 'high', tier })
    await ctx()
      .db.insertInto('score_changes')
      .values({ customer_id, run_id, as_of: asOf, field: 'band', before, after: 'high' })
      .execute()
    return customer_id
  }

  async function several(n: number, owner: number, tier = 'B'): Promise<number[]> {
    const ids: number[] = []
    for (let i = 0; i < n; i++) ids.push(await falls(owner, today(ctx()) - 1, i === 0 ? tier : 'B'))
    return ids
  }

  const morning = () => digest.run(ctx(), ctx().clock.now(), new AbortController().signal)
  async function dipCards(): Promise<{ id: string; card: Card }[]> {
    const rows = await ctx()
      .db.selectFrom('outbox')
      .select(['id', 'card_json'])
      .where('id', 'like', 'group-dip:%')
      .execute()
    return rows.map((row) => ({ id: row.id, card: JSON.parse(row.card_json) }))
  }

  it('32 alerts become one message to the lead; the top tier by name, an event comes through', async () => {
    const { wang, li } = company.members
    const [first = 0, second = 0] = await several(20, wang, 'A')
    await several(12, li)
    await ctx().db.updateTable('customers').set({ name: '华联超市' }).where('id', '=', first).execute()
    const event = await openCase(ctx(), { customer: second, owner: wang })
    await ctx().db.updateTable('cases').set({ lane: 'event' }).where('id', '=', event).execute()
    expect(await morning()).toMatchObject({ dips: 1, 'group-dip': 31, customers: 1 })
    expect(await morning()).toMatchObject({ dips: 0, 'group-dip': 31 })
    const cards = await dipCards()
    expect(cards.map((one) => one.id)).toEqual([expect.stringMatching(/^group-dip:\d+:playground:dm:lead$/)])
    const lines = cards[0] ? cardLines(cards[0].card) : []
    expect(lines[0]).toBe('32 家同时转入风险 · 团队「华东」')
    expect(lines.join('\n')).toContain('A 类先看：华联超市')
    expect(lines.join('\n')).toContain('今早新增 32 家，平时约 0.0 家')
    expect(lines.length).toBeLessThanOrEqual(12)
  })

  it('the lead lets them go out as usual, or wait longer; after two workdays they come by themselves', async () => {
    await several(12, company.members.wang)
    await morning()
    const [sent] = await dipCards()
    const lead = speaker(ctx(), 'lead')
    const day = calendarFor(ctx().settings).addWorkdays(today(ctx()), 2)
    const heldOn = async (on: number): Promise<number> =>
      (await planWithHoldout(ctx(), on, { dryRun: false })).held['group-dip']
    expect(await heldOn(day - 1)).toBe(12)
    expect(await heldOn(day)).toBe(0)
    expect((await lead.presses('先不推到', sent?.card)).text).toContain('才推送')
    expect(await heldOn(day)).toBe(12)
    expect((await lead.presses('照常推送', sent?.card)).text).toContain('照常推送')
    expect(await heldOn(today(ctx()))).toBe(0)
    await ctx().db.updateTable('group_dips').set({ team_id: company.teams.south }).execute()
    expect((await lead.presses('照常推送', sent?.card)).text).not.toContain('照常')
  })

  it('as many as usual is no dip, nor are first scores, nor a past too short to compare with', async () => {
    const { wang } = company.members
    const day = today(ctx())
    for (let ago = 2; ago <= 80; ago++) for (let n = 0; n < 3; n++) await falls(wang, day - ago)
    await several(8, wang)
    expect(await morning()).toMatchObject({ dips: 0, 'group-dip': 0 })
    await ctx().db.deleteFrom('score_changes').execute()
    for (let n = 0; n < 12; n++) await falls(wang, day - 1, 'B', null)
    expect(await morning()).toMatchObject({ dips: 0 })
    await several(12, wang)
    const early = ctx()
      .db.updateTable('score_runs')
      .where('as_of', '<', day - 20)
    await early.set({ state: 'failed' }).execute()
    expect(await morning()).toMatchObject({ dips: 0 })
  })

  it('竞品: what a lead entered is named as a possible cause, until it is removed', async () => {
    const lead = speaker(ctx(), 'lead')
    expect((await speaker(ctx(), 'wang').says('竞品')).text).toContain('主管')
    expect((await lead.says('竞品')).text).toContain('还没有录入')
    const entered = (await lead.says('竞品 录入 双11大促 11/1 11月21日 华东')).text
    expect(entered).toMatch(/已录入「双11大促」。\n(\d+)\. 双11大促 11\/1–11\/21 · 华东/)
    for (const words of [
      '录入 大促',
      '录入 大促 11/21 11/1',
      '录入 大促 2/30 3/1',
      '录入 11/1 11/2',
      '删除 99999',
    ]) {
      expect((await lead.says(`竞品 ${words}`)).text).not.toContain('已')
    }
    await several(12, company.members.wang)
    await morning()
    expect((await dipCards())[0]?.card.facts).toContain('可能原因：竞品「双11大促」11/1–11/21')
    const [, id] = /(\d+)\. 双11大促/.exec(entered) ?? []
    expect((await lead.says(`竞品 删除 ${id}`)).text).toContain('还没有录入')
  })

  it('customers of a team without a lead: the administrator is told', async () => {
    await several(12, company.members.zhao)
    ctx().clock.advanceTo(ctx().clock.now() + MIN)
    expect(await morning()).toMatchObject({ dips: 1 })
    expect((await dipCards()).map((one) => one.id)).toEqual([expect.stringMatching(/:dm:admin$/)])
  })
})
