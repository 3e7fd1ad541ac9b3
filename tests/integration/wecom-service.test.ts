import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createWecomApp } from '../../adapters/wecom/app.ts'
import { systemClock } from '../../src/clock.ts'
import type { Ctx } from '../../src/context.ts'
import { startHttp } from '../../src/http/app.ts'
import { createLog } from '../../src/log.ts'
import { wecomAppPorts } from '../../src/main/wecom-ports.ts'
import { startService } from '../../src/main.ts'
import { startDispatcher } from '../../src/push/dispatch.ts'
import { Settings } from '../../src/settings.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { addToOutbox } from '../../src/store/outbox.ts'
import { eventually } from '../support/eventually.ts'
import { postOf, pressXml, textXml } from '../support/fake-wecom/callbacks.ts'
import { CORP, type Disturbance, type FakeWecom, startFakeWecom } from '../support/fake-wecom/index.ts'
import { cardOf, type FakeMessage, textOf } from '../support/fake-wecom/state.ts'
import { digest } from '../support/sample-cards.ts'
import { customer, openCase, seedCompany } from '../support/talk.ts'
import { frozenClock, MONDAY_9AM, sqliteCtx } from '../support/test-ctx.ts'
import { VECTORS, type Vector } from '../support/wecom-vectors.ts'

const { members: _, ...CREDENTIALS } = CORP
function settingsFor(fake: Pick<FakeWecom, 'url'>, more: object = {}): Settings {
  const { corpId, ...app } = CREDENTIALS
  return Settings.parse({
    http: { port: 0 },
    wecom: { corpId, baseUrl: fake.url, app: { enabled: true, ...app } },
    ...more,
  })
}

/** A company on WeCom in a database of its own, served as `liuke serve` does it. */
async function serve() {
  const fake = await startFakeWecom(systemClock)
  const database = join(mkdtempSync(join(tmpdir(), 'liuke-wecom-')), 'liuke.db')
  const ctx = await sqliteCtx({ file: database, at: systemClock.now() })
  const company = await seedCompany(ctx)
  await bindIdentity(ctx, { platform: 'wecom', person: 'WangXiaoMing', memberId: company.members.wang })
  const hualian = await customer(ctx, { name: '华联超市', owner: company.members.wang })
  await openCase(ctx, { customer: hualian, owner: company.members.wang })
  await ctx.close()
  const service = await startService(settingsFor(fake, { database }), createLog('silent'))
  onTestFinished(async () => {
    await service.stop()
    await fake.close()
    fake.verify()
  })
  return { fake, to: `${service.url}/callbacks/wecom`, url: service.url }
}

function lastCard({ state }: FakeWecom, user: string): FakeMessage {
  const cards = state.messages.filter((one) => one.user === user && one.body.msgtype === 'template_card')
  const last = cards.at(-1)
  if (!last) throw new Error('no card yet')
  return last
}

function buttonsOf(message: FakeMessage): string[] {
  const card = cardOf(message)
  return card.card_type === 'button_interaction' ? card.button_list.map((one) => one.text) : []
}

const shown = (fake: FakeWecom, user: string): string[] =>
  fake.state.messages.filter((one) => one.user === user).map(textOf)

describe('a company on WeCom', () => {
  it('talks with Liuke over HTTP: a line is answered, a press changes the card, a stranger learns the own id', async () => {
    const { fake, to, url } = await serve()
    const { state } = fake
    const say = (user: string, text: string, id: string) =>
      fake.deliver(to, postOf(state, textXml(state, user, text, id)))

    expect(await say('lijing', '我的', '1001')).toEqual([200])
    await eventually(() => expect(shown(fake, 'lijing')).toEqual([expect.stringContaining('lijing')]))

    expect(await say('WangXiaoMing', '客户 华联超市', '1002')).toEqual([200])
    expect(await say('WangXiaoMing', '客户 华联超市', '1002')).toEqual([200])
    await eventually(() => expect(shown(fake, 'wangxiaoming').join()).toContain('华联超市'))

    const press = (card: FakeMessage, label: string) =>
      fake.deliver(to, postOf(state, pressXml(state, card, label)))
    const question = async (before: FakeMessage): Promise<FakeMessage> =>
      eventually(() => {
        const last = lastCard(fake, 'wangxiaoming')
        expect(last).not.toBe(before)
        return last
      })

    const first = lastCard(fake, 'wangxiaoming')
    expect(await press(first, '稍后')).toEqual([200])
    const asked = await question(first)
    const [choice] = buttonsOf(asked)
    const before = textOf(asked)
    expect(await press(asked, choice ?? '')).toEqual([200])
    await eventually(() => expect(textOf(asked)).not.toBe(before))
    expect(lastCard(fake, 'wangxiaoming')).toBe(asked)

    const ready = await fetch(`${url}/readyz`)
    expect(await ready.json()).toMatchObject({ adapters: [{ name: 'wecom', ok: true }] })
    expect(fake.calls.filter((call) => call === 'gettoken')).toHaveLength(1)
  })

  it('hears a refusal for what is forged', async () => {
    const { fake, to } = await serve()
    const good = postOf(fake.state, textXml(fake.state, 'lijing', '我的', '1'))
    const forged = { ...good, query: { ...good.query, nonce: '1' } }
    expect(await fake.deliver(to, forged)).toEqual([403, 403, 403])
    expect(await fake.deliver(to, { ...good, body: Buffer.alloc(2_000_000, 'x') })).toEqual([413, 413, 413])
  })
})

/** The receiver a vector was made for, at the time it was made, behind the real HTTP server. */
async function routeOf(one: Vector) {
  const corp = { corpId: one.receiveid, token: one.token, aesKey: one.aesKey }
  const ctx = await sqliteCtx({ at: Number(one.timestamp) * 1000 })
  const settings = settingsFor({ url: 'http://127.0.0.1:1' }, {})
  const { corpId, ...app } = { ...CREDENTIALS, ...corp }
  const wecom = { ...settings.wecom, corpId, app: { ...settings.wecom.app, ...app } }
  const ports = wecomAppPorts({ ...ctx, settings: { ...settings, wecom } }, null)
  const texts: string[] = []
  const adapter = createWecomApp({ ...ports, clock: ctx.clock, log: ctx.log })
  await adapter.start(async (event) => void (event.kind === 'text' && texts.push(event.text)))
  const http = await startHttp({ ...ctx, settings }, [adapter])
  onTestFinished(async () => {
    await http.stop()
    await ctx.close()
  })
  async function ask(more: Partial<Vector> = {}): Promise<{ status: number; body: string }> {
    const { kind, sig, timestamp, nonce, encrypt } = { ...one, ...more }
    const url = kind === 'url'
    const query = new URLSearchParams({
      msg_signature: sig,
      timestamp,
      nonce,
      ...(url && { echostr: encrypt }),
    })
    const answer = await fetch(`${http.url}/callbacks/wecom/app?${query}`, {
      method: url ? 'GET' : 'POST',
      ...(!url && { body: `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>` }),
    })
    return { status: answer.status, body: await answer.text() }
  }
  return { ask, texts }
}

describe('the callback route', () => {
  it.each(VECTORS)('takes the published vector $v over HTTP', async (one) => {
    const { ask, texts } = await routeOf(one)
    expect(await ask()).toEqual({ status: 200, body: one.kind === 'url' ? one.plain : '' })
    // Of the messages, the malformed JSON is none, and the published reply names no company as its receiver.
    const text = /<Content>(?:<!\[CDATA\[)?([^\]<]+)/.exec(one.plain)?.[1]
    expect(texts).toEqual(one.kind === 'msg' && text !== undefined ? [text] : [])
  })

  it.each(VECTORS)('refuses $v over HTTP with any one byte changed', async (one) => {
    const { ask, texts } = await routeOf(one)
    for (const field of ['encrypt', 'sig', 'nonce', 'timestamp'] as const) {
      const whole = one[field]
      const answers = await Promise.all(
        Array.from(whole, (byte, at) =>
          ask({ [field]: whole.slice(0, at) + (byte === '1' ? '2' : '1') + whole.slice(at + 1) }),
        ),
      )
      for (const [at, answer] of answers.entries())
        expect(answer, `${field}[${at}]`).toEqual({ status: 403, body: '' })
    }
    expect(texts).toEqual([])
  })
})

describe('a morning of 300 reps', () => {
  it('reaches everybody exactly once although every tenth call fails and tokens end', async () => {
    const clock = frozenClock(MONDAY_9AM)
    const reps = Array.from({ length: 300 }, (_, n) => `rep-${n}`)
    const members = reps.map((userid) => ({ userid, name: userid, department: [1] }))
    const fake = await startFakeWecom(clock, { ...CORP, members })
    const ctx: Ctx & { close(): Promise<void> } = {
      ...(await sqliteCtx()),
      clock,
      settings: settingsFor(fake),
    }
    const ports = wecomAppPorts(ctx, null)
    const adapter = createWecomApp({ ...ports, clock, log: ctx.log })
    await adapter.start(async () => undefined)
    fake.disturb(trouble(fake))
    for (const id of reps) {
      await addToOutbox(ctx, {
        id: `digest:${id}`,
        platform: 'wecom',
        kind: 'send',
        target: { platform: 'wecom', kind: 'dm', id },
        address: `dm:${id}`,
        card: digest,
        lane: 'digest',
        notBefore: MONDAY_9AM,
      })
    }
    const dispatcher = startDispatcher(ctx, [adapter], { pollMs: null })
    for (let minute = 0; minute < 60; minute++) {
      await dispatcher.idle()
      clock.advanceTo(clock.now() + 60_000)
    }
    const states = await ctx.db.selectFrom('outbox').select('state').execute()
    expect(states.map((row) => row.state)).toEqual(Array(300).fill('sent'))
    const kinds = (user: string): string[] =>
      fake.state.messages.filter((one) => one.user === user).map((one) => one.body.msgtype)
    for (const rep of reps) expect(kinds(rep), rep).toEqual(['markdown', 'template_card'])
    expect(fake.state.dropped).toEqual([])
    // 600 messages, a tenth of the calls in vain, and tokens.
    expect(fake.calls.length).toBeGreaterThan(660)
    await dispatcher.stop()
    await fake.close()
    fake.verify()
    await ctx.close()
  })
})

/** Every tenth call fails in one of the ways calls fail; every hundredth ends the token. */
function trouble(fake: FakeWecom): (api: string) => Disturbance | null {
  const ways: readonly Disturbance[] = [
    { cut: 'after' },
    { errcode: -1 },
    { cut: 'before' },
    { status: 502 },
    { errcode: 45033 },
  ]
  let calls = 0
  return () => {
    calls++
    if (calls % 100 === 0) fake.state.endTokens()
    return calls % 10 === 0 ? (ways[(calls / 10) % ways.length] ?? null) : null
  }
}
