import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { calendarFor } from '../../src/calendar.ts'
import { partsOfDay } from '../../src/model/day.ts'
import { pushUrgentEvents } from '../../src/push/urgent.ts'
import { churnFigures } from '../../src/stats/team-stats.ts'
import { caseFor } from '../../src/store/cases.ts'
import { promisedContacts } from '../../src/store/follow-ups.ts'
import { type Company, customer, event, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { pgliteCtx, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

describe.each(Object.entries({ sqlite: sqliteCtx, pglite: pgliteCtx }))('挽回与流失 [%s]', (_, make) => {
  let ctx: TestCtx & { close(): Promise<void> }
  let company: Company
  let hua: number
  let caseId: number

  beforeEach(async () => {
    ctx = await make()
    company = await seedCompany(ctx)
    const { wang } = company.members
    hua = await customer(ctx, { name: '华联超市', owner: wang })
    await event(ctx, hua, { kind: 'order', day: today(ctx) - 70, amount: 100_00 })
    caseId = await openCase(ctx, { customer: hua, owner: wang })
  })
  afterEach(() => ctx.close())

  const caseNow = () => caseFor(ctx, UNSCOPED, caseId)
  const cancels = () =>
    ctx.db.selectFrom('events').select(['day', 'text']).where('kind', '=', 'cancel').execute()

  it('a case that waits for its result has 挽回 and 流失; won is a claim, and can be taken back', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('跟进 华联超市 有意向 下周三再约')
    const mine = await wang.says('我的')
    expect(mine.cards[0]?.title).toMatch(/没有待跟进的风险客户，等结果 1 家$/)
    const [first] = mine.cards[0]?.items ?? []
    expect(first?.actions?.map((one) => one.label)).toEqual(['挽回', '流失', '为什么', '稍后'])
    const said = await wang.presses('挽回')
    expect(said.text).toMatch(/华联超市 · 已挽回[\s\S]*再下单才算证实/)
    expect(await caseNow()).toMatchObject({ state: 'won', reason: null })
    expect((await wang.says('撤销')).text).toContain('待结果')
    expect((await wang.says('挽回 华联超市')).text).toContain('已挽回')
    expect((await wang.says('挽回 华联超市')).text).toContain('没有待跟进的风险单')
  })

  it('客户, the case card and the echo of what ends a case have the ends too', async () => {
    const wang = speaker(ctx, 'wang')
    const labels = (card?: { actions?: readonly { label: string }[] }) =>
      card?.actions?.map((one) => one.label)
    expect(labels((await wang.says('客户 华联超市')).cards[0])).not.toContain('挽回')
    const ordered = await wang.says('跟进 华联超市 已经下单了')
    expect(labels(ordered.cards[0])).toEqual(['挽回', '3 天后 11/26', '下周一 11/30', '确认', '改', '撤销'])
    const shown = await wang.says('客户 华联超市')
    expect(labels(shown.cards[0])).toEqual(['挽回', '流失', '为什么', '打法', '稍后', '转交'])
    await wang.presses('稍后', shown.cards[0])
    const resting = await wang.presses('客户在忙', (await wang.presses('3 天后')).updates[0])
    expect(labels(resting.updates[0])).toEqual(['挽回', '流失', '撤销', '客户详情'])
    expect((await wang.presses('挽回', shown.cards[0])).text).toContain('华联超市 · 已挽回')
    await wang.says('撤销')
    const refused = await wang.says('跟进 华联超市 说不要了，下月再看')
    expect(labels(refused.cards[0])?.[0]).toBe('流失')
    expect((await wang.presses('流失', refused.cards[0])).text).toContain('为什么流失？')
  })

  it('流失 asks why with ten causes; one tap closes, dates the loss and sets the win-back day', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('联系了华联超市，嫌交货太慢，很不满')
    const asked = await wang.says('流失登记 华联超市')
    expect(asked.cards[0]?.actions?.[0]).toMatchObject({ label: '交付', style: 'primary' })
    await wang.says('撤销')
    expect(asked.cards[0]?.actions).toHaveLength(6)
    expect(await cancels()).toEqual([])
    const more = await wang.presses('更多', asked.cards[0])
    expect(more.updates[0]?.actions?.map(({ label }) => label)).toEqual([
      '对接人变动',
      '没有需求',
      '客户关停',
      '换了渠道',
      '其他',
      '返回',
    ])
    await wang.presses('返回')
    const done = await wang.presses('竞品')
    expect(done.text).toMatch(/已登记流失（竞品）[\s\S]*风险单已关闭[\s\S]*提醒你试着挽回/)
    expect(await caseNow()).toMatchObject({ state: 'lost', reason: 'competitor' })
    expect((await cancels()).map((row) => [Number(row.day), row.text])).toEqual([[today(ctx), '竞品']])
    const [promise] = await promisedContacts(ctx, UNSCOPED, { limit: 5 })
    const calendar = calendarFor(ctx.settings)
    const day90 = today(ctx) + 90
    expect(promise?.nextOn).toBe(calendar.isWorkday(day90) ? day90 : calendar.nextWorkday(day90))
    expect((await wang.presses('价格', asked.cards[0])).text).toContain('已经登记过流失')
    expect(await cancels()).toHaveLength(1)
    const present = () => ({ summary: 'x', title: 'x' })
    expect(await pushUrgentEvents(ctx, present)).toMatchObject({ events: 0, cards: 0 })
  })

  it('counts from the day that was said, and 撤销 restores figures, case and promise', async () => {
    const wang = speaker(ctx, 'wang')
    const on = today(ctx) - 3
    const { month, date, year } = partsOfDay(on)
    const label = `${year}-${String(month).padStart(2, '0')}`
    const question = { scope: UNSCOPED, period: { label, from: on - 10, to: on } }
    expect((await churnFigures(ctx, question)).lost).toBe(0)
    expect((await wang.says(`流失登记 华联超市 价格 ${month}/${date}`)).text).toContain('已登记流失（价格）')
    expect((await churnFigures(ctx, question)).lost).toBe(1)
    expect((await wang.says('撤销')).text).toContain('风险单回到「待确认」')
    expect((await churnFigures(ctx, question)).lost).toBe(0)
    expect(await promisedContacts(ctx, UNSCOPED, { limit: 5 })).toEqual([])
    expect(await cancels()).toEqual([])
    expect((await wang.says('流失登记 华联超市 服务')).text).toContain('已登记流失（服务）')
  })

  it('writes nothing for a day that cannot be, another rep’s customer, or less than a full name', async () => {
    const wang = speaker(ctx, 'wang')
    expect((await wang.says('流失登记 华联超市 价格 2020-01-01')).text).toContain('过去一年内')
    expect((await speaker(ctx, 'zhao').says('流失登记 华联超市 价格')).text).toContain('没有找到')
    await wang.says('流失登记 华联 价格')
    expect(await cancels()).toEqual([])
    expect((await caseNow())?.state).toBe('open')
    expect((await wang.says('流失 本月')).text).toContain('流失率')
  })

  it('two taps at once register one loss', async () => {
    const asked = await speaker(ctx, 'wang').says('流失登记 华联超市')
    const [card] = asked.cards
    await Promise.all([
      speaker(ctx, 'wang').presses('价格', card),
      speaker(ctx, 'lead').presses('服务', card),
    ])
    expect(await cancels()).toHaveLength(1)
    expect(await promisedContacts(ctx, UNSCOPED, { limit: 5 })).toHaveLength(1)
  })

  it('稍后 rests at once and then asks why; the reason is kept', async () => {
    const wang = speaker(ctx, 'wang')
    await wang.says('我的')
    await wang.presses('稍后')
    const rested = await wang.presses('3 天后')
    expect(rested.text).toContain('为什么稍后')
    expect(await caseNow()).toMatchObject({ snoozeReason: null })
    expect((await wang.presses('等客户答复')).text).toContain('原因：等客户答复')
    const snoozed = await caseNow()
    expect(snoozed).toMatchObject({ snoozeReason: 'awaiting-answer' })
    expect(snoozed?.snoozedUntil).toBeGreaterThan(today(ctx))
  })
})
