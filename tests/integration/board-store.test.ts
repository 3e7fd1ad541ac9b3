import { expect, it } from 'vitest'
import { boardRows } from '../../src/http/board/board-rows.ts'
import { caseLoads } from '../../src/store/case-load.ts'
import { addFollowUp, NOTHING_READ, promisedContacts } from '../../src/store/follow-ups.ts'
import {
  endSession,
  forgetSessions,
  keepSession,
  sessionUnder,
  useLogin,
} from '../../src/store/page-sessions.ts'
import { evidenceOf } from '../../src/store/scores.ts'
import { addCustomer, addMember, addScoreRun, addTeam, putScore } from '../support/people.ts'
import { openCase, today } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const ALL = { kind: 'all' } as const
const AT_RISK = { bands: ['high', 'urgent'] as const, region: null, insufficient: false }

describeEachDatabase('what the board reads', (ctx) => {
  it('keeps sessions until they end or are forgotten, and takes a login once', async () => {
    const since = ctx().clock.now()
    const session = { platform: 'wecom', person: 'wang', memberId: 1, since }
    await keepSession(ctx(), 'one', session)
    await keepSession(ctx(), 'two', session)
    expect(await sessionUnder(ctx(), 'one')).toEqual(session)
    await endSession(ctx(), 'one')
    expect(await sessionUnder(ctx(), 'one')).toBeNull()
    const taken = await Promise.all([useLogin(ctx(), 'state'), useLogin(ctx(), 'state')])
    expect(taken.sort()).toEqual([false, true])
    await forgetSessions(ctx(), { session: since, login: since })
    expect(await sessionUnder(ctx(), 'two')).toEqual(session)
    await forgetSessions(ctx(), { session: since, login: since + 1 })
    expect(await sessionUnder(ctx(), 'two')).toEqual(session)
    expect(await useLogin(ctx(), 'state')).toBe(true)
    await forgetSessions(ctx(), { session: since + 1, login: since })
    expect(await sessionUnder(ctx(), 'two')).toBeNull()
    expect(await useLogin(ctx(), 'state')).toBe(false)
  })

  it('gives each row its reasons and the promised date, within the scope', async () => {
    const day = today(ctx())
    const [mine, other] = [await addMember(ctx()), await addMember(ctx())]
    const run_id = await addScoreRun(ctx(), day)
    const [a, b] = [
      await addCustomer(ctx(), { name: '甲', ownerId: mine.id }),
      await addCustomer(ctx(), { name: '乙', ownerId: other.id }),
    ]
    const evidence_json = JSON.stringify([{ signal: 'overdue', points: 5, facts: [] }])
    for (const customer_id of [a, b])
      await putScore(ctx(), { customer_id, run_id, as_of: day, risk: 0.7, band: 'high', evidence_json })
    const touch = {
      ...NOTHING_READ,
      effective: true,
      note: '',
      caseId: null,
      memberId: mine.id,
      day,
    }
    await addFollowUp(ctx(), { ...touch, customerId: a, nextOn: day + 2, inboundKey: 'k1' })
    const own = { kind: 'own', memberId: mine.id } as const
    const list = await boardRows(ctx(), own, AT_RISK, { offset: 0, limit: 10 })
    expect(list?.rows).toMatchObject([{ name: '甲', nextOn: day + 2, evidence: [{ signal: 'overdue' }] }])
    expect((await evidenceOf(ctx(), own, [a, b])).has(b)).toBe(false)
    expect(await promisedContacts(ctx(), ALL, { customerIds: [], limit: 5 })).toEqual([])
    expect((await boardRows(ctx(), { kind: 'none' }, AT_RISK, { offset: 0, limit: 10 }))?.rows).toEqual([])
  })

  it('counts open cases by rep: untouched, and overdue unless put off', async () => {
    const teamId = await addTeam(ctx())
    const rep = await addMember(ctx(), { name: '孙', teamId })
    const now = { at: ctx().clock.now() + 2 * 86_400_000, today: today(ctx()) + 2 }
    const ids: number[] = []
    for (const name of ['一', '二', '三']) {
      const customer = await addCustomer(ctx(), { name, ownerId: rep.id })
      ids.push(await openCase(ctx(), { customer, owner: rep.id }))
    }
    const patch = (id: number | undefined, set: object) =>
      ctx()
        .db.updateTable('cases')
        .set(set)
        .where('id', '=', id ?? 0)
        .execute()
    await patch(ids[1], { state: 'working', snoozed_until: now.today + 1 })
    await patch(ids[2], { closed_at: now.at, state: 'won' })
    const loads = await caseLoads(ctx(), { kind: 'team', teamId }, now)
    expect(loads).toMatchObject([{ ownerName: '孙', open: 2, untouched: 1, overdue: 1 }])
    expect(await caseLoads(ctx(), { kind: 'none' }, now)).toEqual([])
  })
})
