import { expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import type { CallbackAnswer, InboundEvent } from '../../src/model/chat.ts'
import { cardWith, timers } from '../contract/adapter-contract.ts'
import { eventually } from '../support/eventually.ts'
import { botPost, openedAnswer, sealedPost } from '../support/fake-wecom/aibot.ts'
import { type RobotCard, UpdateBody, WelcomeBody } from '../support/fake-wecom/robot-schema.ts'
import { BUTTONS, CHAT, GROUP, LI } from '../support/robot-connection.ts'
import { type AibotCase, aibotCase } from '../support/wecom-aibot.ts'

interface Started extends AibotCase {
  readonly events: InboundEvent[]
  /** Posts an event and waits until it is heard; its answer may still be open. */
  post(event: object, chat?: string): Promise<{ event: InboundEvent; answer: Promise<CallbackAnswer> }>
}

/** The robot in callback mode, in real time: an answer is waited for. */
async function withRobot(work: (one: Started) => Promise<void>): Promise<void> {
  const one = await aibotCase(systemClock)
  const events: InboundEvent[] = []
  let posted = 0
  await one.adapter.start(async (event) => void events.push(event))
  const before = timers()
  await work({
    ...one,
    events,
    async post(event, chatid) {
      const heard = events.length
      const chat = chatid === undefined ? { chattype: 'single' } : { chattype: 'group', chatid }
      const msgid = `event-${++posted}`
      const from = { userid: 'LiJing' }
      const message = { msgid, aibotid: 'AIBOTID', ...chat, from, msgtype: 'event', event }
      const answer = one.adapter.callback(sealedPost(one.fake.state, message))
      await eventually(() => expect(events.length).toBeGreaterThan(heard))
      return { event: events[heard] as InboundEvent, answer }
    },
  })
  expect(timers()).toBeLessThanOrEqual(before)
  await one.close()
}

/** Asks in the group and gets a card with a button; the event of a press on it. */
async function askedCard({ adapter, fake }: Started): Promise<object> {
  await adapter.callback(
    botPost(fake.state, fake.url, { id: 'm1', user: 'lijing', text: '流失', chat: CHAT }),
  )
  await adapter.send({ ...GROUP, answers: 'bot:m1' }, cardWith('选一个', { actions: BUTTONS }), 'a')
  const body = [...fake.state.replies.values()].find((reply) => reply.body)?.body
  if (body?.msgtype !== 'template_card') throw new Error('no card')
  const card: RobotCard = body.template_card
  const press = { card_type: card.card_type, event_key: card.button_list[0]?.key, task_id: card.task_id }
  return { eventtype: 'template_card_event', template_card_event: press }
}

it('a press in a group changes the card in the answer to its callback', () =>
  withRobot(async (one) => {
    const { event, answer } = await one.post(await askedCard(one), CHAT)
    if (event.kind !== 'action' || !event.update) throw new Error('no press')
    expect(event).toMatchObject({ action: 'mine', payload: { page: 1 }, who: { id: 'lijing' } })
    await one.adapter.update(event.update, cardWith('办好了'))
    const { template_card } = UpdateBody.parse(openedAnswer(await answer))
    expect(template_card.main_title.title).toBe('办好了')
    expect(template_card.task_id).toBe(event.update.task)
    await expect(one.adapter.update(event.update, cardWith('又来'))).rejects.toMatchObject({
      code: 'conflict',
    })
  }))

it('a press that is answered by a new card shows it in the place of the pressed one', () =>
  withRobot(async (one) => {
    const { event, answer } = await one.post(await askedCard(one), CHAT)
    await one.adapter.send({ ...GROUP, answers: event.id }, cardWith('为什么'), 'b')
    expect(UpdateBody.parse(openedAnswer(await answer)).template_card.main_title.title).toBe('为什么')
  }))

it('waits four seconds for an answer and no longer; what comes later is a conflict', () =>
  withRobot(async (one) => {
    const { event, answer } = await one.post(await askedCard(one), CHAT)
    if (event.kind !== 'action' || !event.update) throw new Error('no press')
    expect(await answer).toMatchObject({ status: 200, body: '' })
    await expect(one.adapter.update(event.update, cardWith('晚了'))).rejects.toMatchObject({
      code: 'conflict',
    })
  }))

it('welcomes in the answer to the callback of a first visit', () =>
  withRobot(async (one) => {
    const { event, answer } = await one.post({ eventtype: 'enter_chat' })
    expect(event).toMatchObject({ kind: 'joined', where: { kind: 'dm', id: 'lijing' } })
    await one.adapter.send({ ...LI, answers: event.id }, cardWith('你好，李静'), 'a')
    expect(WelcomeBody.parse(openedAnswer(await answer))).toMatchObject({
      text: { content: expect.stringContaining('你好') },
    })
  }))

it('counts what people think of an answer, and answers them nothing', () =>
  withRobot(async (one) => {
    const event = { eventtype: 'feedback_event', feedback_event: { id: 'lk_1', type: 2 } }
    const message = { msgid: 'f', chattype: 'single', from: { userid: 'a' }, msgtype: 'event', event }
    expect(await one.adapter.callback(sealedPost(one.fake.state, message))).toMatchObject({ body: '' })
    expect(one.adapter.health().feedback).toEqual({ bad: 1 })
    expect(one.events).toEqual([])
  }))
