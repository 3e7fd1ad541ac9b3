import { beforeEach, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { notifyAdmins, notifyLeads } from '../../src/push/notify-admins.ts'
import { addAbsence } from '../../src/store/duty.ts'
import { addMember, addTeam } from '../support/people.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const CARD = { summary: '数据停更', title: '数据停更' }

describeEachDatabase('notices to administrators and leads', (ctx) => {
  beforeEach(async () => {
    for (const table of ['outbox', 'absences', 'identities', 'members', 'teams'] as const)
      await ctx().db.deleteFrom(table).execute()
  })

  const day = () => calendarFor(ctx().settings).dayOf(ctx().clock.now())
  const leave = (memberId: number, from = day()) =>
    addAbsence(ctx(), { memberId, deputyId: null, from, until: from + 1, setBy: memberId })
  const told = async () => {
    const rows = await ctx().db.selectFrom('outbox').select('address').orderBy('address').execute()
    return rows.map(({ address }) => address)
  }

  it('go to those who are at work, and to all when nobody is', async () => {
    const one = await addMember(ctx(), { role: 'admin' })
    const other = await addMember(ctx(), { role: 'admin' })
    await leave(one.id)
    await leave(other.id, day() + 7)
    expect(await notifyAdmins(ctx(), 'a', CARD)).toBe(1)
    const [first, ...more] = await told()
    expect(more).toEqual([])
    await leave(other.id)
    expect(await notifyAdmins(ctx(), 'b', CARD)).toBe(2)
    expect(await told()).toContain(first)
  })

  it('reach the lead who is there', async () => {
    const teamId = await addTeam(ctx())
    const one = await addMember(ctx(), { role: 'lead', teamId })
    await addMember(ctx(), { role: 'lead', teamId })
    await leave(one.id)
    expect(await notifyLeads(ctx(), 'a', teamId, CARD)).toBe(1)
    expect(await notifyLeads(ctx(), 'a', teamId, CARD)).toBe(0)
  })
})
