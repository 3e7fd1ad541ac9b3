import { beforeEach, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { calendarFor } from '../../src/calendar.ts'
import { inTransaction } from '../../src/context.ts'
import type { CaseAction } from '../../src/model/case.ts'
import type { Member } from '../../src/model/member.ts'
import { takeAction } from '../../src/retention/cases.ts'
import { caseHistory, lastActionOn } from '../../src/store/case-log.ts'
import { caseFor, insertCase, openCaseOf, openCases } from '../../src/store/cases.ts'
import { addCustomer, addMember } from '../support/people.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const MINUTE = 60_000

describeEachDatabase('cases', (ctx) => {
  let rep: Member
  let other: Member
  let customerId: number
  let caseId: number

  const today = () => calendarFor(ctx().settings).dayOf(ctx().clock.now())
  const act = (action: CaseAction, actor = rep) =>
    takeAction(ctx(), { caseId, actor, action, at: ctx().clock.now() })

  async function open(): Promise<number | null> {
    const { dayOf } = calendarFor(ctx().settings)
    return insertCase(ctx(), {
      customerId,
      ownerId: rep.id,
      lane: 'digest',
      causes: ['silence', 'complaint'],
      scoreRunId: null,
      risk: 0.7,
      band: 'high',
      dueAt: ctx().clock.now() + 3 * 86_400_000,
      on: dayOf(ctx().clock.now()),
      why: [],
      eventId: null,
    })
  }

  beforeEach(async () => {
    rep = await addMember(ctx())
    other = await addMember(ctx())
    customerId = await addCustomer(ctx(), { ownerId: rep.id })
    caseId = (await open()) ?? 0
  })

  it('keeps one open case a customer', async () => {
    expect(await open()).toBeNull()
    expect((await openCaseOf(ctx(), customerId))?.id).toBe(caseId)
  })

  it('shows a case to its owner and not to another rep', async () => {
    expect(await caseFor(ctx(), { kind: 'own', memberId: rep.id }, caseId)).toMatchObject({
      causes: ['complaint', 'silence'],
    })
    expect(await caseFor(ctx(), { kind: 'own', memberId: other.id }, caseId)).toBeNull()
    expect(await openCases(ctx(), { kind: 'none' })).toEqual([])
    await expect(act({ kind: 'contacted' }, other)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('goes 待确认 → 跟进中 → 待结果 → 挽回 and then answers with what stands', async () => {
    expect(await act({ kind: 'contacted' })).toMatchObject({ changed: true, case: { state: 'working' } })
    expect(await act({ kind: 'contacted' })).toMatchObject({ changed: false, result: 'same' })
    const nextOn = today() + 3
    const followed = await act({ kind: 'follow-up', effective: true, nextOn })
    expect(followed.case).toMatchObject({ state: 'waiting', nextOn })
    expect(calendarFor(ctx().settings).dayOf(followed.case.dueAt)).toBe(nextOn)
    expect(await act({ kind: 'won' })).toMatchObject({ changed: true, case: { state: 'won' } })
    expect(await act({ kind: 'snooze', until: nextOn })).toMatchObject({ changed: false, result: 'closed' })
    expect((await caseHistory(ctx(), caseId)).map((row) => row.action)).toEqual([
      'contacted',
      'follow-up',
      'won',
    ])
  })

  it('does not let a mere touch (仅触达) count as an outcome', async () => {
    const touched = await act({ kind: 'follow-up', effective: false, nextOn: null })
    expect(touched.case.state).toBe('working')
  })

  it('takes back the last action of the same person within ten minutes', async () => {
    const before = await caseFor(ctx(), UNSCOPED, caseId)
    await act({ kind: 'false-alarm', reason: 'seasonal' })
    expect(await openCaseOf(ctx(), customerId)).toBeNull()
    expect((await lastActionOn(ctx(), caseId))?.action).toBe('false-alarm')
    const undone = await act({ kind: 'undo' })
    expect(undone.case).toEqual({ ...before, revision: 2 })
    expect(await act({ kind: 'undo' })).toMatchObject({ changed: false, result: 'nothing' })
  })

  it('refuses to undo too late, or what someone else did', async () => {
    await act({ kind: 'snooze', until: today() + 3 })
    const lead = await addMember(ctx(), { role: 'admin' })
    expect(await act({ kind: 'undo' }, lead)).toMatchObject({ changed: false, result: 'nothing' })
    ctx().clock.advanceTo(ctx().clock.now() + 10 * MINUTE + 1)
    expect(await act({ kind: 'undo' })).toMatchObject({ changed: false, result: 'too-late' })
  })

  it('does not reopen a case when a newer one is open', async () => {
    await act({ kind: 'lost', reason: 'price' })
    expect(await open()).not.toBeNull()
    expect(await act({ kind: 'undo' })).toMatchObject({ changed: false, result: 'replaced' })
  })

  it('lets two people act at once: one changes it, the other learns of it', async () => {
    const lead = await addMember(ctx(), { role: 'admin' })
    const outcomes = await Promise.all([
      act({ kind: 'won' }),
      act({ kind: 'lost', reason: 'price' }, lead),
      act({ kind: 'won' }),
    ])
    expect(outcomes.filter((one) => one.changed)).toHaveLength(1)
    expect(new Set(outcomes.map((one) => one.case.state)).size).toBe(1)
  })

  it('writes nothing when the surrounding work fails', async () => {
    const failing = inTransaction(ctx(), async (inner) => {
      await takeAction(inner, { caseId, actor: rep, action: { kind: 'won' }, at: inner.clock.now() })
      throw new Error('later step failed')
    })
    await expect(failing).rejects.toThrow('later step failed')
    expect((await caseFor(ctx(), UNSCOPED, caseId))?.state).toBe('open')
    expect(await caseHistory(ctx(), caseId)).toEqual([])
  })
})
