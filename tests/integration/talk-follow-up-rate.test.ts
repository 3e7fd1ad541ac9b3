import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { expireCases } from '../../src/store/case-upkeep.ts'
import { addScoreRun, putScore } from '../support/people.ts'
import { type Company, customer, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { pgliteCtx, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const HOUR = 3_600_000

describe.each(Object.entries({ sqlite: sqliteCtx, pglite: pgliteCtx }))('跟进率 [%s]', (_, make) => {
  let ctx: TestCtx & { close(): Promise<void> }
  let company: Company

  /** Monday 09:00: 王芳 has four alerts, 李强 one, 赵敏 (华南) one; all are due by Thursday evening. */
  beforeEach(async () => {
    ctx = await make()
    company = await seedCompany(ctx)
    const { wang, li, zhao } = company.members
    const dueAt = calendarFor(ctx.settings).instant(today(ctx) + 4) - 1
    for (const [name, owner] of [
      ['华联超市', wang],
      ['江南机电', wang],
      ['东方包装', wang],
      ['西湖茶业', wang],
      ['张三制造', li],
      ['南海水产', zhao],
    ] as const) {
      const id = await openCase(ctx, { customer: await customer(ctx, { name, owner }), owner })
      await ctx.db
        .updateTable('cases')
        .set({ due_at: dueAt, sla_due_at: dueAt })
        .where('id', '=', id)
        .execute()
    }
  })
  afterEach(() => ctx.close())

  async function week(): Promise<void> {
    const wang = speaker(ctx, 'wang')
    ctx.clock.advanceTo(ctx.clock.now() + 2 * HOUR)
    await wang.says('跟进 华联超市 有意向 下周三再约')
    await wang.says('跟进 江南机电 没接电话')
    const mine = await wang.says('我的')
    const east = mine.cards[0]?.items?.find((item) => item.title.includes('东方包装'))
    await wang.presses('误报', { summary: '', title: '', actions: east?.actions ?? [] })
    await wang.presses('季节性')
    const calendar = calendarFor(ctx.settings)
    ctx.clock.advanceTo(calendar.instant(today(ctx) + 4, 10 * 60))
    await speaker(ctx, 'li').says('跟进 张三制造 有意向 下周三再约')
  }

  it('a lead sees n/N, interval, response time, definition; names only behind a button', async () => {
    await week()
    const lead = speaker(ctx, 'lead')
    const said = await lead.says('跟进率 本月')
    expect(said.text).toMatch(/25\.0 % 按时跟进率/)
    expect(said.text).toMatch(
      /按时 \/ 应跟进 1 \/ 4[\s\S]*95 % 区间[\s\S]*中位 2\.0 小时，P90 31\.0 小时（工作时间）/,
    )
    expect(said.text).toMatch(/误报 1 家、自行恢复 0 家不计[\s\S]*样本不足[\s\S]*口径：[\s\S]*截至/)
    expect(said.text).not.toMatch(/西湖茶业|江南机电/)
    const names = (await lead.presses('看未按时的 3 家')).text
    expect(names).toMatch(/江南机电（王芳）：应在 \S+ 前，还没跟进/)
    expect(names).toMatch(/张三制造（李强）：应在 \S+ 前，\S+ 才跟进/)
    expect(names).not.toContain('南海水产')
  })

  it('a touch without a result, and a follow-up taken back, are none', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('跟进 华联超市 有意向 下周三再约')
    await wang.says('撤销')
    ctx.clock.advanceTo(calendarFor(ctx.settings).instant(today(ctx) + 4, 10 * 60))
    expect((await wang.says('跟进率')).text).toMatch(/王芳[\s\S]*0 \/ 4[\s\S]*响应时间 数据不足/)
  })

  it('a risk that went away by itself in time is told apart, one that went away late is not', async () => {
    const wang = speaker(ctx, 'wang')
    const calm = async (name: string) => {
      const { id } = await ctx.db
        .selectFrom('customers')
        .select('id')
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
      const run_id = await addScoreRun(ctx, today(ctx) - 1)
      await putScore(ctx, { customer_id: Number(id), run_id, as_of: today(ctx) - 1, risk: 0.1, band: 'none' })
      await expireCases(ctx, 0)
    }
    ctx.clock.advanceTo(ctx.clock.now() + 24 * HOUR)
    await calm('华联超市')
    ctx.clock.advanceTo(calendarFor(ctx.settings).instant(today(ctx) + 3, 10 * 60))
    await calm('江南机电')
    expect((await wang.says('跟进率')).text).toMatch(/0 \/ 3[\s\S]*误报 0 家、自行恢复 1 家不计/)
  })

  it('in a group totals of its team and no button; another team’s figure is refused', async () => {
    await week()
    const said = await speaker(ctx, 'wang').saysIn('east', '跟进率 本周')
    expect(said.text).toContain('1 / 4')
    expect(said.cards.flatMap((card) => card.actions ?? [])).toEqual([])
    expect((await speaker(ctx, 'lead').says('跟进率 华南')).text).toContain('无权限')
    expect((await speaker(ctx, 'admin').says('跟进率 本周 华南')).text).toContain('0 / 1')
    expect((await speaker(ctx, 'lead').says('跟进率 上周')).text).toContain('数据不足')
  })
})
