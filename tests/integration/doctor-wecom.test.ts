import { afterEach, beforeEach, expect, it } from 'vitest'
import { createWecomAibot } from '../../adapters/wecom/aibot.ts'
import { createWecomApp } from '../../adapters/wecom/app.ts'
import { createWecom } from '../../adapters/wecom/wecom.ts'
import type { Check, DoctorOptions } from '../../src/cli/doctor-check.ts'
import { doctorWecom } from '../../src/cli/doctor-wecom.ts'
import type { CliCtx } from '../../src/cli/run.ts'
import { systemClock } from '../../src/clock.ts'
import type { Ctx } from '../../src/context.ts'
import { migrate } from '../../src/db/migrate.ts'
import { type OpenDatabase, openDatabase } from '../../src/db/open.ts'
import { startHttp } from '../../src/http/app.ts'
import { createLog } from '../../src/log.ts'
import { wecomAibotPorts } from '../../src/main/wecom-aibot-ports.ts'
import { wecomAppPorts } from '../../src/main/wecom-ports.ts'
import { Settings } from '../../src/settings.ts'
import { Aibot } from '../../src/settings-wecom-aibot.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { textFor } from '../../src/text/index.ts'
import { eventually } from '../support/eventually.ts'
import { BOT } from '../support/fake-wecom/aibot.ts'
import { CORP, type FakeWecom, startFakeWecom } from '../support/fake-wecom/index.ts'
import { textOf } from '../support/fake-wecom/state.ts'
import { robotText } from '../support/fake-wecom/webhook.ts'
import { addMember } from '../support/people.ts'

const { members: _, corpId, ...APP } = CORP
const KEY = '693a91f6-7aaa-4bc4-97a0-0ec2fa5aaa00'

let fake: FakeWecom
let database: OpenDatabase

beforeEach(async () => {
  fake = await startFakeWecom(systemClock, { ...CORP, robots: [KEY] })
  database = openDatabase(':memory:')
  await migrate(database.db)
})
afterEach(async () => {
  await database.close()
  await fake.close()
  fake.verify()
})

function cliCtx(app: object = {}): CliCtx {
  const settings = Settings.parse({
    http: { port: 0 },
    wecom: {
      corpId,
      baseUrl: fake.url,
      app: { enabled: true, ...APP, ...app },
      customers: { enabled: true },
      webhook: { enabled: true, keys: `华东=${KEY}`, robots: [{ name: '华东' }] },
    },
  })
  const log = createLog('silent')
  const signal = new AbortController().signal
  return {
    db: database.db,
    clock: systemClock,
    log,
    settings,
    database,
    text: textFor('zh-CN'),
    json: false,
    signal,
  }
}

/** The service as it runs, for the callback address. */
async function service(ctx: Ctx) {
  const adapter = createWecomApp(wecomAppPorts(ctx, null))
  await adapter.start(async () => undefined)
  return startHttp(ctx, [adapter])
}

const doctor = (options: DoctorOptions = {}, app: object = {}) => doctorWecom(cliCtx(app), options)
const states = (checks: readonly Check[]) => checks.map(({ name, state }) => `${name} ${state}`)
const found = (checks: readonly Check[], name: string) => checks.find((one) => one.name === name)

it('goes through everything that works, to a message that arrives', async () => {
  const http = await service(cliCtx())
  const checks = await doctor({ to: 'lijing', robot: '华东', url: http.url })
  await http.stop()
  expect(states(checks)).toEqual([
    '凭证 ok',
    '可信 IP ok',
    '可见范围 ok',
    '回调地址 ok',
    '客户联系 ok',
    '测试消息 ok',
    '群机器人 华东 ok',
  ])
  expect(fake.state.messages.map(textOf)).toEqual([expect.stringContaining('测试')])
  expect(fake.state.groupMessages.map((one) => robotText(one.body))).toEqual([
    expect.stringContaining('测试'),
  ])
})

it('stops at a wrong secret, which it tries once, and says where the right one is', async () => {
  const checks = await doctor({ to: 'lijing' }, { secret: 'wrong' })
  expect(states(checks)).toEqual(['凭证 failed', '回调地址 warning'])
  expect(checks[0]).toMatchObject({
    detail: expect.stringContaining('40001'),
    mend: expect.stringContaining('Secret'),
  })
  expect(fake.calls).toEqual(['gettoken'])
})

it('says what to click for an untrusted address, and tries nothing behind it', async () => {
  fake.inject({ api: 'department/list', errcode: 60020 })
  const checks = await doctor({ to: 'lijing' })
  expect(states(checks)).toEqual(['凭证 ok', '可信 IP failed', '回调地址 warning'])
  expect(checks[1]?.mend).toContain('企业可信 IP')
})

it('names members who are bound and outside the visible range', async () => {
  const ctx = cliCtx()
  const { id } = await addMember(ctx, { name: '赵六', platform: null })
  await bindIdentity(ctx, { platform: 'wecom', person: 'ZhaoLiu', memberId: id })
  const check = found(await doctor(), '可见范围')
  expect(check).toMatchObject({ state: 'warning', mend: expect.stringContaining('zhaoliu') })
})

it('tells a member who cannot be reached, and the missing permission of customer contact', async () => {
  fake.inject({ api: 'externalcontact/get_follow_user_list', errcode: 84074 })
  const checks = await doctor({ to: 'nobody' })
  expect(found(checks, '客户联系')).toMatchObject({
    state: 'failed',
    mend: expect.stringContaining('客户联系'),
  })
  expect(found(checks, '测试消息')).toMatchObject({
    state: 'failed',
    detail: expect.stringContaining('81013'),
  })
})

it.each([
  ['unlicenseduser', '接口许可'],
  ['invaliduser', '可见范围'],
])('a test message that reaches nobody is no success: %s', async (field, mend) => {
  fake.inject({ api: 'message/send', raw: JSON.stringify({ errcode: 0, [field]: 'lijing', msgid: 'x' }) })
  expect(found(await doctor({ to: 'lijing' }), '测试消息')).toMatchObject({
    state: 'failed',
    mend: expect.stringContaining(mend),
  })
})

it('tells apart what is wrong with a callback address', async () => {
  const http = await service(cliCtx())
  const callback = async (url: string, app: object = {}) => found(await doctor({ url }, app), '回调地址')
  expect(await callback(http.url, { token: 'other' })).toMatchObject({
    mend: expect.stringContaining('Token'),
  })
  const empty = await startHttp(cliCtx(), [])
  expect(await callback(empty.url)).toMatchObject({ mend: expect.stringContaining('代理') })
  await empty.stop()
  await http.stop()
  expect(await callback(http.url)).toMatchObject({ mend: expect.stringContaining('443') })
  expect(await callback('no address')).toMatchObject({ mend: expect.stringContaining('--url') })
})

it('checks the address of the smart robot with keys of its own', async () => {
  const ctx = cliCtx()
  const { name, token, aesKey } = BOT
  const wecom = { ...ctx.settings.wecom, aibot: Aibot.parse({ enabled: true, name, token, aesKey }) }
  const cli = { ...ctx, settings: { ...ctx.settings, wecom } }
  const ports = wecomAibotPorts(cli)
  if (!ports) throw new Error('switched off')
  const http = await startHttp(cli, createWecom(wecomAppPorts(cli, null), ports))
  const checks = await doctorWecom(cli, { url: http.url })
  await http.stop()
  expect(found(checks, '回调地址')).toMatchObject({ state: 'ok' })
  expect(found(checks, '智能机器人回调地址')).toMatchObject({ state: 'ok' })
})

it('tries the long connection of the smart robot, and asks a running service instead of pushing it off', async () => {
  const { name, id: botId } = BOT
  const ctx = cliCtx()
  const withSecret = (secret: string) => {
    const aibot = Aibot.parse({
      enabled: true,
      mode: 'connection',
      name,
      botId,
      secret,
      socketUrl: fake.socketUrl,
    })
    return { ...ctx, settings: { ...ctx.settings, wecom: { ...ctx.settings.wecom, aibot } } }
  }
  const check = async (secret: string) => found(await doctorWecom(withSecret(secret), {}), '智能机器人长连接')
  expect(await check(fake.robot.secret)).toMatchObject({
    state: 'ok',
    detail: expect.stringContaining('连得上'),
  })
  expect(await check('wrong')).toMatchObject({ state: 'failed', mend: expect.stringContaining('BotID') })
  const ports = wecomAibotPorts(withSecret(fake.robot.secret))
  if (!ports) throw new Error('switched off')
  const robot = createWecomAibot(ports)
  await robot.start(async () => undefined)
  const before = fake.robot.subscribes.length
  const service = { state: 'ok', detail: expect.stringContaining('服务') }
  await eventually(async () => expect(await check(fake.robot.secret)).toMatchObject(service))
  fake.robot.takeOver()
  await eventually(async () => expect(await check(fake.robot.secret)).toMatchObject({ state: 'failed' }))
  expect(fake.robot.subscribes).toHaveLength(before)
  await robot.stop()
})
