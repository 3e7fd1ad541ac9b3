import { afterEach, expect, it } from 'vitest'
import type { Ctx } from '../../src/context.ts'
import { startHttp } from '../../src/http/app.ts'
import { pageLogins } from '../../src/main/page-logins.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { PUBLIC } from '../support/board.ts'
import { APP, startFakeDingtalk } from '../support/fake-dingtalk/index.ts'
import { logIn } from '../support/fake-dingtalk/login.ts'
import { CORP, startFakeWecom } from '../support/fake-wecom/index.ts'
import { seedCompany } from '../support/talk.ts'
import { frozenClock, MONDAY_9AM, sqliteCtx } from '../support/test-ctx.ts'
import { type Seen, type Visitor, visitor } from '../support/visitor.ts'

const INSIDE = { 'user-agent': 'Mozilla/5.0 (iPhone) wxwork/4.1.30 MicroMessenger/7.0.1' }
const open: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

interface Case {
  readonly ctx: Ctx
  readonly who: Visitor
  readonly clock: ReturnType<typeof frozenClock>
}

/** The pages of a company whose platforms are fakes; what was said to them is checked at the end. */
async function company(
  settings: object,
  people: Record<string, [platform: string, person: string]>,
): Promise<Case> {
  const clock = frozenClock(MONDAY_9AM)
  const ctx = await sqliteCtx({ settings: { ...settings, http: { port: 0, publicUrl: PUBLIC } } })
  const { members } = await seedCompany(ctx)
  for (const [name, [platform, person]] of Object.entries(people)) {
    const memberId = name === 'wang' ? members.wang : members.lead
    await bindIdentity(ctx, { platform, person, memberId })
  }
  const http = await startHttp(ctx, [], { logins: pageLogins(ctx), clock })
  open.push(http.stop, ctx.close)
  return { ctx, clock, who: visitor(http.url, PUBLIC) }
}

async function wecom() {
  const clock = frozenClock(MONDAY_9AM)
  const fake = await startFakeWecom(clock)
  open.push(fake.close)
  const { corpId, agentId, secret, token, aesKey } = CORP
  const app = { enabled: true, agentId, secret, token, aesKey }
  const urls = { baseUrl: fake.url, insideLoginUrl: fake.url, outsideLoginUrl: fake.url }
  const one = await company({ wecom: { corpId, ...urls, app } }, { wang: ['wecom', 'WangXiaoMing'] })
  return { ...one, fake, fakeClock: clock }
}

async function dingtalk() {
  const clock = frozenClock(MONDAY_9AM)
  const fake = await startFakeDingtalk(clock)
  open.push(fake.close)
  const { corpId, clientId, clientSecret } = APP
  const urls = { apiUrl: fake.url, legacyUrl: fake.url, loginUrl: fake.url }
  const settings = { dingtalk: { enabled: true, corpId, clientId, clientSecret, ...urls } }
  return { ...(await company(settings, { wang: ['dingtalk', 'manager1234'] })), fake, fakeClock: clock }
}

const back = (who: Visitor, { pathname, search }: URL): Promise<Seen> => who.get(pathname + search)

it.each([
  ['inside', INSIDE, '/connect/oauth2/authorize'],
  ['outside', {}, '/wwlogin/sso/login'],
] as const)('logs in with WeCom %s its client', async (_, headers, path) => {
  const { who, fake } = await wecom()
  const { location } = await who.get('/login/wecom', headers)
  expect(new URL(location).pathname).toBe(path)
  // The platform names members by the spelling of its address book.
  expect((await back(who, fake.state.logIn(location, 'WangXiaoMing'))).location).toBe('/board')
  expect((await who.get('/board')).text).toContain('王芳')
  fake.verify()
})

it('WeCom: no code twice, none after five minutes, nobody from outside, no member who is not bound', async () => {
  const { who, fake, fakeClock } = await wecom()
  const begin = async (): Promise<string> => (await who.get('/login/wecom')).location
  const used = fake.state.logIn(await begin(), 'WangXiaoMing')
  await back(who, used)
  const again = new URL(await begin())
  const replay = new URL(used)
  replay.searchParams.set('state', again.searchParams.get('state') ?? '')
  expect((await back(who, replay)).text).toContain('登录已失效')
  const late = fake.state.logIn(await begin(), 'WangXiaoMing')
  fakeClock.advanceTo(fakeClock.now() + 5 * 60_000 + 1)
  expect((await back(who, late)).text).toContain('登录已失效')
  expect((await back(who, fake.state.logIn(await begin(), 'customer'))).text).toContain('不是本公司成员')
  const unbound = await back(who, fake.state.logIn(await begin(), 'lijing'))
  expect([unbound.status, unbound.text.includes('lijing')]).toEqual([403, true])
  fake.verify()
})

it('WeCom: a platform that is away is a sentence, and the next try works', async () => {
  const { who, fake } = await wecom()
  fake.inject({ api: 'auth/getuserinfo', status: 502 })
  const first = await back(who, fake.state.logIn((await who.get('/login/wecom')).location, 'WangXiaoMing'))
  expect([first.status, first.text.includes('暂时没有回应')]).toEqual([502, true])
  const second = await back(who, fake.state.logIn((await who.get('/login/wecom')).location, 'WangXiaoMing'))
  expect(second.status).toBe(303)
})

it('logs in with DingTalk, and counts none of the calls for the month', async () => {
  const { who, fake } = await dingtalk()
  const { location } = await who.get('/login/dingtalk')
  expect((await back(who, logIn(fake.state, location, { user: 'manager1234' }))).location).toBe('/board')
  expect((await who.get('/board')).text).toContain('王芳')
  expect(fake.calls).toContain('/topapi/user/getbyunionid')
  fake.verify()
})

it('DingTalk: no code twice, no other company, nobody from outside, no member who is not bound', async () => {
  const { who, fake } = await dingtalk()
  const begin = async (): Promise<string> => (await who.get('/login/dingtalk')).location
  const login = async (given: { user: string; corpId?: string }): Promise<string> =>
    (await back(who, logIn(fake.state, await begin(), given))).text
  const used = logIn(fake.state, await begin(), { user: 'manager1234' })
  await back(who, used)
  const replay = new URL(used)
  replay.searchParams.set('state', new URL(await begin()).searchParams.get('state') ?? '')
  expect((await back(who, replay)).text).toContain('登录已失效')
  expect(await login({ user: 'manager1234', corpId: 'dingother' })).toContain('不是本公司成员')
  expect(await login({ user: 'external-1' })).toContain('不是本公司成员')
  expect(await login({ user: 'gone' })).toContain('不是本公司成员')
  expect(await login({ user: 'LiJing' })).toContain('LiJing')
  fake.verify()
})
