import { beforeEach, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { atRiskLines } from '../../src/cards/at-risk.ts'
import { customerCard } from '../../src/cards/customer.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { customerView } from '../../src/chat/customer-view.ts'
import type { Band } from '../../src/model/churn.ts'
import type { Member } from '../../src/model/member.ts'
import { dueAfterWorkdays, markPushed, openOrJoin } from '../../src/push/open-case.ts'
import { takeAction } from '../../src/retention/cases.ts'
import { caseHistory } from '../../src/store/case-log.ts'
import { caseFor } from '../../src/store/cases.ts'
import { textFor } from '../../src/text/index.ts'
import { addCustomer, addMember } from '../support/people.ts'
import { today } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const DAY_MS = 86_400_000

describeEachDatabase('a customer at risk again', (ctx) => {
  let rep: Member
  let customerId: number

  beforeEach(async () => {
    rep = await addMember(ctx())
    customerId = await addCustomer(ctx(), { name: '华联超市', ownerId: rep.id })
  })

  const push = (band: Band = 'high') => {
    const day = today(ctx())
    const seed = {
      customerId,
      ownerId: rep.id,
      lane: 'digest',
      band,
      day,
      dueAt: dueAfterWorkdays(ctx(), day, 3),
    } as const
    return openOrJoin(ctx(), { ...seed, risk: 0.7, scoreRunId: null, evidence: [], eventId: null })
  }
  const act = (caseId: number, action: Parameters<typeof takeAction>[1]['action']) =>
    takeAction(ctx(), { caseId, actor: rep, action, at: ctx().clock.now() })

  it('has a new case that names how the last one ended', async () => {
    const first = await push()
    expect(first.relapse).toBeNull()
    await act(first.id, { kind: 'won' })
    const wonOn = today(ctx())
    ctx().clock.advanceTo(ctx().clock.now() + 40 * DAY_MS)
    const again = await push()
    expect(again.id).not.toBe(first.id)
    expect(again.relapse).toEqual({ state: 'won', on: wonOn })
    expect(await caseFor(ctx(), UNSCOPED, again.id)).toMatchObject({ earlierId: first.id, state: 'open' })
    expect((await push()).relapse).toEqual(again.relapse)
    const item = { caseId: again.id, customerId, customerName: '华联超市', tier: 'A', band: 'high' } as const
    const shown = { stage: '', value12m: 0, evidence: [], risk: 0.7, relapse: again.relapse } as const
    const lines = atRiskLines(
      { ...item, ...shown, orderReason: { rank: 1, reason: 'priority' } },
      textFor('zh-CN'),
    )
    expect(lines.title).toMatch(/华联超市（高 · A 类 · \d+\/\d+ 挽回后又变差）/)
  })

  it('says so on the card of the customer', async () => {
    const card = async () => {
      const reader = { actor: rep, scope: UNSCOPED, today: today(ctx()) }
      const view = await customerView(ctx(), reader, customerId, 3)
      if (!view) throw new Error('no such customer')
      const shown = { ...view, id: customerId, name: '华联超市', today: reader.today }
      return cardLines(customerCard(shown, textFor('zh-CN'))).join('\n')
    }
    await act((await push()).id, { kind: 'won' })
    expect(await card()).not.toContain('挽回后又变差')
    ctx().clock.advanceTo(ctx().clock.now() + 40 * DAY_MS)
    await push()
    expect(await card()).toMatch(/风险单 待确认 · \d+\/\d+ 挽回后又变差/)
  })

  it('forgets what ended half a year ago', async () => {
    const first = await push()
    await act(first.id, { kind: 'won' })
    ctx().clock.advanceTo(ctx().clock.now() + 200 * DAY_MS)
    expect((await push()).relapse).toBeNull()
  })

  it('wakes from 稍后 when it got worse, with a due time of its own, and not before', async () => {
    const { id } = await push('medium')
    await markPushed(ctx(), id, { day: today(ctx()), band: 'medium', mark: 'test' })
    const until = today(ctx()) + 30
    await act(id, { kind: 'snooze', until, reason: 'busy' })
    await push('medium')
    expect(await caseFor(ctx(), UNSCOPED, id)).toMatchObject({ snoozedUntil: until, snoozeReason: 'busy' })
    await push('urgent')
    const woken = await caseFor(ctx(), UNSCOPED, id)
    const dueAt = dueAfterWorkdays(ctx(), today(ctx()), 3)
    expect(woken).toMatchObject({ snoozedUntil: null, snoozeReason: null, dueAt })
    expect((await caseHistory(ctx(), id)).map((row) => row.action)).toContain('woken')
  })
})
