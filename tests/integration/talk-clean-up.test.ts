import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { cleanUpJob } from '../../src/jobs/clean-up.ts'
import type { Card } from '../../src/model/card.ts'
import { type Company, customer, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { pgliteCtx, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const COMPLAINT = [{ signal: 'complaint', points: 30, facts: [] }]

describe.each(Object.entries({ sqlite: sqliteCtx, pglite: pgliteCtx }))('清理 [%s]', (_, make) => {
  let ctx: TestCtx & { close(): Promise<void> }
  let company: Company

  /** Tuesday 2026-12-01, the first workday of the month. */
  beforeEach(async () => {
    ctx = await make({ at: Date.parse('2026-12-01T09:00:00+08:00') })
    company = await seedCompany(ctx)
    const { wang, li } = company.members
    await old('华联超市', wang, 40)
    await old('江南机电', wang, 35)
    await old('东方包装', wang, 10)
    await old('约好的', wang, 40, { next_on: today(ctx) + 2 })
    await old('稍后的', wang, 40, { snoozed_until: today(ctx) + 2 })
    await old('张三制造', li, 60)
  })
  afterEach(() => ctx.close())

  async function old(name: string, owner: number, days: number, patch: object = {}): Promise<void> {
    const id = await openCase(ctx, {
      customer: await customer(ctx, { name, owner }),
      owner,
      evidence: COMPLAINT,
    })
    const opened = { opened_on: today(ctx) - days, ...patch }
    await ctx.db.updateTable('cases').set(opened).where('id', '=', id).execute()
  }
  const run = () => cleanUpJob.run(ctx, ctx.clock.now(), new AbortController().signal)
  const openNames = async () => {
    const rows = await ctx.db
      .selectFrom('cases')
      .innerJoin('customers', 'customers.id', 'cases.customer_id')
      .select('customers.name')
      .where('closed_at', 'is', null)
      .orderBy('cases.id')
      .execute()
    return rows.map((row) => row.name)
  }

  it('once a month one card lists what is old by reason; one tap closes it, 撤销 brings it back', async () => {
    expect(await run()).toEqual({ told: 2 })
    expect(await run()).toEqual({ told: 0 })
    const [card] = await noticesTo(ctx, 'wang')
    expect(card && cardLines(card).join('\n')).toMatch(
      /2 张风险单超过 30 天没关[\s\S]*投诉 2 家：华联超市、江南机电/,
    )
    const wang = speaker(ctx, 'wang')
    expect((await wang.presses('一键清理 2 张', card)).text).toContain('已清理 2 张')
    expect(await openNames()).toEqual(['东方包装', '约好的', '稍后的', '张三制造'])
    expect((await wang.presses('一键清理', card)).text).toContain('已经处理过了')
    expect((await wang.says('撤销')).text).toContain('2 张风险单回来了')
    expect(await openNames()).toHaveLength(6)
  })

  it('a late tap closes no more than it showed', async () => {
    await run()
    const [card] = await noticesTo(ctx, 'wang')
    ctx.clock.advanceTo(ctx.clock.now() + 30 * 86_400_000)
    expect((await speaker(ctx, 'wang').presses('一键清理', card)).text).toContain('已清理 4 张')
    expect(await openNames()).toEqual(['东方包装', '张三制造'])
  })

  it('comes on the first workday only, and when asked', async () => {
    const calendar = calendarFor(ctx.settings)
    ctx.clock.advanceTo(calendar.instant(today(ctx) + 1, 9 * 60))
    expect(await run()).toEqual({ told: 0 })
    expect((await speaker(ctx, 'wang').says('清理')).text).toContain('2 张风险单')
    expect((await speaker(ctx, 'zhao').says('清理')).text).toContain('没有超过 30 天')
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
