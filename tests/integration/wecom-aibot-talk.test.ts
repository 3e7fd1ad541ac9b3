import { describe, expect, it } from 'vitest'
import type { Card } from '../../src/model/card.ts'
import type { InboundEvent } from '../../src/model/chat.ts'
import { cardWith } from '../contract/adapter-contract.ts'
import { eventually } from '../support/eventually.ts'
import {
  answering,
  ask,
  BUTTONS,
  CHAT,
  GROUP,
  LI,
  type Started,
  says,
  withRobot,
} from '../support/robot-connection.ts'

const MINUTE = 60_000

describe('a conversation over the long connection', () => {
  it('answers the message itself with its first card and goes on in the chat', () =>
    withRobot(async (one) => {
      const event = await ask(one, 'm1')
      expect(event).toMatchObject({ kind: 'text', text: '流失 本月', who: { id: 'lijing' } })
      await one.adapter.send(answering(event), cardWith('第一'), 'a')
      await one.adapter.send(answering(event), cardWith('第二'), 'b')
      expect(one.fake.robot.messages.map(({ body }) => body.msgtype)).toEqual(['stream', 'markdown'])
      expect(one.answers(CHAT)).toEqual([expect.stringContaining('第一'), expect.stringContaining('第二')])
    }))

  it('hears a repeated message once', () =>
    withRobot(async (one) => {
      for (let times = 0; times < 3; times++) one.fake.robot.say(says('m1'))
      await ask(one, 'm2')
      expect(one.events.map((event) => event.id)).toEqual(['bot:m1', 'bot:m2'])
    }))

  it('understands a voice message and words beside a picture', () =>
    withRobot(async (one) => {
      const common = { chattype: 'single', from: { userid: 'lijing' } }
      const item = { msgtype: 'text', text: { content: '客户 华联' } }
      const picture = { msgtype: 'image', image: { url: 'https://x/y' } }
      const push = (body: object) => one.fake.robot.push('aibot_msg_callback', 'message', 'lijing', body)
      push({ ...common, msgid: 'v', msgtype: 'voice', voice: { content: '我的客户' } })
      push({ ...common, msgid: 'x', msgtype: 'mixed', mixed: { msg_item: [picture, item] } })
      expect(await one.heard('bot:v')).toMatchObject({
        text: '我的客户',
        where: { kind: 'dm', id: 'lijing' },
      })
      expect(await one.heard('bot:x')).toMatchObject({ text: '客户 华联' })
    }))

  it('changes a pressed card in a group in place, and says conflict when it is too late', () =>
    withRobot(async (one) => {
      const { robot } = one.fake
      await one.adapter.send(answering(await ask(one, 'm1')), cardWith('选一个', { actions: BUTTONS }), 'a')
      robot.press(robot.last(CHAT), 'chenli', '看我的')
      const [press, late] = await pressed(one, 1)
      expect(press).toMatchObject({
        action: 'mine',
        payload: { page: 1 },
        where: { kind: 'group', id: CHAT },
      })
      if (press?.kind !== 'action' || !press.update) throw new Error('no press')
      await one.adapter.update(JSON.parse(JSON.stringify(press.update)), cardWith('办好了'))
      expect(one.answers(CHAT)).toEqual([expect.stringContaining('办好了')])
      expect(late).toBeUndefined()
      await expect(one.adapter.update(press.update, cardWith('又来'))).rejects.toMatchObject({
        code: 'conflict',
      })
      await one.clock.advance(5_000)
      await expect(one.adapter.update(press.update, cardWith('晚了'))).rejects.toMatchObject({
        code: 'conflict',
      })
      await one.adapter.send(GROUP, cardWith('新的一张'), 'fresh')
      expect(one.answers(CHAT)).toHaveLength(2)
    }))

  it('sends words that do not fit on a card before it, and each of the two once', () =>
    withRobot(async (one) => {
      const event = await ask(one, 'm1')
      const facts = Array.from({ length: 10 }, (_, n) => `第 ${n} 条 ${'原因'.repeat(12)}`)
      const long: Card = cardWith('很长', { facts, actions: BUTTONS })
      one.fake.inject({ api: 'aibot_send_msg', errcode: 45009 })
      await expect(one.adapter.send(answering(event), long, 'a')).rejects.toMatchObject({ halt: 'pause' })
      await one.clock.advance(MINUTE)
      await one.adapter.send(answering(event), long, 'a')
      expect(one.fake.robot.messages.map(({ body }) => body.msgtype)).toEqual(['stream', 'template_card'])
    }))

  it('welcomes within five seconds, once a person, and later in the chat', () =>
    withRobot(async (one) => {
      const { robot } = one.fake
      robot.enter('lijing')
      const event = await one.heard('bot:enter:lijing')
      expect(event).toMatchObject({ kind: 'joined', where: { kind: 'dm', id: 'lijing' } })
      await one.adapter.send({ ...LI, answers: event.id }, cardWith('你好', { actions: BUTTONS }), 'a')
      robot.enter('chenli')
      const late = await one.heard('bot:enter:chenli')
      await one.clock.advance(5_000)
      await one.adapter.send({ ...LI, id: 'chenli', answers: late.id }, cardWith('你好'), 'b')
      robot.enter('lijing')
      await ask(one, 'm1')
      expect(one.events.filter((each) => each.kind === 'joined')).toHaveLength(2)
      expect(robot.messages.map(({ body }) => body.msgtype)).toEqual(['template_card', 'markdown'])
    }))

  it('counts what people think of its answers', () =>
    withRobot(async (one) => {
      await one.adapter.send(answering(await ask(one, 'm1')), cardWith('第一'), 'a')
      const { robot } = one.fake
      for (const type of [1, 2, 2, 3] as const) robot.judge(robot.last(CHAT), type)
      await eventually(() => expect(one.adapter.health().feedback).toEqual({ good: 1, bad: 2, withdrawn: 1 }))
    }))

  it('writes first only to chats that have written to it, under the id that WeCom knows', () =>
    withRobot(
      async (one) => {
        await expect(one.adapter.send(GROUP, cardWith('早'), 'a')).rejects.toMatchObject({
          code: 'bad-input',
          say: expect.stringContaining('@'),
        })
        one.fake.robot.say({ id: 'm1', user: 'woABcD', text: '我的' })
        await one.heard('bot:m1')
        await one.adapter.send(LI, cardWith('早'), 'b')
        await one.another().start(async () => undefined)
        expect(one.answers('woABcD')).toHaveLength(1)
      },
      { userOf: async (id) => (id === 'woABcD' ? 'LiJing' : id) },
    ))

  it('keeps to 30 messages a minute in a conversation', () =>
    withRobot(async (one) => {
      await ask(one, 'm1')
      for (let n = 0; n < 30; n++) await one.adapter.send(GROUP, cardWith(`第 ${n}`), `k${n}`)
      const paced = { code: 'busy', halt: 'pause' }
      await expect(one.adapter.send(GROUP, cardWith('再来'), 'k30')).rejects.toMatchObject(paced)
      await one.clock.advance(2 * MINUTE)
      await one.adapter.send(GROUP, cardWith('再来'), 'k30')
      expect(one.answers(CHAT)).toHaveLength(31)
    }))

  it.each([846605, 846608])('an answer that WeCom takes no more (%i) goes to the chat', (errcode) =>
    withRobot(async (one) => {
      const event = await ask(one, 'm1')
      one.fake.inject({ api: 'aibot_respond_msg', errcode })
      await one.adapter.send(answering(event), cardWith('第一'), 'a')
      expect(one.fake.robot.messages.map(({ body }) => body.msgtype)).toEqual(['markdown'])
    }),
  )

  it('an answer whose outcome is unknown is repeated where it replaces itself, and else not', () =>
    withRobot(async (one) => {
      const event = await ask(one, 'm1')
      one.fake.inject({ api: 'aibot_respond_msg', cut: 'after' })
      await expect(one.adapter.send(answering(event), cardWith('第一'), 'a')).rejects.toMatchObject({
        code: 'upstream',
      })
      await one.clock.advance(1_000)
      await eventually(() => expect(one.adapter.health().ok).toBe(true))
      await one.adapter.send(answering(event), cardWith('第一'), 'a')
      one.fake.inject({ api: 'aibot_send_msg', cut: 'after' })
      await expect(one.adapter.send(GROUP, cardWith('第二'), 'b')).rejects.toMatchObject({ code: 'conflict' })
      expect(one.answers(CHAT)).toHaveLength(2)
    }))
})

/** Presses among what was heard. */
async function pressed(one: Started, count: number): Promise<InboundEvent[]> {
  return eventually(() => {
    const presses = one.events.filter((event) => event.kind === 'action')
    expect(presses.length).toBeGreaterThanOrEqual(count)
    return presses
  })
}
