import { afterEach, expect, it } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { SESSION_MS } from '../../src/http/sessions.ts'
import type { PageLogin } from '../../src/model/login.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { type Board, PUBLIC, startBoard } from '../support/board.ts'
import type { Seen, Visitor } from '../support/visitor.ts'

let board: Board | null = null

afterEach(async () => {
  await board?.stop()
  board = null
})

/** A platform whose codes are the ids of people; each works once. */
function fakeLogin(): PageLogin & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    platform: 'wecom',
    asked,
    isInApp: (agent) => agent.includes('wxwork'),
    start: ({ state, redirectUri, inApp }) =>
      `https://platform.example/?${new URLSearchParams({ state, to: redirectUri, inApp: String(inApp) })}`,
    async personOf(code) {
      if (asked.includes(code)) throw new AppError('bad-input', 'used')
      asked.push(code)
      return code === 'outsider' ? null : code
    },
  }
}

async function open(login: PageLogin = fakeLogin()): Promise<Board> {
  board = await startBoard({ logins: [login], publicUrl: PUBLIC })
  const { wang, lead } = board.company.members
  await bindIdentity(board.ctx, { platform: 'wecom', person: 'WangFang', memberId: wang })
  await bindIdentity(board.ctx, { platform: 'wecom', person: 'boss', memberId: lead })
  return board
}

/** Goes to the platform and gives the state that it was sent with. */
async function begin(who: Visitor, back = '/board'): Promise<string> {
  const { location } = await who.get(`/login/wecom?back=${encodeURIComponent(back)}`)
  return new URL(location).searchParams.get('state') ?? ''
}

const finish = (who: Visitor, state: string, code: string): Promise<Seen> =>
  who.get(`/login/wecom/back?code=${code}&state=${state}`)

async function loggedIn(one: Board, code = 'wangfang'): Promise<Visitor> {
  const who = one.visit()
  expect((await finish(who, await begin(who), code)).status).toBe(303)
  return who
}

it('sends everybody to the login page first, and back to where they wanted to go', async () => {
  const one = await open()
  const who = one.visit()
  const wanted = `/board/customers/${one.customers.own}`
  const first = await who.get(wanted)
  expect(first.location).toBe(`/login?back=${encodeURIComponent(wanted)}`)
  expect((await who.get(first.location)).text).toContain('用企业微信登录')
  const state = await begin(who, wanted)
  expect(state).toMatch(/^[0-9a-f]{64}$/)
  const { location } = await finish(who, state, 'wangfang')
  expect(location).toBe(wanted)
  expect((await who.get(location)).text).toContain('张三制造')
})

it('inside the client it goes on by itself, but not after a logout', async () => {
  const one = await open()
  const agent = { 'user-agent': 'Mozilla/5.0 wxwork/4.1.30 MicroMessenger/7.0.1' }
  const who = one.visit()
  expect((await who.get('/login', agent)).location).toBe('/login/wecom?back=%2Fboard')
  expect((await who.get('/login/wecom', agent)).location).toContain('inApp=true')
  expect((await who.get('/login?left=1', agent)).status).toBe(200)
})

it('sets a cookie that only https carries and no script reads, and keeps its value nowhere', async () => {
  const one = await open()
  const who = one.visit()
  const { setCookies } = await finish(who, await begin(who), 'wangfang')
  const session = setCookies.find((line) => line.startsWith('__Host-liuke=')) ?? ''
  expect(session).toMatch(/; path=\/; expires=[^;]+; samesite=lax; secure; httponly$/i)
  const token = who.cookies.get('__Host-liuke') ?? ''
  expect(token).toMatch(/^[\w-]{43}$/)
  const stored = JSON.stringify(await one.ctx.db.selectFrom('state').selectAll().execute())
  expect(stored).toContain('page.session.')
  expect(stored).not.toContain(token)
})

it('refuses a state of another browser, of another login, none at all, and one that is too old', async () => {
  const login = fakeLogin()
  const one = await open(login)
  const [victim, attacker] = [one.visit(), one.visit()]
  const foreign = await begin(attacker)
  await begin(victim)
  expect((await finish(victim, foreign, 'wangfang')).status).toBe(400)
  expect((await finish(one.visit(), foreign, 'wangfang')).status).toBe(400)
  expect((await victim.get('/login/wecom/back?code=wangfang')).status).toBe(400)
  const late = await begin(victim)
  one.clock.advanceTo(one.clock.now() + 10 * 60_000)
  expect((await finish(victim, late, 'wangfang')).text).toContain('登录已失效')
  expect(login.asked).toEqual([])
})

it('takes a state once, even with a fresh code and the old cookie, and a code once', async () => {
  const one = await open()
  const who = one.visit()
  const state = await begin(who)
  const pending = who.cookies.get('__Host-liuke-login') ?? ''
  expect((await finish(who, state, 'wangfang')).status).toBe(303)
  expect(who.cookies.has('__Host-liuke-login')).toBe(false)
  const thief = one.visit()
  thief.cookies.set('__Host-liuke-login', pending)
  expect((await finish(thief, state, 'boss')).status).toBe(400)
  const other = one.visit()
  expect((await finish(other, await begin(other), 'wangfang')).text).toContain('登录已失效')
})

it.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/board/../..//evil.example',
  '/readyz',
])('never goes on to %s', async (back) => {
  const one = await open()
  const who = one.visit()
  expect((await finish(who, await begin(who, back), 'wangfang')).location).toBe('/board')
})

it('lets in nobody who is not bound, has left, or is no member of the company', async () => {
  const one = await open()
  const answer = async (code: string): Promise<Seen> => {
    const who = one.visit()
    return finish(who, await begin(who), code)
  }
  const stranger = await answer('somebody')
  expect(stranger.status).toBe(403)
  expect(stranger.text).toContain('somebody')
  expect((await answer('outsider')).text).toContain('不是本公司成员')
  await one.ctx.db.updateTable('members').set({ active: 0 }).where('name', '=', '陈总').execute()
  expect((await answer('boss')).text).toContain('已停用')
})

it('ends at once for whoever leaves, is unbound, or is bound to somebody else', async () => {
  const one = await open()
  const { db } = one.ctx
  const [leaver, unbound, moved] = [
    await loggedIn(one),
    await loggedIn(one, 'WANGFANG'),
    await loggedIn(one, 'boss'),
  ]
  const active = (active: number) =>
    db.updateTable('members').set({ active }).where('name', '=', '王芳').execute()
  await active(0)
  expect((await leaver.get('/board')).status).toBe(302)
  await active(1)
  expect((await leaver.get('/board')).status).toBe(200)
  await db.deleteFrom('identities').where('person', '=', 'wangfang').where('platform', '=', 'wecom').execute()
  expect((await unbound.get('/board')).status).toBe(302)
  await bindIdentity(one.ctx, { platform: 'wecom', person: 'boss', memberId: one.company.members.admin })
  expect((await moved.get('/board')).status).toBe(302)
})

it('ends after twelve hours, and by a logout for every copy of the cookie', async () => {
  const one = await open()
  const who = await loggedIn(one)
  const copy = one.visit()
  copy.cookies.set('__Host-liuke', who.cookies.get('__Host-liuke') ?? '')
  expect((await copy.get('/board')).status).toBe(200)
  expect((await who.get('/logout')).status).toBe(404)
  expect((await who.post('/logout')).location).toBe('/login?left=1')
  expect((await copy.get('/board')).status).toBe(302)
  const late = await loggedIn(one, 'boss')
  one.clock.advanceTo(one.clock.now() + SESSION_MS - 1)
  expect((await late.get('/board')).status).toBe(200)
  one.clock.advanceTo(one.clock.now() + 1)
  expect((await late.get('/board')).status).toBe(302)
})

it('gives a new session at every login, and ends the one before', async () => {
  const one = await open()
  const who = await loggedIn(one)
  const before = who.cookies.get('__Host-liuke') ?? ''
  await finish(who, await begin(who), 'boss')
  expect(who.cookies.get('__Host-liuke')).not.toBe(before)
  const old = one.visit()
  old.cookies.set('__Host-liuke', before)
  expect((await old.get('/board')).status).toBe(302)
})

it('takes forms of its own pages only', async () => {
  const one = await open()
  const who = await loggedIn(one)
  for (const origin of ['https://evil.example', 'null', null]) {
    expect((await who.post('/logout', {}, origin)).status).toBe(403)
  }
  expect((await who.get('/board')).status).toBe(200)
})

it('asks the platform about a bounded number of codes a minute', async () => {
  const login = fakeLogin()
  const one = await open(login)
  const who = one.visit()
  for (let n = 0; n < 120; n++) await finish(who, await begin(who), `made-up-${n}`)
  expect((await finish(who, await begin(who), 'wangfang')).status).toBe(503)
  expect(login.asked).toHaveLength(120)
  one.clock.advanceTo(one.clock.now() + 60_000)
  expect((await finish(who, await begin(who), 'wangfang')).status).toBe(303)
})

it('nobody chooses who they are where the pages are public', async () => {
  const one = await open()
  const who = one.visit()
  expect((await who.post('/login/playground', { person: 'admin' })).status).toBe(404)
  expect((await who.get('/login')).text).not.toContain('你是谁')
})

it('the demo asks who one is, on this machine only', async () => {
  board = await startBoard()
  const who = board.visit()
  expect((await who.get('/login')).text).toContain('王芳 · 销售 · 华东')
  expect((await who.post('/login/playground', { person: 'nobody' })).status).toBe(403)
  expect((await who.post('/login/playground', { person: 'admin' }, 'https://evil.example')).status).toBe(403)
  const { location } = await who.post('/login/playground', { person: 'wang', back: '/board?words=x' })
  expect(location).toBe('/board?words=x')
})
