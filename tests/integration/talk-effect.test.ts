import { beforeAll, describe, expect, it } from 'vitest'
import { cardLines } from '../../src/cards/fit-card.ts'
import { svgOf } from '../../src/charts/draw-chart.ts'
import { textFor } from '../../src/text/index.ts'
import { liveThrough, withHoldout } from '../support/holdout-world.ts'
import { type Company, customer, event, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

/** Few customers are needed to find a gain this large. */
const LARGE = { share: 0.3, minEffect: 0.4 }

describeEachDatabase('成效 without a control group', (ctx) => {
  let company: Company

  beforeAll(async () => {
    company = await seedCompany(ctx())
    const { wang, zhao } = company.members
    for (let n = 0; n < 30; n++) {
      const id = await customer(ctx(), { name: `客户${n}`, owner: n < 24 ? wang : zhao })
      const caseId = await openCase(ctx(), { customer: id, owner: wang })
      const opened = today(ctx()) - 60
      await ctx()
        .db.updateTable('cases')
        .set({ opened_on: opened, ...(n < 5 && { state: 'won', closed_at: ctx().clock.now() }) })
        .where('id', '=', caseId)
        .execute()
      // An order of the alert's own day proves nothing.
      await event(ctx(), id, { kind: 'order', day: n % 3 === 0 ? opened + 9 : opened, amount: 100_00 })
    }
  })

  it('tells a lead what became of the alerts of the team, and that it proves nothing', async () => {
    const said = await speaker(ctx(), 'lead').says('成效')
    expect(said.cards[0]?.figure).toEqual({ value: '33.3 %', label: '提醒后 30 天内下单（没有对照）' })
    expect(said.text).toContain('提醒成效 · 华东')
    expect(said.text).toContain('8/24 家下单')
    expect(said.text).toContain('不能说明是提醒的功劳')
    expect(said.text).toContain('请管理员打开')
    expect(said.text).not.toContain('90 天内')
  })

  it('counts a win only with an order after the alert', async () => {
    const said = await speaker(ctx(), 'lead').says('成效')
    expect(said.text).toContain('近 90 天记为挽回：有订单 2 家，只是口头 3 家（不算）')
  })

  it('tells an administrator how to switch it on; a team or a period can be named', async () => {
    const admin = speaker(ctx(), 'admin')
    expect((await admin.says('成效')).text).toContain('10/30 家下单')
    expect((await admin.says('成效')).text).toContain('对照组 开 10%')
    expect((await admin.says('成效 华南')).text).toContain('样本不足')
    expect((await admin.says('成效 近30天')).text).toContain('近 30 天的提醒')
    expect((await admin.says('成效 近30天')).text).toContain('到期 0 家，至少要 20 家')
    expect((await admin.says('成效 去年')).text).toContain('样本不足')
    expect((await admin.says('成效 乱写')).text).toContain('没看懂「乱写」')
  })

  it.each(['流失', '跟进率', '原因', '成效'])(
    '%s reads period and team like the other figures',
    async (word) => {
      const lead = speaker(ctx(), 'lead')
      expect((await lead.says(`${word} 近30天华东`)).text).toMatch(/华东[\s\S]*近 30 天|近 30 天[\s\S]*华东/)
      expect((await lead.says(`${word} 本季 华南`)).text).toContain('无权限查看这个团队')
      expect((await lead.says(`${word} 改天`)).text).toContain('没看懂「改天」')
    },
  )

  it('is for leads, of their own team, and shows totals in a group', async () => {
    expect((await speaker(ctx(), 'wang').says('成效')).text).toContain('主管')
    expect((await speaker(ctx(), 'lead').says('成效 华南')).text).not.toContain('家下单')
    const inGroup = await speaker(ctx(), 'lead').saysIn('east', '成效')
    expect(inGroup.text).toContain('8/24 家下单')
    expect(inGroup.text).not.toContain('客户1')
  })
})

describeEachDatabase('成效 with a control group', (ctx) => {
  let on: TestCtx
  let company: Company

  beforeAll(async () => {
    on = withHoldout(ctx(), LARGE)
    company = await seedCompany(on)
  })

  it('says how many are missing, and what they could show', async () => {
    await liveThrough(on, { seed: 1, reps: 1, mornings: 2, stay: 0.3, gain: 0.5 }, company.teams.east)
    const said = await speaker(on, 'lead').says('成效')
    expect(said.cards[0]?.figure?.value).toBe('样本不足')
    expect(said.text).toMatch(/还差：提醒组 \d+ 家、对照组 \d+ 家/)
    expect(said.text).toMatch(/按现在的速度，约 [\d/]+ 够数/)
    expect(said.text).toContain('口径')
    expect(said.cards[0]?.chart).toBeUndefined()
  })

  it('shows the gain with its interval, both groups, money, definition, as-of, and a picture', async () => {
    await liveThrough(on, { seed: 2, reps: 10, mornings: 2, stay: 0.2, gain: 0.6 }, company.teams.east)
    const said = await speaker(on, 'lead').says('成效')
    const [card] = said.cards
    expect(card?.figure?.value).toMatch(/^\+\d+\.\d 个百分点$/)
    for (const words of [
      '95 % 区间',
      '提醒组',
      '对照组',
      '多留住',
      '多成交',
      '提醒有用',
      '口径',
      '数据截至',
    ]) {
      expect(said.text).toContain(words)
    }
    expect(card && cardLines(card).length).toBeLessThanOrEqual(12)
    expect(card?.chart).toMatchObject({ kind: 'effect' })
    if (!card?.chart) throw new Error('no chart')
    expect(svgOf(card.chart, textFor('zh-CN'))).toContain('对照组')
    expect((await speaker(on, 'admin').says('成效')).text).toContain('提醒有用')
    expect((await speaker(on, 'admin').says('成效 华南')).text).toContain('样本不足')
  })
})

describe('the whole loop, from settings to 成效', () => {
  const SEEDS = 30

  async function verdictOf(seed: number, gain: number): Promise<string> {
    const plain = await sqliteCtx()
    const ctx = withHoldout(plain, LARGE)
    await seedCompany(ctx)
    await liveThrough(ctx, { seed, reps: 8, mornings: 2, stay: 0.3, gain })
    const { text } = await speaker(ctx, 'admin').says('成效')
    await plain.close()
    return ['提醒有用', '反而更差', '看不出差别'].find((words) => text.includes(words)) ?? text
  }

  it(`finds nothing where there is nothing: ${SEEDS} companies`, async () => {
    const verdicts: string[] = []
    for (let seed = 1; seed <= SEEDS; seed++) verdicts.push(await verdictOf(seed, 0))
    expect(new Set(verdicts)).not.toContain('样本不足')
    // 5 % are expected; more than four of thirty have a probability of 1.6 %.
    expect(verdicts.filter((one) => one !== '看不出差别').length).toBeLessThanOrEqual(4)
  })

  it('finds an effect that is there', async () => {
    const verdicts: string[] = []
    for (let seed = 1; seed <= 10; seed++) verdicts.push(await verdictOf(seed, 0.5))
    expect(verdicts.filter((one) => one === '提醒有用').length).toBeGreaterThanOrEqual(8)
  })
})
