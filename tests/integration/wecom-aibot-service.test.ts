import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { type Service, startService } from '../../src/main.ts'
import { Settings } from '../../src/settings.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { eventually } from '../support/eventually.ts'
import { BOT } from '../support/fake-wecom/aibot.ts'
import { startFakeWecom } from '../support/fake-wecom/index.ts'
import { cardIn } from '../support/fake-wecom/robot-socket.ts'
import { CHAT } from '../support/robot-connection.ts'
import { customer, openCase, seedCompany } from '../support/talk.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

/** Replies come within milliseconds; the machine may be busy. */

/** A company that has nothing but the smart robot, on its long connection. */
async function company() {
  const fake = await startFakeWecom(systemClock)
  const database = join(mkdtempSync(join(tmpdir(), 'liuke-robot-')), 'liuke.db')
  const ctx = await sqliteCtx({ file: database, at: systemClock.now() })
  const { members } = await seedCompany(ctx)
  await bindIdentity(ctx, { platform: 'wecom', person: 'wangxiaoming', memberId: members.wang })
  const hualian = await customer(ctx, { name: '华联超市', owner: members.wang })
  await openCase(ctx, { customer: hualian, owner: members.wang })
  await ctx.close()
  const settings = Settings.parse({
    database,
    http: { port: 0 },
    wecom: {
      aibot: {
        enabled: true,
        mode: 'connection',
        name: BOT.name,
        botId: BOT.id,
        secret: fake.robot.secret,
        socketUrl: fake.socketUrl,
      },
    },
  })
  const services: Service[] = []
  onTestFinished(async () => {
    await Promise.all(services.map((one) => one.stop()))
    await fake.close()
    fake.verify()
  })
  return {
    robot: fake.robot,
    async serve(): Promise<Service> {
      const service = await startService(settings, createLog('silent'))
      services.push(service)
      return service
    },
  }
}

it('a company talks with Liuke over the long connection alone: a welcome, a line, a press, a group', async () => {
  const { robot, serve } = await company()
  const { url } = await serve()
  const said = (chat: string, words: string) =>
    eventually(() => expect(robot.texts(chat).join('\n')).toContain(words))

  robot.enter('wangxiaoming')
  await said('wangxiaoming', '王')
  robot.say({ id: 'm1', user: 'WangXiaoMing', text: '客户 华联超市' })
  robot.say({ id: 'm1', user: 'WangXiaoMing', text: '客户 华联超市' })
  // WeCom shows a direct chat under the account that wrote.
  await said('WangXiaoMing', '华联超市')
  const shown = await eventually(() => {
    const card = robot.last('WangXiaoMing')
    expect(cardIn(card).button_list.map((one) => one.text)).toContain('稍后')
    return card
  })
  const before = robot.messages.length
  robot.press(shown, 'WangXiaoMing', '稍后')
  await eventually(() => expect(robot.messages.length).toBeGreaterThan(before))
  const asked = robot.messages.at(-1)
  if (!asked) throw new Error('no question')
  const question = cardIn(asked)
  robot.press(asked, 'WangXiaoMing', question.button_list[0]?.text ?? '')
  await eventually(() => expect(cardIn(asked)).not.toEqual(question))

  robot.say({ id: 'g1', user: 'stranger', text: '流失', chat: CHAT })
  await eventually(() => expect(robot.texts(CHAT)).toHaveLength(1))
  const ready = await fetch(`${url}/readyz`)
  expect(await ready.json()).toMatchObject({ adapters: [{ name: 'wecom', ok: true }] })
})

it('of two services on one database one is connected, and the other follows', async () => {
  const { robot, serve } = await company()
  const first = await serve()
  await serve()
  expect(robot.subscribes).toHaveLength(1)
  await first.stop()
  await eventually(() => expect(robot.connected).toBe(true))
  robot.say({ id: 'm1', user: 'wangxiaoming', text: '客户 华联超市' })
  await eventually(() => expect(robot.texts('wangxiaoming').join()).toContain('华联超市'))
  expect(robot.subscribes).toHaveLength(2)
})
