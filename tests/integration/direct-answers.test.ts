import { expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { createAccept } from '../../src/chat/accept.ts'
import { createCallers } from '../../src/chat/callers.ts'
import { indexCommands } from '../../src/chat/handle-event.ts'
import { startInbox } from '../../src/chat/inbox.ts'
import type { Ctx } from '../../src/context.ts'
import { dialectOf } from '../../src/db/dialect.ts'
import type { Card } from '../../src/model/card.ts'
import type { Caller, InboundEvent } from '../../src/model/chat.ts'
import { addToOutbox } from '../../src/store/outbox.ts'
import { eventually } from '../support/eventually.ts'
import { seedCompany } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const LONG_MS = 60_000

function text(id: string, words: string, person = 'wang'): InboundEvent {
  const who = { platform: 'playground', id: person, name: null }
  return { id, at: 0, who, where: { kind: 'dm', id: person }, kind: 'text', text: words }
}

/** A caller who can be given cards without buttons. */
function caller(gone: () => boolean = () => false): Caller & { heard: Card[] } {
  const heard: Card[] = []
  let offered: Card | null = null
  return {
    heard,
    get gone() {
      return gone()
    },
    offer(card) {
      if (card.actions?.length) return null
      offered = card
      return { messageId: '', update: null, notShown: [] }
    },
    answer: () => void (offered && heard.push(offered)),
  }
}

/** A running process on this database. */
function start(ctx: Ctx, patienceMs = LONG_MS) {
  const callers = createCallers(patienceMs)
  const inbox = startInbox(ctx, { commands: indexCommands(commands), callers }, () => undefined)
  const accept = createAccept(ctx, callers, () => inbox.nudge())
  return { callers, inbox, accept }
}

async function outbox(ctx: Ctx, id: string): Promise<{ state: string }[]> {
  const like = `reply:playground:${id}:%`
  return ctx.db.selectFrom('outbox').select('state').where('id', 'like', like).execute()
}

describeEachDatabase('the answer to a callback', (ctx) => {
  it('is the reply where one text is the whole of it, recorded as delivered', async () => {
    await seedCompany(ctx())
    const { inbox, accept, callers } = start(ctx())
    const one = caller()
    await accept(text('a-1', '帮助 跟进'), one)
    expect(one.heard).toHaveLength(1)
    expect(await outbox(ctx(), 'a-1')).toEqual([{ state: 'sent' }])
    expect(callers.size).toBe(0)
    await inbox.stop()
  })

  it('is empty at once for a card with buttons, which goes out as a message', async () => {
    const { inbox, accept } = start(ctx())
    const one = caller()
    await accept(text('a-2', '帮助'), one)
    expect(one.heard).toEqual([])
    expect(await outbox(ctx(), 'a-2')).toEqual([{ state: 'pending' }])
    await ctx().db.updateTable('outbox').set({ state: 'sent' }).execute()
    await inbox.stop()
  })

  it('is given again when the platform asks again, also by the next process', async () => {
    const before = start(ctx())
    const [first, second, third, none] = [caller(), caller(), caller(), caller()]
    await before.accept(text('a-3', '帮助 跟进'), first)
    await before.accept(text('a-3', '帮助 跟进'), second)
    await before.inbox.stop()
    const after = start(ctx())
    await after.accept(text('a-3', '帮助 跟进'), third)
    await after.accept(text('a-2', '帮助'), none)
    expect([second.heard, third.heard, none.heard]).toEqual([first.heard, first.heard, []])
    expect(await outbox(ctx(), 'a-3')).toEqual([{ state: 'sent' }])
    await after.inbox.stop()
  })

  it('is given to repeats that come together, and the event is handled once', async () => {
    const { inbox, accept } = start(ctx())
    const three = [caller(), caller(), caller()]
    await Promise.all(three.map((one) => accept(text('a-4', '帮助 跟进'), one)))
    expect(three.map((one) => one.heard.length)).toEqual([1, 1, 1])
    expect(await outbox(ctx(), 'a-4')).toEqual([{ state: 'sent' }])
    await inbox.stop()
  })

  it('becomes a message when the caller has gone: before it is offered, or before it is given', async () => {
    const { inbox, accept } = start(ctx())
    await accept(
      text('a-5', '帮助 跟进'),
      caller(() => true),
    )
    let looks = 0
    await accept(
      text('a-6', '帮助 跟进', 'li'),
      caller(() => looks++ > 0),
    )
    await inbox.idle()
    expect(await outbox(ctx(), 'a-5')).toEqual([{ state: 'pending' }])
    expect(await outbox(ctx(), 'a-6')).toEqual([{ state: 'pending' }])
    const late = caller()
    await accept(text('a-6', '帮助 跟进', 'li'), late)
    expect(late.heard).toEqual([])
    await ctx().db.updateTable('outbox').set({ state: 'sent' }).execute()
    await inbox.stop()
  })

  it('does not overtake a reply that is still to be sent', async () => {
    const { inbox, accept } = start(ctx())
    const address = { platform: 'playground', kind: 'dm', id: 'wang' } as const
    const card = { summary: 's', title: 't' }
    await addToOutbox(ctx(), {
      id: 'earlier',
      platform: 'playground',
      kind: 'send',
      target: address,
      address: 'dm:wang',
      card,
      lane: 'reply',
      notBefore: 0,
    })
    const one = caller()
    await accept(text('a-7', '帮助 跟进'), one)
    expect(one.heard).toEqual([])
    expect(await outbox(ctx(), 'a-7')).toEqual([{ state: 'pending' }])
    await ctx().db.updateTable('outbox').set({ state: 'sent' }).execute()
    await inbox.stop()
  })

  it('is empty when patience ends, and the reply goes out as a message', async () => {
    const callers = createCallers(1)
    // No inbox runs: the process that will handle it is another one.
    const accept = createAccept(ctx(), callers, () => undefined)
    const one = caller()
    await accept(text('a-8', '帮助 跟进'), one)
    expect(one.heard).toEqual([])
    const { inbox } = start(ctx())
    await inbox.idle()
    expect(await outbox(ctx(), 'a-8')).toEqual([{ state: 'pending' }])
    await inbox.stop()
  })

  it('fails for the event that cannot be stored, not for its neighbours', async () => {
    const { inbox, accept, callers } = start(ctx())
    // PostgreSQL stores no NUL in a text.
    const refused = dialectOf(ctx().db) === 'postgres'
    const results = await Promise.allSettled([
      accept(text('b-1', '帮助 跟进'), caller()),
      accept(text('b-\u0000', '帮助 跟进', 'zhao'), caller()),
      accept(text('b-2', '帮助 跟进', 'li'), caller()),
    ])
    const middle = refused ? 'rejected' : 'fulfilled'
    expect(results.map((one) => one.status)).toEqual(['fulfilled', middle, 'fulfilled'])
    await eventually(() => expect(callers.size).toBe(0))
    await inbox.stop()
  })
})

describeEachDatabase('events of one page', (ctx) => {
  it('are handled in order and each on its own: a failure disturbs nobody', async () => {
    await seedCompany(ctx())
    const { inbox, accept } = start(ctx())
    const people = ['wang', 'li', 'zhao', 'fang']
    const said = ['帮助 跟进', '客户 没有这家', '帮助 跟进', '撤销', '帮助 RFM']
    const events = Array.from({ length: 40 }, (_, n) =>
      text(`p-${n}`, said[n % said.length] ?? '', people[n % people.length]),
    )
    await Promise.all(events.map((event) => accept(event)))
    await inbox.idle()
    const rows = await ctx()
      .db.selectFrom('outbox')
      .select('id')
      .where('id', 'like', 'reply:playground:p-%')
      .orderBy('seq')
      .execute()
    expect(rows.map(({ id }) => id.split(':')[2])).toEqual(events.map(({ id }) => id))
    const left = await ctx().db.selectFrom('inbox').select('state').where('state', '<>', 'done').execute()
    expect(left).toEqual([])
    await inbox.stop()
  })
})

it('an interrupted offer may be made again', () => {
  const callers = createCallers(LONG_MS)
  const event = text('c-1', '帮助')
  const one = caller()
  void callers.open(event, one)
  const card = { summary: 's', title: 't' }
  const offer = callers.offer(event, card)
  expect(callers.offer(event, card)).toBeNull()
  offer?.takeBack()
  expect(callers.offer(event, card)?.give()).toBe(true)
  expect(one.heard).toEqual([card])
  expect(callers.size).toBe(0)
})
