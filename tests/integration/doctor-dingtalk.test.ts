import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Check, DoctorOptions } from '../../src/cli/doctor-check.ts'
import { doctorDingtalk } from '../../src/cli/doctor-dingtalk.ts'
import type { CliCtx } from '../../src/cli/run.ts'
import { systemClock } from '../../src/clock.ts'
import { migrate } from '../../src/db/migrate.ts'
import { type OpenDatabase, openDatabase } from '../../src/db/open.ts'
import { createLog } from '../../src/log.ts'
import { Settings } from '../../src/settings.ts'
import { newEvents } from '../../src/store/inbox.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { textFor } from '../../src/text/index.ts'
import { ROBOT, ROBOT_KEYS } from '../support/dingtalk-robot.ts'
import { robotFrame } from '../support/fake-dingtalk/frames.ts'
import type { Answered } from '../support/fake-dingtalk/gateway.ts'
import { APP, type FakeDingtalk, startFakeDingtalk } from '../support/fake-dingtalk/index.ts'
import { addMember } from '../support/people.ts'

const REP = 'manager1234'
let fake: FakeDingtalk
let database: OpenDatabase

beforeEach(async () => {
  fake = await startFakeDingtalk(systemClock, { ...APP, crm: { operator: REP, records: [] } })
  database = openDatabase(':memory:')
  await migrate(database.db)
})
afterEach(async () => {
  await database.close()
  await fake.close()
  fake.verify()
})

function cliCtx(more: object = {}): CliCtx {
  const { corpId, clientId, clientSecret, templateId } = APP
  const addresses = { apiUrl: fake.url, legacyUrl: fake.url }
  const app = { enabled: true, corpId, clientId, clientSecret, templateId, directory: { enabled: true } }
  const settings = Settings.parse({ dingtalk: { ...app, ...addresses, ...more } })
  const signal = new AbortController().signal
  const { db } = database
  const log = createLog('silent')
  return { db, clock: systemClock, log, settings, database, text: textFor('zh-CN'), json: false, signal }
}

const doctor = (options: DoctorOptions = {}, more: object = {}) => doctorDingtalk(cliCtx(more), options)
const states = (checks: readonly Check[]) => checks.map(({ name, state }) => `${name} ${state}`)
const found = (checks: readonly Check[], name: string) => checks.find((one) => one.name === name)

it('goes through everything that works, to a card that arrives, and tells what it costs', async () => {
  const checks = await doctor({ to: REP })
  expect(states(checks)).toEqual([
    '凭证 ok',
    '通讯录 ok',
    '机器人 ok',
    '卡片 ok',
    '长连接 ok',
    '测试消息 ok',
    '本月调用次数 ok',
  ])
  expect(fake.state.textsAt(`dm:${REP}`)).toEqual([expect.stringContaining('测试消息')])
  expect(fake.gateway.accepted).toBe(1)
  expect(fake.gateway.connections.size).toBe(0)
  expect(fake.state.counted).toBe(3)
  expect(found(checks, '本月调用次数')?.detail).toContain('3/5000')
})

it('sends text and says how to get buttons where there is no template', async () => {
  const checks = await doctor({ to: REP }, { templateId: null })
  expect(found(checks, '卡片')).toMatchObject({
    state: 'warning',
    mend: expect.stringContaining('templateId'),
  })
  expect(found(checks, '测试消息')).toMatchObject({ state: 'ok' })
  expect(fake.state.shown.map(({ form }) => form)).toEqual(['message'])
})

it('stops at a wrong secret, which it tries once', async () => {
  const checks = await doctor({ to: REP }, { clientSecret: 'wrong' })
  expect(states(checks)).toEqual(['凭证 failed', '本月调用次数 ok'])
  expect(checks[0]).toMatchObject({
    detail: expect.stringContaining('invalidClientIdOrSecret'),
    mend: expect.stringContaining('Client Secret'),
  })
  expect(fake.calls).toEqual(['/v1.0/oauth2/accessToken'])
})

it.each([
  ['qyapi_robot_sendmsg', '机器人', '企业内机器人发送消息权限'],
  ['Card.Instance.Write', '卡片', '互动卡片实例写权限'],
  ['qyapi_get_department_list', '通讯录', '通讯录部门信息读权限'],
  ['qyapi_get_department_member', '通讯录', '通讯录部门成员读权限'],
])('names the missing permission %s as the console does', async (scope, name, label) => {
  fake.state.lacking.add(scope)
  const check = found(await doctor(), name)
  expect(check).toMatchObject({ state: 'failed' })
  expect(check?.mend).toContain(`${label} (${scope})`)
  expect(check?.mend).toContain('版本管理与发布')
})

it('reads the first page of the CRM where it is switched on', async () => {
  const customers = { enabled: true, operator: REP }
  expect(found(await doctor({}, { customers }), '客户管理')).toMatchObject({ state: 'ok' })
  fake.state.lacking.add('qyapi_crm_maindata_read')
  expect(found(await doctor({}, { customers }), '客户管理')?.mend).toContain('搜索 CRM')
})

it('tells a wrong robotCode, and sends nothing through it', async () => {
  const checks = await doctor({ to: REP }, { robotCode: 'other' })
  expect(states(checks)).toEqual(['凭证 ok', '通讯录 ok', '机器人 failed', '长连接 ok', '本月调用次数 ok'])
  expect(found(checks, '机器人')?.mend).toContain('robotCode')
})

it.each([
  ['templateId', 'param.templateNotExist', { templateId: 'other.schema' }],
  ['发布', 'param.templateUnpublished', {}],
])('shows a refused template in place of hiding it behind text (%s)', async (word, code, more) => {
  if (code === 'param.templateUnpublished')
    fake.inject({ api: 'createAndDeliver', answer: { status: 400, body: { code } } })
  const check = found(await doctor({ to: REP }, more), '测试消息')
  expect(check).toMatchObject({ state: 'failed', detail: expect.stringContaining(code) })
  expect(check?.mend).toContain(word === 'templateId' ? '模板 ID' : word)
})

it('tells somebody who cannot be reached', async () => {
  const card = found(await doctor({ to: 'nobody' }), '测试消息')
  expect(card).toMatchObject({ state: 'failed', mend: expect.stringContaining('可见范围') })
  const text = found(await doctor({ to: 'nobody' }, { templateId: null }), '测试消息')
  expect(text).toMatchObject({ state: 'failed', mend: expect.stringContaining('可见范围') })
})

it('names people who are bound and not visible', async () => {
  const ctx = cliCtx()
  const { id } = await addMember(ctx, { name: '赵六', platform: null })
  await bindIdentity(ctx, { platform: 'dingtalk', person: 'zhaoliu', memberId: id })
  const check = found(await doctor(), '通讯录')
  expect(check).toMatchObject({ state: 'warning', mend: expect.stringContaining('zhaoliu') })
})

it('says what to look at when no connection comes about', async () => {
  fake.inject({ api: 'connections/open', answer: { status: 400, body: { code: 'badRequest' } } })
  const check = found(await doctor(), '长连接')
  expect(check).toMatchObject({ state: 'failed', mend: expect.stringContaining('Stream 模式') })
})

it('stores for the service what arrives on its connection', async () => {
  const answers: Promise<Answered>[] = []
  fake.gateway.connected = () =>
    answers.push(fake.gateway.push(robotFrame(fake.state, { user: REP, text: '名单' }, fake.url)))
  await doctor()
  expect(await Promise.all(answers)).toEqual([expect.objectContaining({ code: 200 })])
  expect(await newEvents(cliCtx(), 10)).toHaveLength(1)
})

it('tells when the calls of the month are nearly used up', async () => {
  const check = found(await doctor({}, { monthlyApiCalls: 2 }), '本月调用次数')
  expect(check).toMatchObject({ state: 'failed', mend: expect.stringContaining('增购包') })
})

it('sends a test message through a group robot, without an app', async () => {
  fake.state.robots.set(ROBOT.accessToken, { ...ROBOT })
  const webhook = { enabled: true, keys: ROBOT_KEYS, robots: [{ name: '华东' }] }
  const off = { enabled: false, directory: { enabled: false } }
  expect(states(await doctor({ robot: '华东' }, { ...off, webhook }))).toEqual(['机器人 华东 ok'])
  expect(fake.state.textsAt(`robot:${ROBOT.accessToken}`)).toEqual([expect.stringContaining('测试消息')])
  const unknown = found(await doctor({ robot: '华南' }, { ...off, webhook }), '机器人 华南')
  expect(unknown).toMatchObject({ state: 'failed', mend: expect.stringContaining('dingtalk.webhook') })
  expect(found(await doctor({ robot: '华东' }), '机器人 华东')).toMatchObject({ state: 'warning' })
})

it('says how to switch it on', async () => {
  const off = { enabled: false, directory: { enabled: false } }
  expect(await doctor({}, off)).toEqual([
    expect.objectContaining({ state: 'warning', mend: expect.stringContaining('dingtalk.enabled') }),
  ])
})
