import { expect, it } from 'vitest'
import { openOrJoin } from '../../src/push/open-case.ts'
import { logCase, urgentMark } from '../../src/store/case-log.ts'
import { storeEvents } from '../../src/store/inbox.ts'
import { addToOutbox } from '../../src/store/outbox.ts'
import { breaches } from '../support/invariants.ts'
import { addCustomer, addMember } from '../support/people.ts'
import { MONDAY_9AM, sqliteCtx } from '../support/test-ctx.ts'

/** The e2e days trust `breaches`: every kind of breach must be seen. */
it('names what is wrong after a day, and nothing else', async () => {
  const ctx = await sqliteCtx()
  const rep = await addMember(ctx)
  const customerId = await addCustomer(ctx, { ownerId: rep.id })
  const { id } = await openOrJoin(ctx, {
    ...{ customerId, ownerId: rep.id, lane: 'digest', risk: null, band: 'high', eventId: null },
    ...{ scoreRunId: null, evidence: [], dueAt: MONDAY_9AM, day: 20_780 },
  })
  const target = { platform: 'wecom', kind: 'dm', id: 'x' } as const
  const message = { platform: 'wecom', kind: 'send', target, address: 'dm:x', lane: 'digest' } as const
  const card = { summary: 'x', title: 'x' }
  await addToOutbox(ctx, { ...message, id: 'later', card, notBefore: MONDAY_9AM + 1 })
  expect(await breaches(ctx)).toEqual([])

  await addToOutbox(ctx, { ...message, id: 'due', card, notBefore: MONDAY_9AM })
  await addToOutbox(ctx, { ...message, id: 'night', card, notBefore: 0 })
  await ctx.db
    .updateTable('outbox')
    .set({ state: 'sent', sent_at: MONDAY_9AM - 3_600_000 })
    .where('id', '=', 'night')
    .execute()
  await storeEvents(ctx, [
    {
      ...{ id: 'e', at: 0, who: { platform: 'wecom', id: 'x', name: null }, where: { kind: 'dm', id: 'x' } },
      ...{ kind: 'text', text: '?' },
    },
  ])
  for (let n = 0; n < 3; n++) {
    await logCase(ctx, { caseId: id, memberId: null, action: 'pushed', detail: urgentMark(20_780, rep.id) })
  }
  await ctx.db.updateTable('members').set({ active: 0 }).execute()
  const found = await breaches(ctx)
  for (const part of [
    'message due is pending',
    'night was sent outside work hours',
    'event e is new',
    'event e has no answer',
    'has no owner who works here',
    'in urgent:20780:1 twice',
    '3 customers in urgent:20780:1',
  ]) {
    expect(found.filter((one) => one.includes(part)).length, part).toBeGreaterThan(0)
  }
  await ctx.close()
})
