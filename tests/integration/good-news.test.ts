import { beforeEach, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import { presentDigest } from '../../src/jobs/present.ts'
import type { Card } from '../../src/model/card.ts'
import type { Day } from '../../src/model/day.ts'
import { HOLDOUT, scriptTrial } from '../../src/model/experiment.ts'
import { enqueuePlan } from '../../src/push/enqueue.ts'
import { addFollowUp, NOTHING_READ } from '../../src/store/follow-ups.ts'
import { GOOD_NEWS } from '../../src/store/good-news.ts'
import { textFor } from '../../src/text/index.ts'
import { addCustomer, addMember, addScoreRun, putScore } from '../support/people.ts'
import { event, openCase, today } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

describeEachDatabase('good news in the morning', (ctx) => {
  let rep: number
  let number = 0

  beforeEach(async () => {
    rep = (await addMember(ctx(), { name: '王芳' })).id
    await atRisk('风险甲')
  })

  async function atRisk(name: string): Promise<void> {
    const customer_id = await addCustomer(ctx(), { name, ownerId: rep })
    const run_id = await addScoreRun(ctx(), today(ctx()) - 1)
    const as_of = today(ctx()) - 1
    await putScore(ctx(), { customer_id, run_id, as_of, risk: 0.7, band: 'high', tier: 'B' })
  }

  /** A case of ten days ago that was pushed and, unless `followed` says otherwise, followed up seven days ago. */
  async function pushed(name: string, { followed = true, by = rep, push = true } = {}): Promise<number> {
    const customerId = await addCustomer(ctx(), { name, ownerId: rep })
    const caseId = await openCase(ctx(), { customer: customerId, owner: rep })
    const on = today(ctx()) - 10
    await ctx()
      .db.updateTable('cases')
      .set({ opened_on: on, last_pushed_on: push ? on : null, state: 'won', closed_at: ctx().clock.now() })
      .where('id', '=', caseId)
      .execute()
    const base = { ...NOTHING_READ, outcome: 'talked', note: '', inboundKey: `news-${number++}` }
    await addFollowUp(ctx(), {
      ...base,
      customerId,
      caseId,
      memberId: by,
      effective: followed,
      day: today(ctx()) - 7,
    })
    return customerId
  }

  async function digest(day: Day): Promise<Card> {
    const cards: Card[] = []
    const present = presentDigest(day - 1, textFor('zh-CN'))
    const plan = await planWithHoldout(ctx(), day, { dryRun: false })
    const mine = { ...plan, reps: plan.reps.filter(({ memberId }) => memberId === rep) }
    await enqueuePlan(
      ctx(),
      mine,
      (one) => {
        cards.push(present(one))
        return present(one)
      },
      calendarFor(ctx().settings).instant(day, 540),
    )
    const [card] = cards
    if (!card) throw new Error('no digest')
    return card
  }

  it('tells of an order after a follow-up, with its money, once', async () => {
    const id = await pushed('李记')
    await event(ctx(), id, { kind: 'order', day: today(ctx()) - 2, amount: 18_600_00 })
    await event(ctx(), id, { kind: 'order', day: today(ctx()) - 1, amount: 1_00 })
    const card = await digest(today(ctx()))
    expect(card.facts).toEqual(['好消息：你 11/16 跟进的李记又下单了，¥1.9万'])
    await atRisk('风险乙')
    expect((await digest(today(ctx()) + 1)).facts).toBeUndefined()
    const rows = await ctx().db.selectFrom('case_log').select('id').where('action', '=', GOOD_NEWS).execute()
    expect(rows.length).toBe(1)
  })

  it('is silent without a push, a follow-up that reached somebody, or a later order, and of other people', async () => {
    const colleague = (await addMember(ctx())).id
    const order = { kind: 'order', day: today(ctx()) - 2 }
    await event(ctx(), await pushed('没推过', { push: false }), order)
    await event(ctx(), await pushed('没接通', { followed: false }), order)
    await event(ctx(), await pushed('同事的', { by: colleague }), order)
    await event(ctx(), await pushed('早先下单'), { kind: 'order', day: today(ctx()) - 7 })
    await event(ctx(), await pushed('只是登录'), { kind: 'login', day: today(ctx()) - 2 })
    expect((await digest(today(ctx()))).facts).toBeUndefined()
  })

  /** The customer has arm B (control) of an experiment that has ended. */
  async function controlOf(name: string, customer_id: number): Promise<void> {
    const { id } = await ctx()
      .db.insertInto('experiments')
      .values({
        name,
        seed: 1,
        share: 0.1,
        exclude_top: 1,
        delay_days: 30,
        window_days: 30,
        baseline: 0.3,
        min_effect: 0.1,
        power: 0.8,
        started_at: 0,
        started_by: null,
        ended_at: 1,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await ctx()
      .db.insertInto('assignments')
      .values({
        experiment_id: Number(id),
        customer_id,
        day: today(ctx()) - 40,
        stratum: 'B/-',
        place: 0,
        arm: 'control',
        assigned_at: 0,
      })
      .execute()
  }

  it('is silent about the control group', async () => {
    const held = await pushed('对照')
    await event(ctx(), held, { kind: 'order', day: today(ctx()) - 2 })
    await controlOf(HOLDOUT, held)
    expect((await digest(today(ctx()))).facts).toBeUndefined()
  })

  it('tells of a customer that was spoken to with script B', async () => {
    const spoken = await pushed('话术')
    await event(ctx(), spoken, { kind: 'order', day: today(ctx()) - 2 })
    await controlOf(scriptTrial('silence'), spoken)
    expect((await digest(today(ctx()))).facts?.join()).toContain('话术')
  })

  it('takes two lines at most, the rest the next morning; a full card keeps its customers and one screen', async () => {
    for (const name of ['甲', '乙', '丙']) {
      await event(ctx(), await pushed(name), { kind: 'order', day: today(ctx()) - 2, amount: 100_00 })
    }
    expect((await digest(today(ctx()))).facts).toHaveLength(2)
    for (const name of ['风险乙', '风险丙', '风险丁', '风险戊', '风险己', '风险庚']) await atRisk(name)
    const card = await digest(today(ctx()) + 1)
    expect(card.items).toHaveLength(5)
    expect(cardLines(card).length).toBeLessThanOrEqual(12)
    expect(cardLines(card).join('\n')).toContain('又下单了')
  })
})
