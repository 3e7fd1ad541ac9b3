import { beforeAll, expect, it } from 'vitest'
import { presentUrgent } from '../../src/jobs/present.ts'
import type { Card } from '../../src/model/card.ts'
import { pushUrgentEvents } from '../../src/push/urgent.ts'
import { scoreCustomers } from '../../src/scoring/score-customers.ts'
import { orderDaysOf } from '../../src/store/customer-history.ts'
import { textFor } from '../../src/text/index.ts'
import { addEvent } from '../support/people.ts'
import { customer, event, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

/** Days ago of seven orders: gaps of 28, 35, 31, 44, 29 and 30 days, then silence. */
const ORDERS_AGO = [289, 261, 226, 195, 151, 122, 92]

describeEachDatabase('charts on cards', (ctxNow) => {
  let ctx: TestCtx
  let quiet: number
  let young: number
  let owners: Awaited<ReturnType<typeof seedCompany>>['members']

  beforeAll(async () => {
    ctx = ctxNow()
    owners = (await seedCompany(ctx)).members
    quiet = await customer(ctx, { name: '张三制造', owner: owners.wang })
    young = await customer(ctx, { name: '赵家机电', owner: owners.wang })
    for (const ago of ORDERS_AGO)
      await event(ctx, quiet, { kind: 'order', day: today(ctx) - ago, amount: ago })
    // Two orders of one day are one purchase.
    await event(ctx, quiet, { kind: 'order', day: today(ctx) - 92, amount: 5 })
    for (const ago of [40, 10]) await event(ctx, young, { kind: 'order', day: today(ctx) - ago })
    await scoreCustomers(ctx, { asOf: today(ctx) - 1 })
  })

  const chartOf = (card: Card | undefined) => card?.chart

  it.each(['为什么', '客户'])(
    '%s draws the cycle that its sentence names, as of the same day',
    async (word) => {
      const said = await speaker(ctx, 'wang').says(`${word} 张三制造`)
      expect(chartOf(said.cards[0])).toMatchObject({
        kind: 'own-cycle',
        orders: ORDERS_AGO.map((ago) => today(ctx) - ago),
        typical: 31,
        asOf: today(ctx) - 1,
        late: true,
      })
      expect(said.text).toContain('通常每31天下单（近7次，最长44天），今天第91天')
    },
  )

  it.each(['为什么', '客户'])('%s draws nothing of a customer with two orders', async (word) => {
    const said = await speaker(ctx, 'wang').says(`${word} 赵家机电`)
    expect(said.cards).toHaveLength(1)
    expect(chartOf(said.cards[0])).toBeUndefined()
  })

  it('an urgent card carries it, a digest none', async () => {
    await pushUrgentEvents(ctx, () => ({ summary: '', title: '' }))
    const at = ctx.clock.now()
    await addEvent(ctx, { customer_id: quiet, kind: 'complaint', at, day: today(ctx), text: '漏发' })
    const cards: Card[] = []
    await pushUrgentEvents(ctx, (entry, day) => {
      const card = presentUrgent(textFor('zh-CN'))(entry, day)
      cards.push(card)
      return card
    })
    expect(cards.map(chartOf)).toMatchObject([{ kind: 'own-cycle', typical: 31, asOf: today(ctx) - 1 }])
    const mine = await speaker(ctx, 'wang').says('我的')
    expect(mine.cards.map(chartOf)).toEqual([undefined])
  })

  it('order days are those of the scope, up to the day asked for', async () => {
    const own = { kind: 'own', memberId: owners.wang } as const
    const other = { kind: 'own', memberId: owners.li } as const
    const days = ORDERS_AGO.map((ago) => today(ctx) - ago)
    expect(await orderDaysOf(ctx, own, quiet, today(ctx))).toEqual(days)
    expect(await orderDaysOf(ctx, own, quiet, today(ctx) - 93)).toEqual(days.slice(0, -1))
    expect(await orderDaysOf(ctx, other, quiet, today(ctx))).toEqual([])
  })
})
