import { expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { startInbox } from '../../src/chat/inbox.ts'
import type { LanguageModel } from '../../src/model/language-model.ts'
import { newEvents } from '../../src/store/inbox.ts'
import { unsureNote } from '../support/assisted-talk.ts'
import { eventually } from '../support/eventually.ts'
import { acceptEvent, handlingOf } from '../support/handle-events.ts'
import { customer, outFor, seedCompany } from '../support/talk.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

const ANSWER = JSON.stringify({ outcome: 'lost', reason: 'service', effective: true, sentiment: 'negative' })

/** A model that answers when the test says so. */
function gatedModel(): LanguageModel & { open(): void; readonly asked: number } {
  const gate = Promise.withResolvers<string>()
  const state = { asked: 0 }
  return {
    name: 'gated',
    counts: { used: 0, same: 0, refused: 0, failed: 0, resting: 0, capped: 0, withheld: 0 },
    resting: false,
    ask() {
      state.asked++
      return gate.promise
    },
    open: () => gate.resolve(ANSWER),
    get asked() {
      return state.asked
    },
  }
}

describeEachDatabase('an event that waits for another machine', (ctx) => {
  it('holds back its own person only, and a stop waits for it', async () => {
    const { members } = await seedCompany(ctx())
    for (const [name, owner] of [
      ['张三制造', members.wang],
      ['恒通机械', members.li],
    ] as const)
      await customer(ctx(), { name, owner })
    const model = gatedModel()
    const inbox = startInbox({ ...ctx(), languageModel: model }, handlingOf(commands), () => undefined)
    const say = async (id: string, person: string, words: string): Promise<void> => {
      await acceptEvent(ctx(), said(id, person, words))
      inbox.nudge()
    }
    await say('a1', 'wang', `跟进 张三制造 ${unsureNote()}`)
    await eventually(() => expect(model.asked).toBe(1))
    await say('a2', 'wang', '我的')
    await say('b1', 'li', '客户 恒通机械')
    await say('b2', 'li', '跟进 恒通机械 已下单')
    await eventually(async () => expect((await outFor(ctx(), 'b2')).text).toContain('已记录'))
    expect((await outFor(ctx(), 'b1')).text).toContain('恒通机械')
    expect(await waiting(ctx())).toEqual(['a1', 'a2'])

    model.open()
    await inbox.idle()
    expect((await outFor(ctx(), 'a1')).text).toContain('智能判读')
    expect((await outFor(ctx(), 'a2')).cards).toHaveLength(1)
    expect(await waiting(ctx())).toEqual([])
    expect(model.asked).toBe(1)
    await inbox.stop()
  })

  it('is finished before a stop, and what came after it stays for the next start', async () => {
    const model = gatedModel()
    const inbox = startInbox({ ...ctx(), languageModel: model }, handlingOf(commands), () => undefined)
    await acceptEvent(ctx(), said('c1', 'wang', `跟进 张三制造 ${unsureNote()}`))
    inbox.nudge()
    await eventually(() => expect(model.asked).toBe(1))
    await acceptEvent(ctx(), said('c2', 'wang', '我的'))
    const stopped = inbox.stop()
    model.open()
    await stopped
    expect((await outFor(ctx(), 'c1')).text).toContain('智能判读')
    expect(await waiting(ctx())).toEqual(['c2'])
  })
})

function said(id: string, person: string, text: string) {
  const who = { platform: 'playground', id: person, name: null }
  return { id, at: 0, who, where: { kind: 'dm' as const, id: person }, kind: 'text' as const, text }
}

async function waiting(ctx: TestCtx): Promise<string[]> {
  return (await newEvents(ctx, 10)).map(({ event }) => event.id)
}
