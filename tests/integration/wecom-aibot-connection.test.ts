import { describe, expect, it } from 'vitest'
import { createWecom } from '../../adapters/wecom/wecom.ts'
import { systemClock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import type { InboundEvent } from '../../src/model/chat.ts'
import { cardWith, timers } from '../contract/adapter-contract.ts'
import { settle } from '../support/dingtalk-stream.ts'
import { eventually } from '../support/eventually.ts'
import { textOf } from '../support/fake-wecom/state.ts'
import { answering, ask, BUTTONS, CHAT, GROUP, LI, says, withRobot } from '../support/robot-connection.ts'
import { steppedClock } from '../support/stepped-clock.ts'
import { MONDAY_9AM } from '../support/test-ctx.ts'
import { aibotCase } from '../support/wecom-aibot.ts'
import { wecomCase } from '../support/wecom-app.ts'

const MINUTE = 60_000

describe('the long connection', () => {
  it('comes back after a cut and after silence, and answers what was asked before', () =>
    withRobot(async (one) => {
      const { robot } = one.fake
      const event = await ask(one, 'm1')
      robot.cut()
      await eventually(() => expect(one.adapter.health().ok).toBe(false))
      await expect(one.adapter.send(answering(event), cardWith('一'), 'a')).rejects.toMatchObject({
        code: 'busy',
        halt: 'pause',
      })
      await one.clock.advance(1_000)
      await eventually(() => expect(one.adapter.health().ok).toBe(true))
      await one.adapter.send(answering(event), cardWith('一'), 'a')
      robot.goDead()
      await one.clock.advance(45_000)
      await eventually(() => expect(robot.subscribes).toHaveLength(3))
      expect(one.answers(CHAT)).toHaveLength(1)
    }))

  it('a frame that is none ends nothing', () =>
    withRobot(async (one) => {
      for (const raw of ['', '{', 'null', '[]', '{"headers":{}}', Buffer.from([0xff, 0])])
        one.fake.robot.pushRaw(raw)
      one.fake.robot.push('something_new', 'message', CHAT, {})
      await ask(one, 'm1')
      expect(one.fake.robot.subscribes).toHaveLength(1)
    }))

  it('a wrong secret is told and tried again slowly', () =>
    withRobot(async (one) => {
      const { robot } = one.fake
      robot.secret = 'changed'
      robot.cut()
      await one.clock.advance(12 * MINUTE)
      expect(robot.subscribes.length).toBeLessThanOrEqual(4)
      expect(one.adapter.health()).toMatchObject({ ok: false, detail: expect.stringContaining('Secret') })
      await expect(one.adapter.send(GROUP, cardWith('一'), 'a')).rejects.toMatchObject({
        halt: 'stop',
        say: expect.stringContaining('Secret'),
      })
    }))

  it('one that another program took over is not fought for', () =>
    withRobot(async (one) => {
      const { robot } = one.fake
      robot.takeOver()
      await eventually(() => expect(one.adapter.health().detail).toContain('另一个程序'))
      await one.clock.advance(4 * MINUTE)
      expect(robot.subscribes).toHaveLength(1)
      await one.clock.advance(MINUTE)
      await eventually(() => expect(robot.connected).toBe(true))
      robot.takeOver()
      await eventually(() => expect(one.adapter.health().ok).toBe(false))
      await one.clock.advance(6 * MINUTE)
      expect(robot.subscribes).toHaveLength(2)
    }))

  it('one process of several has it; when it stops or dies another one follows', () =>
    withRobot(async (one) => {
      const { robot } = one.fake
      const heardBySecond: string[] = []
      const second = one.another()
      await second.start(async (event) => void heardBySecond.push(event.id))
      expect(second.health()).toMatchObject({ ok: true, detail: expect.stringContaining('another process') })
      expect(robot.subscribes).toHaveLength(1)
      await one.adapter.stop()
      await one.clock.advance(3_000)
      await eventually(() => expect(robot.connected).toBe(true))
      robot.say(says('m1'))
      await eventually(() => expect(heardBySecond).toEqual(['bot:m1']))
    }))

  it('a process that lost the lease ends its connection before the next one begins', async () => {
    const clock = steppedClock(MONDAY_9AM, settle)
    let mine = true
    const lease = { take: async () => mine, release: async () => undefined }
    const one = await aibotCase(clock, { lease }, 'connection')
    await one.adapter.start(async () => undefined)
    mine = false
    await clock.advance(5_000)
    await eventually(() => expect(one.fake.robot.sockets.size).toBe(0))
    expect(one.adapter.health().detail).toContain('another process')
    await one.close()
    expect(clock.sleepers).toBe(0)
  })

  it('a database that is away for longer than the lease ends the connection', async () => {
    const clock = steppedClock(MONDAY_9AM, settle)
    let works = true
    const lease = {
      async take() {
        if (!works) throw new AppError('busy', 'away')
        return true
      },
      release: async () => undefined,
    }
    const one = await aibotCase(clock, { lease }, 'connection')
    await one.adapter.start(async () => undefined)
    works = false
    await clock.advance(10_000)
    expect(one.fake.robot.sockets.size).toBe(1)
    await clock.advance(10_000)
    await eventually(() => expect(one.fake.robot.sockets.size).toBe(0))
    works = true
    await clock.advance(3_000)
    await eventually(() => expect(one.adapter.health().ok).toBe(true))
    await one.close()
  })

  it('stores with patience, and writes answers that are due before it closes', async () => {
    const one = await aibotCase(systemClock, {}, 'connection')
    const before = timers()
    let fails = 2
    const events: string[] = []
    await one.adapter.start(async (event) => {
      if (fails-- > 0) throw new AppError('busy', 'the database does not answer')
      events.push(event.id)
    })
    one.fake.robot.say(says('m1'))
    await eventually(() => expect(events).toEqual(['bot:m1']))
    one.fake.inject({ api: 'aibot_respond_msg', delayMs: 300 })
    const sent = one.adapter.send({ ...GROUP, answers: 'bot:m1' }, cardWith('一'), 'a')
    await systemClock.sleep(50)
    await one.adapter.stop()
    expect((await sent).messageId).not.toBe('')
    expect(one.answers(CHAT)).toHaveLength(1)
    expect(one.fake.robot.sockets.size).toBe(0)
    expect(timers()).toBeLessThanOrEqual(before)
    await one.close()
  })

  it('stops before its subscription is answered, and while it waits', async () => {
    for (const fault of [{ raw: '' }, { cut: 'before' }] as const) {
      const clock = steppedClock(MONDAY_9AM, settle)
      const one = await aibotCase(clock, {}, 'connection')
      one.fake.inject({ api: 'aibot_subscribe', ...fault })
      const started = one.adapter.start(async () => undefined)
      await eventually(() => expect(one.fake.unmet()).toBe(0))
      await one.adapter.stop()
      await started
      expect(clock.sleepers).toBe(0)
      await one.close()
    }
  })
})

it('shares the platform with the app: whoever asks the robot is answered there, pushes come from the app', async () => {
  const app = await wecomCase(systemClock)
  const robot = await aibotCase(systemClock, {}, 'connection')
  const [both] = createWecom(app.ports, robot.ports)
  if (!both) throw new Error('none')
  const events: InboundEvent[] = []
  await both.start(async (event) => void events.push(event))
  const hear = async (count: number) => {
    await eventually(() => expect(events).toHaveLength(count))
    return events[count - 1] as InboundEvent
  }
  robot.fake.robot.say({ id: 'd1', user: 'lijing', text: '我的' })
  const asked = await hear(1)
  await both.send({ ...LI, answers: asked.id }, cardWith('在机器人里'), 'a')
  await both.send(LI, cardWith('在应用里'), 'b')
  robot.fake.robot.say(says('g1'))
  await both.send({ ...GROUP, answers: (await hear(2)).id }, cardWith('组里', { actions: BUTTONS }), 'c')
  robot.fake.robot.press(robot.fake.robot.last(CHAT), 'chenli', '看我的')
  const press = await hear(3)
  if (press.kind !== 'action' || !press.update) throw new Error('no press')
  await both.update(press.update, cardWith('办好了'))
  expect(robot.answers('lijing')).toEqual([expect.stringContaining('在机器人里')])
  expect(robot.answers(CHAT)).toEqual([expect.stringContaining('办好了')])
  expect(app.fake.state.messages.map(textOf)).toEqual([expect.stringContaining('在应用里')])
  await both.stop()
  await app.close()
  await robot.close()
})
