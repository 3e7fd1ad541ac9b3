import { describe, expect, it } from 'vitest'
import { createWecomAibot } from '../../adapters/wecom/aibot.ts'
import { createWecom } from '../../adapters/wecom/wecom.ts'
import type { InboundEvent } from '../../src/model/chat.ts'
import { cardWith } from '../contract/adapter-contract.ts'
import { BOT, botPost, sealedPost } from '../support/fake-wecom/aibot.ts'
import { textOf } from '../support/fake-wecom/state.ts'
import { frozenClock, MONDAY_9AM } from '../support/test-ctx.ts'
import { type AibotCase, aibotCase } from '../support/wecom-aibot.ts'
import { wecomCase } from '../support/wecom-app.ts'

const CHAT = 'wrkSFfCgAALFgnrSsWU38puiv4yvExuw'
const GROUP = { platform: 'wecom', kind: 'group', id: CHAT } as const
const HOUR_MS = 3_600_000

type Started = AibotCase & { clock: ReturnType<typeof frozenClock>; events: InboundEvent[] }

async function withRobot(
  work: (one: Started) => Promise<void>,
  more: Parameters<typeof aibotCase>[1] = {},
): Promise<void> {
  const clock = frozenClock(MONDAY_9AM)
  const one = await aibotCase(clock, more)
  const events: InboundEvent[] = []
  await one.adapter.start(async (event) => void events.push(event))
  await work({ ...one, clock, events })
  await one.close()
}

const ask = ({ adapter, fake }: Started, id: string, text = '流失 本月', user = 'ChenLi') =>
  adapter.callback(botPost(fake.state, fake.url, { id, user, text, chat: CHAT }))

describe('the WeCom smart robot', () => {
  it('hears what is said to it without its name, in one spelling of the account, and answers in the group', () =>
    withRobot(async (one) => {
      expect(await ask(one, 'm1')).toMatchObject({ status: 200, body: '' })
      expect(one.events).toMatchObject([
        {
          id: 'bot:m1',
          kind: 'text',
          text: '流失 本月',
          who: { id: 'chenli' },
          where: { kind: 'group', id: CHAT },
        },
      ])
      await one.adapter.send(GROUP, cardWith('流失率 3%'), 'a')
      expect(one.answers(CHAT)).toEqual([expect.stringContaining('流失率 3%')])
    }))

  it('uses the address of every message once, the oldest first, and says when there is none', () =>
    withRobot(async (one) => {
      for (const id of ['m1', 'm2', 'm1']) await ask(one, id)
      await one.adapter.send(GROUP, cardWith('第一'), 'a')
      await one.adapter.send(GROUP, cardWith('第二'), 'b')
      const none = { code: 'not-found', say: expect.stringContaining('@') }
      await expect(one.adapter.send(GROUP, cardWith('第三'), 'c')).rejects.toMatchObject(none)
      expect(one.answers(CHAT)).toHaveLength(2)
    }))

  it('two processes use every address once', () =>
    withRobot(async (one) => {
      const other = one.another()
      await other.start(async () => undefined)
      const ids = Array.from({ length: 8 }, (_, n) => `m${n}`)
      const post = (id: string) =>
        botPost(one.fake.state, one.fake.url, { id, user: 'lijing', text: '流失', chat: CHAT })
      await Promise.all(ids.map((id, n) => (n % 2 ? other : one.adapter).callback(post(id))))
      await Promise.all(
        ids.map((id, n) =>
          (n % 2 ? one.adapter : other).send({ ...GROUP, answers: `bot:${id}` }, cardWith(id), id),
        ),
      )
      expect(one.answers(CHAT)).toHaveLength(ids.length)
    }))

  it('does not use an address after an hour', () =>
    withRobot(async (one) => {
      await ask(one, 'm1')
      one.clock.advanceTo(MONDAY_9AM + HOUR_MS)
      await expect(one.adapter.send(GROUP, cardWith('晚了'), 'a')).rejects.toMatchObject({
        code: 'not-found',
      })
    }))

  it('answers after a restart', () =>
    withRobot(async (one) => {
      await ask(one, 'm1')
      const again = createWecomAibot(one.ports)
      await again.start(async () => undefined)
      await again.send(GROUP, cardWith('还在'), 'a')
      expect(one.answers(CHAT)).toHaveLength(1)
    }))

  it('keeps the address of an answer that did not arrive', () =>
    withRobot(async (one) => {
      await ask(one, 'm1')
      one.fake.inject({ api: 'aibot/response', status: 502 })
      await expect(one.adapter.send(GROUP, cardWith('一'), 'a')).rejects.toMatchObject({ code: 'upstream' })
      await one.adapter.send(GROUP, cardWith('一'), 'a')
      expect(one.answers(CHAT)).toHaveLength(1)
    }))

  it('sends answers to WeCom only', () =>
    withRobot(async (one) => {
      const { state } = one.fake
      const message = {
        msgid: 'x',
        chatid: CHAT,
        chattype: 'group',
        from: { userid: 'a' },
        response_url: 'https://example.com/steal',
        msgtype: 'text',
        text: { content: 'hi' },
      }
      await one.adapter.callback(sealedPost(state, message))
      await expect(one.adapter.send(GROUP, cardWith('一'), 'a')).rejects.toMatchObject({ code: 'bad-input' })
    }))

  it('asks whose an encrypted id is, with its case', () =>
    withRobot(
      async (one) => {
        await ask(one, 'm1', '我的', 'woABcD')
        expect(one.events[0]?.who.id).toBe('lijing')
      },
      { userOf: async (id) => (id === 'woABcD' ? 'LiJing' : id) },
    ))

  it.each([
    ['no JSON', '{"FromUserName": :mycreate"}'],
    ['a picture', { msgid: '1', chattype: 'single', from: { userid: 'a' }, msgtype: 'image' }],
    [
      'an event',
      { msgid: '1', chattype: 'single', from: { userid: 'a' }, msgtype: 'event', event: { eventtype: 'x' } },
    ],
    [
      'nothing but its name',
      {
        msgid: '1',
        chatid: 'c',
        chattype: 'group',
        from: { userid: 'a' },
        msgtype: 'text',
        text: { content: `@${BOT.name} ` },
      },
    ],
  ])('acknowledges and forgets %s', (_what, message) =>
    withRobot(async ({ adapter, fake, events }) => {
      expect(await adapter.callback(sealedPost(fake.state, message))).toMatchObject({ status: 200, body: '' })
      expect(events).toEqual([])
    }),
  )

  it('shares the platform with the app: groups are answered by the robot, people by the app', async () => {
    const clock = frozenClock(MONDAY_9AM)
    const app = await wecomCase(clock)
    const robot = await aibotCase(clock)
    const [both] = createWecom(app.ports, robot.ports)
    if (!both) throw new Error('none')
    const events: InboundEvent[] = []
    await both.start(async (event) => void events.push(event))
    const { state, url } = robot.fake
    await both.callback(botPost(state, url, { id: 'm1', user: 'lijing', text: '流失', chat: CHAT }))
    await both.send(GROUP, cardWith('组里'), 'a')
    await both.send({ platform: 'wecom', kind: 'dm', id: 'lijing' }, cardWith('私聊'), 'b')
    expect(events).toHaveLength(1)
    expect(robot.answers(CHAT)).toEqual([expect.stringContaining('组里')])
    expect(app.fake.state.messages.map(textOf)).toEqual([expect.stringContaining('私聊')])
    expect(both.health().ok).toBe(true)
    await both.stop()
    await app.close()
    await robot.close()
  })
})
