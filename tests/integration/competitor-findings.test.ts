import { beforeAll, beforeEach, expect, it } from 'vitest'
import { cardLines } from '../../src/cards/fit-card.ts'
import { digest } from '../../src/jobs/digest.ts'
import type { Card } from '../../src/model/card.ts'
import type { Day } from '../../src/model/day.ts'
import { competitorFindings } from '../../src/push/judge-competitors.ts'
import { addCompetitorEvent } from '../../src/store/competitor-events.ts'
import { addCustomer, addScoreRun, putScore } from '../support/people.ts'
import { type Company, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase, frozenClock, MONDAY_9AM } from '../support/test-ctx.ts'

/** Sunday 11-01 to Wednesday 11-11; today is Monday 2026-11-23. */
const SALE = { name: '双11大促', from: -22, to: -12 }

/** So many days of the sale. */
function inSale(n: number): number[] {
  return Array.from({ length: n }, (_, at) => SALE.from + (at % 10))
}

describeEachDatabase('what came of a competitor’s event', (ctx) => {
  let company: Company
  const runs = new Map<Day, number>()

  beforeAll(async () => {
    for (let day = today(ctx()) - 90; day < today(ctx()); day++) runs.set(day, await addScoreRun(ctx(), day))
  })
  beforeEach(async () => {
    const { db } = ctx()
    await db.updateTable('score_runs').set({ state: 'done' }).execute()
    const facts = [
      'outbox',
      'customer_plays',
      'case_log',
      'cases',
      'scores',
      'score_changes',
      'group_dips',
    ] as const
    for (const table of facts) await db.deleteFrom(table).execute()
    const people = ['competitor_events', 'audit', 'inbox', 'chats', 'identities', 'customers'] as const
    for (const table of people) await db.deleteFrom(table).execute()
    await db.deleteFrom('members').execute()
    await db.deleteFrom('teams').execute()
    company = await seedCompany(ctx())
  })

  type Traits = { region?: string; segment?: string }

  /** One new customer on each of these days. */
  async function fall(owner: number, agos: readonly number[], traits: Traits = {}): Promise<void> {
    for (const ago of agos) await rises(await added(owner, traits), [ago])
  }

  async function added(ownerId: number, traits: Traits): Promise<number> {
    const customer_id = await addCustomer(ctx(), { ownerId, ...traits })
    const [run_id = 0] = runs.values()
    const as_of = today(ctx()) - 1
    await putScore(ctx(), { customer_id, run_id, as_of, risk: 0.8, band: 'high', tier: 'B' })
    return customer_id
  }

  /** The same customer again and again. */
  async function rises(customer_id: number, agos: readonly number[]): Promise<void> {
    const changes = agos.map((ago) => {
      const as_of = today(ctx()) + ago
      const run_id = runs.get(as_of) ?? 0
      return { customer_id, run_id, as_of, field: 'band', before: 'none', after: 'high' } as const
    })
    await ctx().db.insertInto('score_changes').values(changes).execute()
  }

  /** One every three days before the sale, and so many in its days. */
  async function history(inWindow: number, owner: number, traits: Traits = {}): Promise<void> {
    const every3 = Array.from({ length: 22 }, (_, at) => SALE.from - 1 - 3 * at)
    await rises(await added(owner, traits), every3)
    await fall(owner, inSale(inWindow), traits)
  }

  function enters(region: string | null = null): Promise<number> {
    const [from, to] = [today(ctx()) + SALE.from, today(ctx()) + SALE.to]
    return addCompetitorEvent(ctx(), { name: SALE.name, from, to, region }, company.members.lead)
  }

  const morning = (at = MONDAY_9AM) =>
    digest.run({ ...ctx(), clock: frozenClock(at) }, at, new AbortController().signal)
  async function sent(): Promise<{ id: string; card: Card }[]> {
    const rows = await ctx()
      .db.selectFrom('outbox')
      .select(['id', 'card_json'])
      .where('id', 'like', 'competitor:%')
      .orderBy('id')
      .execute()
    return rows.map((row) => ({ id: row.id, card: JSON.parse(row.card_json) }))
  }

  it('a dip is told to the lead once, with n, what is usual, interval, definition and as-of', async () => {
    await history(20, company.members.wang)
    const id = await enters()
    expect(await morning()).toMatchObject({ windows: 1 })
    expect(await morning()).toMatchObject({ windows: 0 })
    expect(await morning(MONDAY_9AM + 86_400_000)).toMatchObject({ windows: 0 })
    const cards = await sent()
    expect(cards.map((one) => one.id)).toEqual([`competitor:${id}:playground:dm:lead`])
    const lines = cards[0] ? cardLines(cards[0].card) : []
    expect(lines.length).toBeLessThanOrEqual(12)
    expect(lines[0]).toBe('竞品「双11大促」期间，转入风险的客户多于平时')
    const text = lines.join('\n')
    expect(text).toMatch(/20 家 11\/1–11\/11 转入风险 · 全国/)
    expect(text).toMatch(/平时同样天数 约 4\.2 家（95 % 区间 1–9）/)
    expect(text).toMatch(/口径：期内风险升到「中」及以上的客户；平时按之前 40 个工作日折算/)
    expect(text).toMatch(/数据截至 11\/11（周三）/)
    expect(cards[0]?.card.actions).toHaveLength(2)
  })

  it('a window like other days, one that is not over, or one elsewhere brings nothing', async () => {
    await history(4, company.members.wang)
    await enters()
    expect(await morning()).toMatchObject({ windows: 0 })
    await fall(company.members.wang, inSale(16))
    await ctx().db.deleteFrom('competitor_events').execute()
    await enters('华北')
    const [from, to] = [today(ctx()) - 3, today(ctx()) + 3]
    await addCompetitorEvent(ctx(), { name: '促销', from, to, region: null }, company.members.lead)
    expect(await morning()).toMatchObject({ windows: 0 })
    expect(await sent()).toEqual([])
  })

  it('an event of a region is judged by the customers there; each team hears of its own', async () => {
    const { wang, zhao } = company.members
    await history(12, wang, { region: '华东' })
    await fall(zhao, inSale(8), { region: '华东' })
    await fall(zhao, inSale(9), { region: '华南' })
    const id = await enters('华东')
    expect(await morning()).toMatchObject({ windows: 2 })
    const cards = await sent()
    // 华南 has no lead: the administrator.
    expect(cards.map((one) => one.id).sort()).toEqual([
      `competitor:${id}:${company.teams.south}:playground:dm:admin`,
      `competitor:${id}:playground:dm:lead`,
    ])
    const texts = cards.map(({ card }) => cardLines(card).join('\n'))
    expect(texts.every((text) => text.includes('20 家 11/1–11/11 转入风险 · 华东'))).toBe(true)
    expect(texts.map((text) => /其中你们组 (\d+) 家/.exec(text)?.[1]).sort()).toEqual(['12', '8'])
  })

  it('a night without scores shortens the days that are counted, one before the sale makes them unknown', async () => {
    await history(20, company.members.wang)
    await enters()
    const fails = (ago: number) =>
      ctx()
        .db.updateTable('score_runs')
        .set({ state: 'failed' })
        .where('as_of', '=', today(ctx()) + ago)
        .execute()
    await fails(SALE.to)
    const [first] = await competitorFindings(ctx(), today(ctx()))
    expect(first).toMatchObject({ state: 'more', asOf: today(ctx()) + SALE.to - 1 })
    await fails(SALE.from - 1)
    expect(await competitorFindings(ctx(), today(ctx()))).toMatchObject([{ state: 'too-short' }])
  })

  it('a region that nobody has is pointed out when it is entered', async () => {
    const lead = speaker(ctx(), 'lead')
    expect((await lead.says('竞品 录入 大促 11/1 11/11 华东')).text).toContain('已录入「大促」。')
    expect((await lead.says('竞品 录入 大促 11/1 11/11 华冬')).text).toContain('没有「华冬」这个区域')
  })

  it('a segment that falls alone is named', async () => {
    await history(3, company.members.wang, { segment: '经销商' })
    const daily = Array.from({ length: 90 + SALE.to }, (_, at) => SALE.to - 1 - at)
    for (let n = 0; n < 4; n++) await rises(await added(company.members.wang, { segment: '门店' }), daily)
    await fall(company.members.wang, inSale(14), { segment: '经销商' })
    await enters()
    await morning()
    const [only] = await sent()
    expect(only && cardLines(only.card).join('\n')).toContain('17 家 11/1–11/11 转入风险 · 全国 · “经销商”类')
  })

  it('竞品 shows what came of each: 样本不足 where the time before is too short', async () => {
    await history(20, company.members.wang)
    await enters()
    const lead = speaker(ctx(), 'lead')
    expect((await lead.says('竞品')).text).toMatch(
      /11\/1–11\/11 · 全国 · 转入风险 20 家，多于平时（约 4\.2 家）/,
    )
    const before = ctx()
      .db.updateTable('score_runs')
      .where('as_of', '<', today(ctx()) - 40)
    await before.set({ state: 'failed' }).execute()
    expect((await lead.says('竞品')).text).toContain('11/1–11/11 · 全国 · 样本不足')
    expect(await competitorFindings(ctx(), today(ctx()))).toMatchObject([{ state: 'too-short' }])
    expect(await morning()).toMatchObject({ windows: 0 })
  })
})
