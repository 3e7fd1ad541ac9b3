import { beforeEach, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { calendarFor } from '../../src/calendar.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import type { Day } from '../../src/model/day.ts'
import type { Member } from '../../src/model/member.ts'
import type { Evidence } from '../../src/model/score.ts'
import { type Digest, type Enqueued, enqueuePlan } from '../../src/push/enqueue.ts'
import { tidyCases } from '../../src/push/plan-today.ts'
import { takeAction } from '../../src/retention/cases.ts'
import { caseHistory } from '../../src/store/case-log.ts'
import { caseFor, openCaseOf } from '../../src/store/cases.ts'
import { addCustomer, addMember, addScoreRun, putScore } from '../support/people.ts'
import { describeEachDatabase, MONDAY_9AM } from '../support/test-ctx.ts'

const evidence = (signal: string): Evidence[] => [{ signal, points: 20, facts: [] }]

describeEachDatabase('enqueue', (ctx) => {
  let rep: Member
  let run: number
  let digests: Digest[]
  let monday = MONDAY_9AM

  const calendar = () => calendarFor(ctx().settings)
  const today = (): Day => calendar().dayOf(ctx().clock.now())

  async function pushToday(): Promise<Enqueued> {
    digests = []
    const plan = await planWithHoldout(ctx(), today(), { dryRun: false })
    const mine = { ...plan, reps: plan.reps.filter((one) => one.memberId === rep.id) }
    const present = (digest: Digest) => {
      digests.push(digest)
      return { summary: digest.repName, title: digest.items.map((item) => item.customerName).join() }
    }
    return enqueuePlan(ctx(), mine, present, ctx().clock.now())
  }

  async function atRisk(name: string, over: Partial<Parameters<typeof putScore>[1]> = {}): Promise<number> {
    const customer_id = await addCustomer(ctx(), { name, ownerId: rep.id })
    await putScore(ctx(), {
      customer_id,
      run_id: run,
      as_of: today() - 1,
      risk: 0.7,
      band: 'high',
      evidence_json: JSON.stringify(evidence('overdue')),
      ...over,
    })
    return customer_id
  }

  const rows = () =>
    ctx()
      .db.selectFrom('outbox')
      .select(['id', 'lane', 'address', 'score_run_id'])
      .where('id', 'like', `digest:${rep.id}:%`)
      .execute()

  beforeEach(async () => {
    monday += 28 * 86_400_000
    ctx().clock.advanceTo(monday)
    rep = await addMember(ctx())
    run = await addScoreRun(ctx(), today() - 1)
  })

  it('opens the cases and writes one digest; again changes nothing', async () => {
    const customer = await atRisk('张三制造')
    expect(await pushToday()).toEqual({ digests: 1, customers: 1, unreachable: [] })
    const opened = await openCaseOf(ctx(), customer)
    expect(opened).toMatchObject({ state: 'open', ownerId: rep.id, causes: ['overdue'], openedOn: today() })
    expect(calendar().dayOf(opened?.dueAt ?? 0)).toBe(calendar().addWorkdays(today(), 3))
    expect(digests).toMatchObject([
      { items: [{ caseId: opened?.id, rank: 1, evidence: evidence('overdue') }] },
    ])
    expect(await rows()).toMatchObject([
      { id: `digest:${rep.id}:${today()}`, lane: 'digest', score_run_id: run },
    ])

    const again = { ...(await planWithHoldout(ctx(), today(), { dryRun: false })), reps: [] }
    expect(again.held.repeat).toBeGreaterThan(0)
    expect(await pushToday()).toEqual({ digests: 0, customers: 0, unreachable: [] })
    expect(await rows()).toHaveLength(1)
    expect(await caseHistory(ctx(), opened?.id ?? 0)).toHaveLength(2)
  })

  it('two processes that planned the same morning write one digest', async () => {
    await atRisk('甲')
    const plan = await planWithHoldout(ctx(), today(), { dryRun: false })
    const present = () => ({ summary: 'x', title: 'x' })
    const both = await Promise.all([1, 2].map(() => enqueuePlan(ctx(), plan, present, ctx().clock.now())))
    expect(both.reduce((sum, one) => sum + one.customers, 0)).toBeGreaterThan(0)
    expect(await rows()).toHaveLength(1)
  })

  it('new signals join the open case', async () => {
    const customer = await atRisk('乙')
    await pushToday()
    const before = await openCaseOf(ctx(), customer)
    ctx().clock.advanceTo(ctx().clock.now() + 86_400_000)
    await putScore(ctx(), {
      customer_id: customer,
      run_id: run,
      as_of: today() - 1,
      risk: 0.9,
      band: 'urgent',
      evidence_json: JSON.stringify(evidence('complaint')),
    })
    await pushToday()
    expect(digests).toMatchObject([{ items: [{ reason: 'worse', caseId: before?.id }] }])
    expect(await openCaseOf(ctx(), customer)).toMatchObject({
      id: before?.id,
      causes: ['complaint', 'overdue'],
      band: 'urgent',
      why: evidence('complaint'),
      dueAt: before?.dueAt,
    })
  })

  it('rolls back the cases when the digest cannot be made', async () => {
    const customer = await atRisk('丙')
    const plan = await planWithHoldout(ctx(), today(), { dryRun: false })
    const mine = { ...plan, reps: plan.reps.filter((one) => one.memberId === rep.id) }
    const broken = (): never => {
      throw new Error('no card')
    }
    await expect(enqueuePlan(ctx(), mine, broken, 0)).rejects.toThrow('no card')
    expect(await openCaseOf(ctx(), customer)).toBeNull()
  })

  it('lists reps who cannot be reached and opens nothing for them', async () => {
    rep = await addMember(ctx(), { platform: null })
    const customer = await atRisk('丁')
    expect(await pushToday()).toEqual({ digests: 0, customers: 0, unreachable: [rep.id] })
    expect(await openCaseOf(ctx(), customer)).toBeNull()
  })

  it('respects what the rep answered: false alarms stay away until taken back', async () => {
    const customer = await atRisk('戊')
    await pushToday()
    const caseId = (await openCaseOf(ctx(), customer))?.id ?? 0
    const act = (action: Parameters<typeof takeAction>[1]['action']) =>
      takeAction(ctx(), { caseId, actor: rep, action, at: ctx().clock.now() })
    await act({ kind: 'false-alarm', reason: 'closed-down' })
    ctx().clock.advanceTo(ctx().clock.now() + 5 * 60_000)
    await act({ kind: 'undo' })
    await act({ kind: 'false-alarm', reason: 'closed-down' })
    ctx().clock.advanceTo(ctx().clock.now() + 14 * 86_400_000)
    await pushToday()
    expect(digests).toEqual([])
    expect(await caseFor(ctx(), UNSCOPED, caseId)).toMatchObject({ state: 'false-alarm' })
  })

  it('cases follow the customer to its new owner, and expire when it calms down or nobody answers', async () => {
    const [calm, silent] = [await atRisk('己'), await atRisk('庚')]
    await pushToday()
    const ids = await Promise.all([calm, silent].map(async (id) => (await openCaseOf(ctx(), id))?.id ?? 0))
    const successor = await addMember(ctx())
    await ctx()
      .db.updateTable('customers')
      .set({ owner_id: successor.id })
      .where('id', 'in', [calm, silent])
      .execute()
    await ctx().db.updateTable('scores').set({ band: 'none' }).where('customer_id', '=', calm).execute()
    await tidyCases(ctx(), today())
    expect(await openCaseOf(ctx(), silent)).toMatchObject({ ownerId: successor.id })
    expect(await caseFor(ctx(), UNSCOPED, ids[0] ?? 0)).toMatchObject({
      state: 'expired',
      reason: 'recovered',
    })
    await tidyCases(ctx(), today() + 46)
    expect(await caseFor(ctx(), UNSCOPED, ids[1] ?? 0)).toMatchObject({
      state: 'expired',
      reason: 'unanswered',
    })
  })
})
