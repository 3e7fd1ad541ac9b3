import { afterEach, beforeEach, expect, it } from 'vitest'
import { falseAlarmCard } from '../../src/cards/case.ts'
import { startDispatcher } from '../../src/push/dispatch.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { textFor } from '../../src/text/index.ts'
import { postOf, pressXml } from '../support/fake-wecom/callbacks.ts'
import { cardOf, type FakeMessage, textOf } from '../support/fake-wecom/state.ts'
import { acceptEvent, handleWaiting } from '../support/handle-events.ts'
import { why } from '../support/sample-cards.ts'
import { customer, openCase, seedCompany } from '../support/talk.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'
import { type WecomCase, wecomCase } from '../support/wecom-app.ts'

const TO = { platform: 'wecom', kind: 'dm', id: 'wangxiaoming' } as const
const HOUR_MS = 3_600_000

let ctx: TestCtx & { close(): Promise<void> }
let one: WecomCase
let caseId = 0

beforeEach(async () => {
  ctx = await sqliteCtx()
  const { members } = await seedCompany(ctx)
  await bindIdentity(ctx, { platform: 'wecom', person: TO.id, memberId: members.wang })
  const customerId = await customer(ctx, { name: '华联超市', owner: members.wang })
  caseId = await openCase(ctx, { customer: customerId, owner: members.wang })
  one = await wecomCase(ctx.clock)
  await one.app.start((event) => acceptEvent(ctx, event))
})
afterEach(async () => {
  await one.close()
  await ctx.close()
})

/** A card with the buttons of the case, four days old. */
async function oldCard(): Promise<FakeMessage> {
  const named = { id: caseId, customerId: 1, customerName: '华联超市', state: 'open' } as const
  await one.app.send(TO, falseAlarmCard(named, textFor('zh-CN')), 'old')
  ctx.clock.advanceTo(ctx.clock.now() + 96 * HOUR_MS)
  const [message] = one.fake.state.messages
  if (!message) throw new Error('no card')
  return message
}

/** Presses the first button, and carries out everything that comes of it. */
async function pressOn(message: FakeMessage, { refused = false } = {}): Promise<void> {
  const card = cardOf(message)
  const label = card.card_type === 'button_interaction' ? card.button_list[0]?.text : undefined
  await one.app.callback(postOf(one.fake.state, pressXml(one.fake.state, message, label ?? '')))
  if (refused) for (const code of one.fake.state.codes.values()) code.used = true
  await handleWaiting(ctx)
  const dispatcher = startDispatcher(ctx, [one.app])
  await dispatcher.idle()
  await dispatcher.stop()
}

it('a click after four days changes the card to what is true today: the press brings a new code', async () => {
  const message = await oldCard()
  await ctx.db.updateTable('cases').set({ state: 'won', closed_at: ctx.clock.now() }).execute()
  await pressOn(message)
  expect(one.fake.state.messages).toHaveLength(1)
  expect(textOf(message)).toContain(textFor('zh-CN').cards.caseStates.won)
  expect(await ctx.db.selectFrom('cases').select('state').execute()).toEqual([{ state: 'won' }])
})

it('where WeCom takes no change any more a fresh card tells it, and the press counts once', async () => {
  const message = await oldCard()
  await pressOn(message, { refused: true })
  const fresh = one.fake.state.messages.slice(1)
  expect(fresh).toHaveLength(1)
  expect(fresh.map(textOf).join()).toContain(textFor('zh-CN').cards.caseStates['false-alarm'])
  expect(await ctx.db.selectFrom('cases').select('state').execute()).toEqual([{ state: 'false-alarm' }])
})

it('for members who read in WeChat everything is one plain text that is complete, and is never changed', async () => {
  const plain = await wecomCase(ctx.clock, { settings: { plainText: true } })
  await plain.app.start(async () => undefined)
  const receipt = await plain.app.send(TO, why, 'plain')
  const [message] = plain.fake.state.messages
  expect(plain.fake.state.messages).toHaveLength(1)
  expect(message?.body.msgtype).toBe('text')
  for (const fact of why.facts ?? []) expect(message && textOf(message)).toContain(fact)
  expect(receipt.update).toBeNull()
  expect(plain.app.can).toMatchObject({ buttons: false, update: false })
  await plain.close()
})
