import { describe, expect, it } from 'vitest'
import { createApi } from '../../adapters/wecom/api.ts'
import { STOP_MS } from '../../adapters/wecom/codes.ts'
import { createLimits } from '../../adapters/wecom/limits.ts'
import { createTransport } from '../../adapters/wecom/transport.ts'
import { createLog } from '../../src/log.ts'
import type { Card } from '../../src/model/card.ts'
import type { InboundEvent } from '../../src/model/chat.ts'
import { cardWith } from '../contract/adapter-contract.ts'
import { checkOf, eventXml, postOf, pressXml, textXml } from '../support/fake-wecom/callbacks.ts'
import { CORP } from '../support/fake-wecom/index.ts'
import { cardOf, textOf } from '../support/fake-wecom/state.ts'
import { digest, why } from '../support/sample-cards.ts'
import { frozenClock, MONDAY_9AM } from '../support/test-ctx.ts'
import { memoryValues, type WecomCase, type WecomCaseOptions, wecomCase } from '../support/wecom-app.ts'

const REP = { platform: 'wecom', kind: 'dm', id: 'wangxiaoming' } as const
const HOUR_MS = 3_600_000

interface Started extends WecomCase {
  readonly clock: ReturnType<typeof frozenClock>
  readonly events: InboundEvent[]
}

/** Runs `work` on a started app; the fake's verdict on every call comes last. */
async function withApp(work: (one: Started) => Promise<void>, options: WecomCaseOptions = {}): Promise<void> {
  const clock = frozenClock(MONDAY_9AM)
  const one = await wecomCase(clock, options)
  const events: InboundEvent[] = []
  await one.app.start(async (event) => void events.push(event))
  await work({ ...one, clock, events })
  await one.close()
}

const shown = ({ fake }: Pick<WecomCase, 'fake'>, user = REP.id): string[] =>
  fake.state.messages.filter((one) => one.user === user).map(textOf)

const send = ({ app }: Pick<WecomCase, 'app'>, key: string, card: Card = cardWith(key)) =>
  app.send(REP, card, key)

const count = ({ fake }: Pick<WecomCase, 'fake'>, api: string): number =>
  fake.calls.filter((one) => one === api).length

describe('access tokens', () => {
  it('are fetched once for many callers, and shared with another process', () =>
    withApp(async (one) => {
      await Promise.all(['a', 'b', 'c', 'd'].map((key) => send(one, key)))
      await one.another().send(REP, cardWith('e'), 'e')
      expect(count(one, 'gettoken')).toBe(1)
      expect(shown(one)).toHaveLength(5)
    }))

  it('are stored so that only the secret opens them, and are never logged', async () => {
    const lines: string[] = []
    const log = createLog('debug', { write: (line) => void lines.push(line) })
    await withApp(
      async (one) => {
        one.fake.inject({ api: 'message/send', errcode: 42001 })
        await send(one, 'a')
        one.fake.inject({ api: 'message/send', errcode: 60020 })
        await expect(send(one, 'b')).rejects.toThrow()
        const stored = [...one.shared.all.values()].join()
        expect(stored).not.toBe('')
        for (const secret of ['TOKEN-', CORP.secret]) {
          expect(stored).not.toContain(secret)
          expect(lines.join()).not.toContain(secret)
        }
        expect(lines.join()).toContain('60020')
      },
      { log },
    )
  })

  it('are renewed before they end', () =>
    withApp(async (one) => {
      await send(one, 'a')
      one.clock.advanceTo(MONDAY_9AM + 7200_000 - 200_000)
      await send(one, 'b')
      expect(count(one, 'gettoken')).toBe(2)
      expect(count(one, 'message/send')).toBe(2)
    }))

  it('are renewed once when the platform ended them early, and the call is made again', () =>
    withApp(async (one) => {
      await send(one, 'a')
      one.fake.state.endTokens()
      await Promise.all(['b', 'c', 'd'].map((key) => send(one, key)))
      expect(shown(one)).toHaveLength(4)
      expect(count(one, 'gettoken')).toBe(2)
    }))

  it.each([40014, 42001, 40001])('are renewed on %i', (errcode) =>
    withApp(async (one) => {
      one.fake.inject({ api: 'message/send', errcode })
      one.fake.state.endTokens()
      await send(one, 'a')
      expect(shown(one)).toHaveLength(1)
    }),
  )

  it('that are refused although they are new stop the app: messages wait, and it is not asked for more', () =>
    withApp(async (one) => {
      one.fake.inject({ api: 'message/send', errcode: 40001, times: 2 })
      for (const key of ['a', 'b', 'c'])
        await expect(send(one, key)).rejects.toMatchObject({ code: 'busy', halt: expect.any(String) })
      expect(count(one, 'gettoken')).toBe(2)
      expect(count(one, 'message/send')).toBe(2)
      expect(one.app.health()).toMatchObject({ ok: false, detail: expect.stringContaining('应用已停用') })
      one.clock.advanceTo(MONDAY_9AM + STOP_MS)
      await send(one, 'a')
      expect(shown(one)).toHaveLength(1)
    }))

  it('with a wrong secret stop the app instead of asking again and again', () =>
    withApp(
      async (one) => {
        for (const key of ['a', 'b', 'c']) {
          await expect(send(one, key)).rejects.toMatchObject({ code: 'busy' })
        }
        expect(count(one, 'gettoken')).toBe(1)
        expect(one.app.health()).toMatchObject({ ok: false, detail: expect.stringContaining('Secret') })
        one.clock.advanceTo(MONDAY_9AM + STOP_MS)
        await expect(send(one, 'd')).rejects.toMatchObject({ code: 'busy' })
        expect(count(one, 'gettoken')).toBe(2)
      },
      { settings: { secret: 'wrong' } },
    ))
})

describe('refusals', () => {
  it.each([-1, 6000, 45033, 99_999])('%i may be tried again at once', (errcode) =>
    withApp(async (one) => {
      one.fake.inject({ api: 'message/send', errcode })
      await expect(send(one, 'a')).rejects.toMatchObject({ code: 'upstream', data: { errcode } })
      await send(one, 'a')
      expect(shown(one)).toEqual([expect.stringContaining('a')])
    }),
  )

  it.each([500, 502, 404])('so may HTTP status %i', (status) =>
    withApp(async (one) => {
      one.fake.inject({ api: 'message/send', status })
      await expect(send(one, 'a')).rejects.toMatchObject({ code: 'upstream' })
    }),
  )

  it.each(['', '[]', 'null', '{"errcode":"0"}', '{"errcode":0', '{}'])('so may the answer %j', (raw) =>
    withApp(async (one) => {
      one.fake.inject({ api: 'message/send', raw })
      await expect(send(one, 'a')).rejects.toMatchObject({ code: 'upstream' })
    }),
  )

  it.each(['before', 'after'] as const)('a connection cut %s the call doubles nothing', (cut) =>
    withApp(async (one) => {
      one.fake.inject({ api: 'message/send', cut })
      await expect(send(one, 'a', why)).rejects.toMatchObject({ code: 'upstream' })
      await send(one, 'a', why)
      expect(shown(one)).toHaveLength(1)
    }),
  )

  it('a process that died after the call doubles nothing, and the same short answer arrives twice', () =>
    withApp(async (one) => {
      await send(one, 'a', cardWith('没有找到'))
      await one.another().send(REP, cardWith('没有找到'), 'a')
      await send(one, 'b', cardWith('没有找到'))
      expect(shown(one)).toHaveLength(2)
    }))

  it.each([40058, 45002, 42014])('%i is final for the message', (errcode) =>
    withApp(async (one) => {
      one.fake.inject({ api: 'message/send', errcode })
      await expect(send(one, 'a')).rejects.toMatchObject({ code: 'bad-input', data: { errcode } })
      expect(one.app.health().ok).toBe(true)
    }),
  )

  it('an unknown member is final and says so', () =>
    withApp(async ({ app }) => {
      await expect(app.send({ ...REP, id: 'nobody' }, cardWith('a'), 'a')).rejects.toMatchObject({
        code: 'not-found',
        data: { errcode: 81013 },
        say: expect.stringContaining('可见范围'),
      })
    }))

  it('a member named in a good answer was not reached', () =>
    withApp(async (one) => {
      const raw = JSON.stringify({ errcode: 0, invaliduser: 'wangxiaoming', msgid: 'x' })
      one.fake.inject({ api: 'message/send', raw })
      await expect(send(one, 'a')).rejects.toMatchObject({ code: 'not-found' })
    }))

  it('a member without a licence was not reached either, and the reason says what to assign', () =>
    withApp(async (one) => {
      const raw = JSON.stringify({ errcode: 0, unlicenseduser: 'wangxiaoming', msgid: 'x' })
      one.fake.inject({ api: 'message/send', raw })
      await expect(send(one, 'a')).rejects.toMatchObject({
        code: 'not-found',
        say: expect.stringContaining('接口许可'),
      })
    }))

  it('45009 pauses the call, longer each time, and only this call', () =>
    withApp(async (one) => {
      const waits: unknown[] = []
      for (let n = 0; n < 3; n++) {
        one.fake.inject({ api: 'message/send', errcode: 45009 })
        const error: unknown = await send(one, 'a').catch((thrown: unknown) => thrown)
        expect(error).toMatchObject({ code: 'busy' })
        const wait = Number(Reflect.get(Object(error), 'retryAfterMs'))
        waits.push(wait)
        await expect(send(one, 'a')).rejects.toMatchObject({ code: 'busy', retryAfterMs: wait })
        one.clock.advanceTo(one.clock.now() + wait)
      }
      expect(waits).toEqual([60_000, HOUR_MS, 4 * HOUR_MS])
      expect(count(one, 'message/send')).toBe(3)
      await send(one, 'a')
      one.fake.inject({ api: 'message/send', errcode: 45009 })
      await expect(send(one, 'b')).rejects.toMatchObject({ retryAfterMs: 60_000 })
    }))

  it('60020 stops every call and tells the administrator what to click, until it works again', () =>
    withApp(async (one) => {
      one.fake.inject({ api: 'message/send', errcode: 60020 })
      await expect(send(one, 'a')).rejects.toMatchObject({ code: 'busy', retryAfterMs: STOP_MS })
      await expect(send(one, 'b')).rejects.toMatchObject({ code: 'busy' })
      expect(one.app.health()).toMatchObject({ ok: false, detail: expect.stringContaining('可信 IP') })
      expect(count(one, 'message/send')).toBe(1)
      one.clock.advanceTo(MONDAY_9AM + STOP_MS)
      await send(one, 'a')
      expect(one.app.health().ok).toBe(true)
    }))

  it('a misread request is a bug of ours that is told although the call succeeded', async () => {
    const lines: string[] = []
    const log = createLog('error', { write: (line) => void lines.push(line) })
    await withApp(
      async (one) => {
        const errmsg = 'ok. Warning: wrong json format. '
        one.fake.inject({ api: 'message/send', raw: JSON.stringify({ errcode: 0, errmsg, msgid: 'x' }) })
        await send(one, 'a')
        expect(lines).toEqual([expect.stringContaining('misread')])
      },
      { log },
    )
  })

  it('waits before the platform would drop messages silently', () =>
    withApp(async (one) => {
      for (let n = 0; n < 30; n++) await send(one, `key-${n}`)
      await expect(send(one, 'more')).rejects.toMatchObject({
        code: 'busy',
        retryAfterMs: expect.any(Number),
      })
      await one.app.send({ ...REP, id: 'lijing' }, cardWith('other'), 'other')
      one.clock.advanceTo(MONDAY_9AM + 90_000)
      await send(one, 'more')
      expect(one.fake.state.dropped).toEqual([])
    }))
})

describe('cards', () => {
  it('send a press on one of several items with the values of the chosen one', () =>
    withApp(async (one) => {
      await send(one, 'a', digest)
      const message = one.fake.state.messages.at(-1)
      if (!message) throw new Error('no card')
      await one.app.callback(postOf(one.fake.state, pressXml(one.fake.state, message, '已联系', '恒达五金')))
      await one.app.callback(
        postOf(one.fake.state, pressXml(one.fake.state, message, '查看全部', '恒达五金')),
      )
      expect(one.events).toMatchObject([
        { kind: 'action', action: 'contacted', payload: { case: 3 }, who: { id: 'wangxiaoming' } },
        { kind: 'action', action: 'list', payload: {} },
      ])
    }))

  it('are changed by the code of the press, once; then a fresh card is due', () =>
    withApp(async (one) => {
      await send(one, 'a', why)
      const [message] = one.fake.state.messages
      if (!message) throw new Error('no card')
      const request = postOf(one.fake.state, pressXml(one.fake.state, message, '稍后'))
      await one.app.callback(request)
      const [event] = one.events
      if (event?.kind !== 'action' || !event.update) throw new Error('no token')
      await one.app.update(event.update, cardWith('已推迟'))
      expect(shown(one)).toEqual([expect.stringContaining('已推迟')])
      expect(cardOf(message)).toMatchObject({ replace_text: '已处理' })
      await expect(one.app.update(event.update, cardWith('再来'))).rejects.toMatchObject({ code: 'conflict' })
    }))

  it('can be changed for 72 hours', () =>
    withApp(async (one) => {
      const { update } = await send(one, 'a', why)
      if (!update) throw new Error('no token')
      one.clock.advanceTo(MONDAY_9AM + 72 * HOUR_MS)
      await expect(one.app.update(update, why)).rejects.toMatchObject({ code: 'conflict' })
      expect(count(one, 'message/update_template_card')).toBe(0)
    }))

  it('that could not be changed for now keep their code', () =>
    withApp(async (one) => {
      const { update } = await send(one, 'a', why)
      if (!update) throw new Error('no token')
      one.fake.inject({ api: 'message/update_template_card', errcode: -1 })
      await expect(one.app.update(update, why)).rejects.toMatchObject({ code: 'upstream' })
      await one.app.update(update, cardWith('之后'))
      expect(shown(one)).toEqual([expect.stringContaining('之后')])
    }))

  it('bring their chart as a picture, uploaded once; without it they arrive all the same', async () => {
    const png = Buffer.from('89504e470d0a1a0a00', 'hex')
    const chart = { kind: 'own-cycle', alt: '', orders: [1, 22], typical: 21, late: true, asOf: 60 } as const
    await withApp(
      async (one) => {
        expect((await send(one, 'a', { ...why, chart })).notShown).toEqual([])
        await send(one, 'b', { ...why, chart })
        expect(shown(one).filter((text) => text.startsWith('[image'))).toHaveLength(2)
        expect(count(one, 'media/upload')).toBe(1)
        one.clock.advanceTo(MONDAY_9AM + 72 * HOUR_MS)
        one.fake.inject({ api: 'media/upload', errcode: -1 })
        expect((await send(one, 'c', { ...why, chart })).notShown).toEqual(['chart'])
        expect(shown(one)).toHaveLength(5)
      },
      { drawChart: async () => png },
    )
  })
})

describe('the API', () => {
  it('reads the address book with ids in one spelling', () =>
    withApp(async ({ fake, clock, ports }) => {
      const api = createApi({
        ...ports.settings,
        transport: createTransport(fake.url),
        limits: createLimits(clock),
        clock,
        log: ports.log,
        shared: memoryValues(),
        words: ports.words,
        heard: () => undefined,
      })
      expect((await api.departments()).map((one) => one.id)).toEqual([1, 2])
      expect(await api.membersOf(2)).toMatchObject([
        { userid: 'wangxiaoming', name: '王晓明', department: [1, 2], is_leader_in_dept: [0, 0] },
        { userid: 'lijing' },
        { userid: 'chenli', is_leader_in_dept: [1] },
      ])
    }))
})

describe('callbacks', () => {
  it('answer the check of the address with the plain digits', () =>
    withApp(async ({ app, fake }) => {
      const answer = await app.callback(checkOf(fake.state, '94966531020182955848408'))
      expect(answer).toMatchObject({ status: 200, body: '94966531020182955848408' })
    }))

  it('give texts with their 64-bit id, in any spelling of the member', () =>
    withApp(async (one) => {
      const { app, fake, events } = one
      const xml = textXml(fake.state, 'WangXiaoMing', '跟进 <b>&]]> 华联', '4561255354251345929')
      expect(await app.callback(postOf(fake.state, xml))).toMatchObject({ status: 200, body: '' })
      await app.callback(postOf(fake.state, xml))
      expect(events).toMatchObject([
        {
          id: 'msg:4561255354251345929',
          kind: 'text',
          text: '跟进 <b>&]]> 华联',
          who: { id: 'wangxiaoming' },
        },
        { id: 'msg:4561255354251345929' },
      ])
    }))

  it('greet a person once, not at every visit', () =>
    withApp(async ({ app, fake, events, clock }) => {
      for (const event of ['subscribe', 'enter_agent', 'enter_agent']) {
        clock.advanceTo(clock.now() + HOUR_MS)
        await app.callback(postOf(fake.state, eventXml(fake.state, 'lijing', event, '<EventKey></EventKey>')))
      }
      expect(events.map((one) => [one.kind, one.id])).toEqual(Array(3).fill(['joined', 'enter:lijing']))
    }))

  it('give a repeated press the same id, and another press another', () =>
    withApp(async ({ app, fake, events, clock }) => {
      await app.send(REP, why, 'a')
      const [message] = fake.state.messages
      if (!message) throw new Error('no card')
      await app.callback(postOf(fake.state, pressXml(fake.state, message, '稍后')))
      await app.callback(postOf(fake.state, pressXml(fake.state, message, '稍后')))
      await app.callback(postOf(fake.state, pressXml(fake.state, message, '误报')))
      clock.advanceTo(clock.now() + 1000)
      await app.callback(postOf(fake.state, pressXml(fake.state, message, '稍后')))
      const ids = events.map((event) => event.id)
      expect(ids[1]).toBe(ids[0])
      expect(new Set(ids).size).toBe(3)
    }))

  it('acknowledge and forget what we do not know, and what is none of ours', () =>
    withApp(async ({ app, fake, events }) => {
      const { state } = fake
      const ok = textXml(state, 'lijing', '我的', '1')
      const messages = [
        eventXml(state, 'sys', 'change_contact', '<ChangeType>update_user</ChangeType>'),
        eventXml(state, 'lijing', 'LOCATION'),
        eventXml(state, 'lijing', 'template_card_event', '<EventKey>{"x":1}</EventKey><TaskId>t</TaskId>'),
        eventXml(state, 'lijing', 'template_card_event', '<EventKey>done</EventKey><TaskId>t</TaskId>'),
        ok.replace('<![CDATA[text]]>', 'image'),
        ok.replace(CORP.corpId, 'ww0'),
        ok.replace(/<CreateTime>\d+/, '<CreateTime>soon'),
        ok.replace('<![CDATA[lijing]]>', ''),
        `<!DOCTYPE xml [<!ENTITY x "y">]>${ok}`,
        '{ "FromUserName": :mycreate"}',
        '',
      ]
      for (const message of messages) {
        expect(await app.callback(postOf(state, message)), message).toMatchObject({ status: 200, body: '' })
      }
      expect(events).toEqual([])
      expect(app.health().refused).toEqual({})
    }))
})
