import { beforeAll, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { digest } from '../../src/jobs/digest.ts'
import { score } from '../../src/jobs/score.ts'
import type { Card } from '../../src/model/card.ts'
import type { Day } from '../../src/model/day.ts'
import type { Member } from '../../src/model/member.ts'
import { addCustomer, addEvent, addMember } from '../support/people.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

const MINUTE = 60_000
const CYCLE = 90

/** Behind 国庆, so that no long holiday lies between the last order and the next. */
const LAST = Date.parse('2026-10-12T10:00:00+08:00')

describeEachDatabase('a 90-day buyer', (ctxNow) => {
  let ctx: TestCtx
  let rep: Member
  let last: Day
  let customer: number
  const told: { day: Day; card: Card }[] = []

  const order = (customer_id: number, day: Day): Promise<number> =>
    addEvent(ctx, {
      customer_id,
      kind: 'order',
      at: calendarFor(ctx.settings).instant(day, 600),
      day,
      amount: 500_000,
    })

  /** The night's run and the morning's digest of a day. */
  async function live(day: Day): Promise<void> {
    const calendar = calendarFor(ctx.settings)
    const { signal } = new AbortController()
    ctx.clock.advanceTo(calendar.instant(day, 330))
    // Somebody else orders every day: the feed is alive.
    await order(busy, day - 1)
    await score.run(ctx, calendar.instant(day, 330), signal)
    ctx.clock.advanceTo(calendar.instant(day, calendar.workStart) + MINUTE)
    await digest.run(ctx, calendar.instant(day, calendar.workStart), signal)
    const row = await ctx.db
      .selectFrom('outbox')
      .select('card_json')
      .where('id', '=', `digest:${rep.id}:${day}`)
      .executeTakeFirst()
    const card: Card | null = row ? JSON.parse(row.card_json) : null
    if (card && cardLines(card).join().includes('李记')) told.push({ day, card })
  }

  let busy = 0

  beforeAll(async () => {
    ctx = ctxNow()
    rep = await addMember(ctx)
    last = calendarFor(ctx.settings).dayOf(LAST)
    busy = await addCustomer(ctx, { name: '天天', ownerId: null })
    customer = await addCustomer(ctx, { name: '李记', ownerId: rep.id })
    for (const cycles of [8, 7, 6, 5, 4, 3, 2, 1, 0]) await order(customer, last - cycles * CYCLE)
    // Others with the same rhythm: the segment's typical gap.
    for (let i = 0; i < 5; i++) {
      const other = await addCustomer(ctx, { ownerId: null })
      for (const cycles of [4, 3, 2, 1, 0]) await order(other, last - cycles * CYCLE - i)
    }
  })

  it('is told of about day 80, exactly once', async () => {
    for (let day = last + 70; day <= last + 95; day++) await live(day)
    expect(told).toHaveLength(1)
    const [first] = told
    expect(first && first.day - last).toBeGreaterThanOrEqual(74)
    expect(first && first.day - last).toBeLessThanOrEqual(86)
    const [item] = first?.card.items ?? []
    expect(item?.title).toContain('快到下单时间 · 李记：每 90 天左右下单，预计 1 月')
    expect(item?.actions?.[0]).toMatchObject({ action: 'customer', payload: { customer } })
    expect(first?.card.title).toContain('1 家快到下单时间')
  })

  it('and again in its next cycle', async () => {
    told.length = 0
    const next = last + 96
    await order(customer, next)
    for (let day = next + 72; day <= next + 86; day++) await live(day)
    expect(told).toHaveLength(1)
  })
})
