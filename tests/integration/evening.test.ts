import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Card } from '../../src/model/card.ts'
import { addAbsence } from '../../src/store/duty.ts'
import { textFor } from '../../src/text/index.ts'
import { breachesOfDay } from '../support/lived-days/evening.ts'
import { type Company, customer, openCase, seedCompany, today } from '../support/talk.ts'
import { MONDAY_9AM, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

let ctx: TestCtx & { close(): Promise<void> }
let company: Company

beforeEach(async () => {
  ctx = await sqliteCtx()
  company = await seedCompany(ctx)
})
afterEach(() => ctx.close())

/** A card with one customer per case. */
function asking(...cases: number[]): Card {
  const items = cases.map((id) => ({
    title: `${id}`,
    lines: [],
    actions: [{ action: 'contacted', label: '已联系', payload: { case: id } }],
  }))
  return { summary: '-', title: '-', items }
}

const HOUR = 3_600_000
const arrive = (key: string, card: Card, at = MONDAY_9AM) => ({
  person: 'wang',
  shown: { key, at, first: card, card },
})
const breaches = (...arrived: ReturnType<typeof arrive>[]) => breachesOfDay(ctx, today(ctx), arrived)

it('a good morning has no breach', async () => {
  expect(await breaches(arrive('digest:1:1', asking(1, 2)), arrive('event:1:1', asking(3)))).toEqual([])
})

it('finds what came at night, beyond the budget, twice or too long', async () => {
  expect(await breaches(arrive('digest:1', asking(1), MONDAY_9AM + 12 * HOUR))).toEqual([
    'digest:1 came outside work hours',
  ])
  expect((await breaches(arrive('digest:1', asking(1, 2, 3, 4, 5, 6)))).join()).toContain('6 customers')
  const urgent = [1, 2, 3].map((id) => arrive(`event:${id}`, asking(id)))
  expect((await breaches(...urgent)).join()).toContain('3 urgent cards')
  expect((await breaches(arrive('digest:1', asking(1)), arrive('event:1', asking(1)))).join()).toContain(
    'twice',
  )
  expect((await breaches(arrive('late:1', asking()), arrive('late:2', asking()))).join()).toContain(
    '2 reminders',
  )
  const long = { ...asking(), facts: Array.from({ length: 20 }, (_, n) => `${n}`) }
  expect((await breaches(arrive('notice', long))).join()).toContain('longer than a screen')
})

it('finds what came to somebody who is away or gone, and what said that something broke', async () => {
  const { wang } = company.members
  const day = today(ctx)
  const leave = { memberId: wang, deputyId: null, from: day, until: day + 1, setBy: wang }
  await addAbsence(ctx, leave)
  expect(await breaches(arrive('digest:1', asking(1), MONDAY_9AM + HOUR))).toEqual([
    'digest:1 came to wang, who is away',
  ])
  await ctx.db.updateTable('members').set({ active: 0 }).where('id', '=', wang).execute()
  expect((await breaches(arrive('digest:1', asking(1)))).join()).toContain('does not work here')
  const broken = { ...asking(), title: textFor('zh-CN').common.errors.bug }
  expect((await breaches(arrive('reply:1', broken))).join()).toContain('wang read')
})

it('finds a case that nobody ends', async () => {
  const { wang } = company.members
  const id = await openCase(ctx, { customer: await customer(ctx, { name: '甲', owner: wang }), owner: wang })
  expect(await breaches()).toEqual([])
  await ctx.db
    .updateTable('cases')
    .set({ opened_on: today(ctx) - 60 })
    .where('id', '=', id)
    .execute()
  expect(await breaches()).toEqual([`case ${id} stays open for ever`])
})
