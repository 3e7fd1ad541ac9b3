import { beforeEach, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import type { Member } from '../../src/model/member.ts'
import type { DigestEntry } from '../../src/push/enqueue.ts'
import { pushUrgentEvents, type UrgentReport } from '../../src/push/urgent.ts'
import { openCaseOf } from '../../src/store/cases.ts'
import { addCustomer, addEvent, addMember } from '../support/people.ts'
import { describeEachDatabase, MONDAY_9AM } from '../support/test-ctx.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describeEachDatabase('event lane', (ctx) => {
  let rep: Member
  let customer: number
  let cards: DigestEntry[]
  let monday = MONDAY_9AM

  const calendar = () => calendarFor(ctx().settings)
  const goTo = (at: number): void => ctx().clock.advanceTo(at)

  async function happens(
    kind: string,
    customer_id = customer,
    ago = MINUTE,
    text = '货又晚到了',
  ): Promise<number> {
    const at = ctx().clock.now() - ago
    return addEvent(ctx(), { customer_id, kind, at, day: calendar().dayOf(at), text })
  }

  async function look(): Promise<UrgentReport> {
    cards = []
    return pushUrgentEvents(ctx(), (entry) => {
      cards.push(entry)
      return { summary: entry.customerName, title: entry.customerName }
    })
  }

  const notBefore = async (): Promise<number[]> => {
    const rows = await ctx()
      .db.selectFrom('outbox')
      .select('not_before')
      .where('lane', '=', 'urgent')
      .where('id', 'like', `%:${rep.id}`)
      .orderBy('seq')
      .execute()
    return rows.map((row) => Number(row.not_before))
  }

  beforeEach(async () => {
    monday += 28 * 86_400_000
    goTo(monday + HOUR)
    rep = await addMember(ctx())
    customer = await addCustomer(ctx(), { name: '张三制造', ownerId: rep.id })
    await look()
  })

  it('turns a complaint into a case and a card at once, even without any score', async () => {
    const id = await happens('complaint')
    expect(await look()).toMatchObject({ events: 1, cards: 1 })
    expect(await notBefore()).toEqual([ctx().clock.now()])
    expect(cards).toMatchObject([
      {
        customerName: '张三制造',
        evidence: [{ signal: 'complaint', facts: [{ values: { text: '货又晚到了' } }] }],
      },
    ])
    const opened = await openCaseOf(ctx(), customer)
    expect(opened).toMatchObject({ lane: 'event', eventId: id, causes: ['complaint'], ownerId: rep.id })
    expect(opened?.dueAt).toBe(calendar().addWorkMinutes(ctx().clock.now(), 24 * 60))
  })

  it('looks at each event once', async () => {
    await happens('complaint')
    await look()
    expect(await look()).toMatchObject({ events: 0, cards: 0 })
    expect(await notBefore()).toHaveLength(1)
  })

  it('finds an event that became visible late, below an id it has seen already', async () => {
    const hidden = await happens('complaint')
    await happens('login')
    const row = await ctx()
      .db.selectFrom('events')
      .selectAll()
      .where('id', '=', hidden)
      .executeTakeFirstOrThrow()
    await ctx().db.deleteFrom('events').where('id', '=', hidden).execute()
    await look()
    await ctx().db.insertInto('events').values(row).execute()
    expect(await look()).toMatchObject({ events: 1, cards: 1 })
    expect(await look()).toMatchObject({ events: 0 })
  })

  it('waits for work time at night, at lunch and on days off, and drops nothing', async () => {
    goTo(monday + 3 * HOUR + 10 * MINUTE)
    await happens('complaint')
    await look()
    goTo(monday + 14 * HOUR)
    await happens('contact-change', await addCustomer(ctx(), { ownerId: rep.id }), MINUTE, '张伟→李娜')
    await look()
    goTo(monday + 5 * 24 * HOUR)
    await happens('cancel', await addCustomer(ctx(), { ownerId: rep.id }))
    await look()
    const nextWork = calendar().nextWorkTime(monday + 5 * 24 * HOUR)
    expect(await notBefore()).toEqual([monday + 4.5 * HOUR, monday + 24 * HOUR, nextWork])
  })

  it('keeps the urgent budget of a rep and day; the surplus joins the next digest, first', async () => {
    const others = await Promise.all([1, 2].map(() => addCustomer(ctx(), { ownerId: rep.id })))
    for (const id of [customer, ...others]) await happens('complaint', id)
    expect(await look()).toMatchObject({ events: 3, cards: 2, deferred: 1 })
    const last = others[1] ?? 0
    expect(await openCaseOf(ctx(), last)).toMatchObject({ lane: 'event', lastPushedOn: null })
    const plan = await planWithHoldout(ctx(), calendar().dayOf(monday + 24 * HOUR), { dryRun: false })
    const mine = plan.reps.find((one) => one.memberId === rep.id)
    expect(mine?.items).toMatchObject([{ customerId: last, reason: 'event', rank: 1 }])
  })

  it('leaves old rows that are imported late to the score', async () => {
    await happens('complaint', customer, 9 * 24 * HOUR)
    expect(await look()).toMatchObject({ events: 0 })
    expect(await openCaseOf(ctx(), customer)).toBeNull()
  })

  it('leaves complaints that were resolved in the meantime', async () => {
    await happens('complaint', customer, 2 * HOUR)
    await happens('resolved', customer, HOUR)
    expect(await look()).toMatchObject({ events: 0 })
  })

  it('wakes a snoozed case', async () => {
    await happens('contact-change')
    await look()
    const before = await openCaseOf(ctx(), customer)
    await ctx()
      .db.updateTable('cases')
      .set({ snoozed_until: 99_999 })
      .where('id', '=', before?.id ?? 0)
      .execute()
    goTo(ctx().clock.now() + HOUR)
    await happens('complaint')
    expect(await look()).toMatchObject({ cards: 1 })
    expect(await openCaseOf(ctx(), customer)).toMatchObject({
      id: before?.id,
      snoozedUntil: null,
      causes: ['complaint', 'contact-change'],
    })
  })

  it('sends nothing to nobody: the administrator hears of it', async () => {
    const gone = await addMember(ctx(), { active: false })
    for (const ownerId of [null, gone.id]) await happens('complaint', await addCustomer(ctx(), { ownerId }))
    const report = await look()
    expect(report).toMatchObject({ events: 2, cards: 0 })
    expect(report.homeless).toHaveLength(2)
  })
})
