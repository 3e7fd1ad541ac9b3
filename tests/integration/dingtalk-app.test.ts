import { describe, expect, it } from 'vitest'
import { createLog } from '../../src/log.ts'
import type { Card } from '../../src/model/card.ts'
import type { InboundEvent } from '../../src/model/chat.ts'
import { cardWith } from '../contract/adapter-contract.ts'
import { type DingtalkCase, type DingtalkCaseOptions, dingtalkCase } from '../support/dingtalk-app.ts'
import { settle } from '../support/dingtalk-stream.ts'
import { eventually } from '../support/eventually.ts'
import { pressFrame, robotFrame, type Said } from '../support/fake-dingtalk/frames.ts'
import { TOPIC } from '../support/fake-dingtalk/gateway.ts'
import { APP } from '../support/fake-dingtalk/index.ts'
import type { Answer } from '../support/fake-dingtalk/openapi.ts'
import { PNG } from '../support/png.ts'
import { chart, digest, why } from '../support/sample-cards.ts'
import { type SteppedClock, steppedClock } from '../support/stepped-clock.ts'
import { MONDAY_9AM } from '../support/test-ctx.ts'

const REP = { platform: 'dingtalk', kind: 'dm', id: 'manager1234' } as const
const GROUP = { platform: 'dingtalk', kind: 'group', id: 'cidGroup1==' } as const
const BATCH = '/v1.0/robot/oToMessages/batchSend'
const CREATE = '/v1.0/card/instances/createAndDeliver'
const TOKEN = '/v1.0/oauth2/accessToken'

interface Started extends DingtalkCase {
  readonly clock: SteppedClock
  readonly events: InboundEvent[]
}

/** Runs `work` on a started app; the fake's verdict on every call comes last. */
async function withApp(
  work: (one: Started) => Promise<void>,
  options: DingtalkCaseOptions = {},
): Promise<void> {
  const clock = steppedClock(MONDAY_9AM, settle)
  const one = await dingtalkCase(clock, options)
  const events: InboundEvent[] = []
  await one.app.start(async (event) => void events.push(event))
  try {
    await work({ ...one, clock, events })
  } finally {
    await one.close()
  }
}

const withoutTemplate = { settings: { templateId: null } }
const count = ({ fake }: Pick<DingtalkCase, 'fake'>, path: string) =>
  fake.calls.filter((one) => one === path).length
const shown = ({ fake }: Pick<DingtalkCase, 'fake'>, to = 'dm:manager1234') => fake.state.textsAt(to)
const send = ({ app }: Pick<DingtalkCase, 'app'>, key: string, card: Card = cardWith(key)) =>
  app.send(REP, card, key)
const say = ({ fake }: Pick<DingtalkCase, 'fake'>, said: Partial<Said> = {}) =>
  fake.gateway.push(robotFrame(fake.state, { user: REP.id, text: '我的', ...said }, fake.url))
const refusal = (status: number, code: string): { answer: Answer } => ({
  answer: { status, body: { code, message: 'x', requestid: 'r' } },
})

describe('access tokens', () => {
  it('are fetched once for many callers and processes, and stored sealed', () =>
    withApp(async (one) => {
      await Promise.all(['a', 'b', 'c'].map((key) => send(one, key)))
      await one.another().send(REP, cardWith('d'), 'd')
      expect(count(one, TOKEN)).toBe(1)
      expect(shown(one)).toHaveLength(4)
      const stored = [...one.shared.all.values()].join()
      expect(stored).not.toBe('')
      expect(stored).not.toContain('TOKEN-')
    }))

  it('are renewed once when the platform ended them early, and the calls are made again', () =>
    withApp(async (one) => {
      await send(one, 'a')
      one.fake.state.endTokens()
      await Promise.all(['b', 'c', 'd'].map((key) => send(one, key)))
      expect(shown(one)).toHaveLength(4)
      expect(count(one, TOKEN)).toBe(2)
    }))

  it('are renewed also when the one that another process got has ended too', () =>
    withApp(async (one) => {
      const other = one.another()
      await send(one, 'a')
      one.fake.state.endTokens()
      await other.send(REP, cardWith('b'), 'b')
      one.fake.state.endTokens()
      await send(one, 'c')
      expect(shown(one)).toHaveLength(3)
      expect(count(one, TOKEN)).toBe(3)
    }))

  it('are renewed on the legacy API’s shape too', () =>
    withApp(
      async (one) => {
        one.fake.inject({
          api: 'media/upload',
          answer: { status: 200, body: { errcode: 88, sub_code: '40014', errmsg: 'x' } },
        })
        one.fake.state.endTokens()
        const { notShown } = await send(one, 'a', cardWith('有图', { chart }))
        expect(notShown).toEqual([])
        expect(one.fake.state.media.size).toBe(1)
      },
      { drawChart: async () => PNG },
    ))

  it('with a wrong secret stop all calls and say what to do', () =>
    withApp(
      async (one) => {
        for (const key of ['a', 'b']) await expect(send(one, key)).rejects.toMatchObject({ code: 'busy' })
        expect(count(one, TOKEN)).toBe(1)
        expect(one.app.health().ok).toBe(false)
      },
      { settings: { clientSecret: 'wrong' } },
    ))

  it('and other secrets are never logged', async () => {
    const lines: string[] = []
    const log = createLog('debug', { write: (line) => void lines.push(line) })
    await withApp(
      async (one) => {
        await say(one)
        one.fake.inject({ api: BATCH, ...refusal(400, 'InvalidAuthentication') })
        one.fake.inject({ api: 'sendBySession', cut: 'before' })
        await expect(send(one, 'a')).rejects.toThrow()
        one.fake.inject({ api: 'sendBySession', answer: { status: 200, body: { errcode: 300001 } } })
        await send(one, 'b')
        expect(lines.join()).not.toMatch(new RegExp(`TOKEN-|${APP.clientSecret}|session=|SESSION-`))
      },
      { log, settings: { templateId: null } },
    )
  })
})

describe('refusals', () => {
  it.each([
    ['system.busy', 500, 'upstream'],
    ['send.too.fast', 400, 'busy'],
    ['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 403, 'busy'],
    ['Forbidden.AccessDenied.ApiCountLimitForOrg', 403, 'busy'],
    ['Forbidden.AccessDenied.AccessTokenPermissionDenied', 403, 'busy'],
    ['staffId.notExisted', 400, 'not-found'],
    ['group.disbanded', 400, 'not-found'],
    ['contain.unsafe.url', 400, 'bad-input'],
    ['invalidParameter.msgParam.tooLong', 400, 'bad-input'],
    ['never.seen', 400, 'bad-input'],
    ['unknown.send.result', 400, 'conflict'],
  ])('%s (HTTP %i) is %s', (code, status, expected) =>
    withApp(async (one) => {
      one.fake.inject({ api: BATCH, ...refusal(status, code) })
      await expect(send(one, 'a')).rejects.toMatchObject({ code: expected })
      expect(shown(one)).toEqual([])
    }, withoutTemplate),
  )

  it('name the permission that the app lacks, and make the message wait for an administrator', () =>
    withApp(async (one) => {
      const code = 'Forbidden.AccessDenied.AccessTokenPermissionDenied'
      const accessdenieddetail = { requiredScopes: ['Card.Instance.Write'] }
      one.fake.inject({ api: CREATE, answer: { status: 403, body: { code, accessdenieddetail } } })
      const say = expect.stringContaining('Card.Instance.Write')
      await expect(send(one, 'a')).rejects.toMatchObject({ halt: 'stop', say })
      await expect(send(one, 'a')).rejects.toMatchObject({ halt: 'pause', retryAfterMs: 600_000 })
    }))

  it('a message that may have arrived is not repeated, a card is: it has an id of ours', () =>
    withApp(async (one) => {
      one.fake.inject({ api: CREATE, cut: 'after' })
      await expect(send(one, 'a')).rejects.toMatchObject({ code: 'upstream' })
      await send(one, 'a')
      await one.another().send(REP, cardWith('a'), 'a')
      expect(shown(one)).toHaveLength(1)
      const text = await dingtalkCase(one.clock, withoutTemplate)
      text.fake.inject({ api: BATCH, cut: 'after' })
      await expect(text.app.send(REP, cardWith('a'), 'a')).rejects.toMatchObject({ code: 'conflict' })
      await text.close()
    }))

  it('people named in a good answer were not reached', () =>
    withApp(async (one) => {
      await expect(one.app.send({ ...REP, id: 'nobody' }, cardWith('a'), 'a')).rejects.toMatchObject({
        code: 'not-found',
      })
      const slowed = { processQueryKey: 'k', invalidStaffIdList: [], flowControlledStaffIdList: [REP.id] }
      one.fake.inject({ api: BATCH, answer: { status: 200, body: slowed } })
      await expect(send(one, 'b')).rejects.toMatchObject({ code: 'busy', retryAfterMs: 60_000 })
    }, withoutTemplate))

  it('a card that was created and not delivered is no success', () =>
    withApp(async (one) => {
      await expect(one.app.send({ ...REP, id: 'nobody' }, cardWith('a'), 'a')).rejects.toMatchObject({
        code: 'not-found',
      })
    }))

  it('a refused template makes cards text, and is left alone for a while', () =>
    withApp(async (one) => {
      one.fake.inject({ api: CREATE, ...refusal(400, 'param.templateUnpublished') })
      const { update, notShown } = await send(one, 'a', why)
      expect(update).toBeNull()
      expect(notShown).toContain('button 已联系')
      await send(one, 'b', why)
      expect(count(one, CREATE)).toBe(1)
      await one.clock.advance(600_000)
      expect((await send(one, 'c', why)).update).not.toBeNull()
    }))

  it('the monthly limit stops every counted call and is told', () =>
    withApp(async (one) => {
      one.fake.inject({ api: CREATE, ...refusal(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg') })
      for (const key of ['a', 'b', 'c']) await expect(send(one, key)).rejects.toMatchObject({ code: 'busy' })
      expect(count(one, CREATE)).toBe(1)
      expect(one.app.health()).toMatchObject({ ok: false, detail: expect.stringContaining('增购包') })
    }))
})

describe('messages', () => {
  it('arrive from direct chats and groups, trimmed, mentions off, once per id', () =>
    withApp(async (one) => {
      await say(one, { text: '　／风险 上海　', id: 'm1' })
      await say(one, { text: '帮助', group: GROUP.id, id: 'm2' })
      const richText = [{ text: '@留客 ' }, { text: '我的' }, { type: 'picture', downloadCode: 'x' }]
      await say(one, { group: GROUP.id, id: 'm3', more: { msgtype: 'richText', content: { richText } } })
      const audio = { msgtype: 'audio', content: { recognition: '跟进华联', duration: 4000 } }
      await say(one, { id: 'm4', more: audio })
      expect(one.events).toMatchObject([
        { id: 'msg:m1', kind: 'text', text: '／风险 上海', where: { kind: 'dm', id: REP.id } },
        { id: 'msg:m2', text: '帮助', where: { kind: 'group', id: GROUP.id, title: '华东销售群' } },
        { id: 'msg:m3', text: '我的' },
        { id: 'msg:m4', text: '跟进华联', who: { platform: 'dingtalk', id: REP.id, name: '王晓明' } },
      ])
    }))

  it('from outside the company, or without words, make no event; a picture gets a hint', () =>
    withApp(async (one) => {
      expect((await say(one, { more: { senderStaffId: '' } })).code).toBe(200)
      expect((await say(one, { more: { senderStaffId: undefined } })).code).toBe(200)
      expect((await say(one, { text: ' ' })).code).toBe(200)
      const picture = { msgtype: 'picture', content: { downloadCode: 'x' }, text: undefined }
      expect((await say(one, { more: picture })).code).toBe(200)
      await eventually(() => expect(shown(one)).toEqual([expect.stringContaining('文字')]))
      expect(one.events).toEqual([])
    }))

  it('over the monthly quota come without text: told, and nothing breaks', () =>
    withApp(async (one) => {
      const more = { text: undefined, errorCode: 20001, errorMessage: '受调用量超量影响' }
      expect((await say(one, { more })).code).toBe(200)
      expect(one.app.health().ok).toBe(false)
      expect(one.events).toEqual([])
    }))

  it('that quote one of ours tell which: the key it was sent with', () =>
    withApp(async (one) => {
      const { messageId } = await send(one, 'a')
      await say(one, {
        more: { originalProcessQueryKey: messageId, text: { content: '没接电话', isReplyMsg: true } },
      })
      await say(one)
      expect(one.events).toMatchObject([{ text: '没接电话', replyTo: messageId }, { text: '我的' }])
      expect(one.events[1]).not.toHaveProperty('replyTo')
    }))

  it('that were refused are counted by reason', () =>
    withApp(async (one) => {
      await say(one, { more: { senderCorpId: 'dingother' } })
      await say(one, { more: { msgId: '' } })
      await say(one, { more: { senderStaffId: '' } })
      expect(one.app.health().refused).toEqual({ 'other-company': 1, malformed: 1, outsider: 1 })
    }))

  it('are answered over their webhook although the calls of the month are used up', () =>
    withApp(async (one) => {
      one.fake.inject({ api: CREATE, ...refusal(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg') })
      await expect(send(one, 'a', why)).rejects.toMatchObject({ code: 'busy' })
      await say(one)
      await send(one, 'b')
      expect(one.fake.state.shown.map(({ form }) => form)).toEqual(['webhook'])
    }))

  it('are answered over their webhook while it lasts, else over the API', () =>
    withApp(async (one) => {
      await say(one)
      await send(one, 'a')
      expect(one.fake.state.shown.map(({ form }) => form)).toEqual(['webhook'])
      await send(one, 'b', why)
      one.fake.state.webhooks.clear()
      await send(one, 'c')
      await send(one, 'd')
      expect(count(one, '/robot/sendBySession')).toBe(2)
      expect(one.fake.state.shown.map(({ form }) => form)).toEqual(['webhook', 'card', 'card', 'card'])
      await say(one)
      await one.clock.advance(5_400_000 - 60_000)
      await send(one, 'e')
      expect(count(one, '/robot/sendBySession')).toBe(2)
    }))

  it.each(['https://evil.example/robot', 'http://127.0.0.1:1/robot', 'file:///etc/passwd', 'nonsense'])(
    'never send an answer to %s',
    (sessionWebhook) =>
      withApp(async (one) => {
        await say(one, { more: { sessionWebhook } })
        await send(one, 'a')
        expect(one.events).toHaveLength(1)
        expect(one.fake.state.shown.map(({ form }) => form)).toEqual(['card'])
      }),
  )

  it.each([withoutTemplate, {}])('can be taken back in direct chats and groups: %j', (options) =>
    withApp(async (one) => {
      for (const to of [REP, GROUP]) {
        const { messageId } = await one.app.send(to, cardWith('a'), `a-${to.kind}`)
        await one.app.recall(to, messageId)
        await expect(one.app.recall(to, 'unknown')).rejects.toMatchObject({ code: 'conflict' })
      }
      expect(one.fake.state.shown.every((message) => message.recalled)).toBe(true)
    }, options),
  )
})

describe('cards', () => {
  const cards = (one: Started) => one.fake.state.shown.filter(({ form }) => form === 'card')
  const press = (one: Started, label: string, options: { user: string; list?: string }) => {
    const [card] = cards(one)
    if (!card) throw new Error('no card')
    return one.fake.gateway.push(pressFrame(one.fake.state, card, label, options))
  }

  it('carry presses of one of several items, with its own values', () =>
    withApp(async (one) => {
      await send(one, 'a', digest)
      const answered = await press(one, '已联系', { user: REP.id, list: 'buttons3' })
      expect(answered).toEqual({ code: 200, data: { response: { success: true } } })
      await press(one, '查看全部', { user: REP.id })
      expect(one.events).toMatchObject([
        { kind: 'action', action: 'contacted', payload: { case: 3 }, where: { kind: 'dm', id: REP.id } },
        { kind: 'action', action: 'list', payload: {} },
      ])
    }))

  it('change by the press’s token; a repeat is the same press, one on the new state is another', () =>
    withApp(async (one) => {
      const sent = await send(one, 'a', why)
      await press(one, '稍后', { user: REP.id })
      await press(one, '稍后', { user: REP.id })
      const [event, again] = one.events
      expect(again?.id).toBe(event?.id)
      if (event?.kind !== 'action' || !event.update) throw new Error('no token')
      expect(event.update).toEqual(sent.update)
      await one.app.update(event.update, cardWith('已稍后', { actions: why.actions ?? [] }))
      expect(shown(one)).toEqual([expect.stringContaining('已稍后')])
      expect(shown(one)[0]).not.toContain('第 52 天')
      await press(one, '稍后', { user: REP.id })
      expect(one.events.at(-1)?.id).not.toBe(event.id)
      await expect(one.app.update({ track: 'lk_unknown' }, why)).rejects.toMatchObject({ code: 'conflict' })
    }))

  it('in a group are pressed by anybody there, and the press names the group', () =>
    withApp(async (one) => {
      await one.app.send(GROUP, why, 'a')
      await press(one, '已联系', { user: 'LiJing' })
      expect(one.events).toMatchObject([
        { who: { id: 'LiJing' }, where: { kind: 'group', id: GROUP.id }, action: 'contacted' },
      ])
    }))

  it('that were not made by us, or with a strange parameter, do nothing', () =>
    withApp(async (one) => {
      const base = { corpId: APP.corpId, userId: REP.id, outTrackId: 'other' }
      const contents = ['', '{', '{}', '{"cardPrivateData":{"params":{"press":"{}"}}}', 'null', undefined]
      for (const content of contents) {
        const frame = { type: 'CALLBACK', topic: TOPIC.card, data: { ...base, content } }
        expect((await one.fake.gateway.push(frame)).code).toBe(200)
      }
      const params = { press: JSON.stringify({ a: 'mine', p: {}, s: '0' }) }
      const beside = { ...base, value: JSON.stringify({ cardPrivateData: {}, params }) }
      await one.fake.gateway.push({ type: 'CALLBACK', topic: TOPIC.card, data: beside })
      expect(one.events).toMatchObject([{ action: 'mine' }])
    }))

  it('a press that cannot be stored in time is refused within two seconds', async () => {
    const clock = steppedClock(MONDAY_9AM, settle)
    const one = await dingtalkCase(clock)
    const held = Promise.withResolvers<void>()
    await one.app.start(() => held.promise)
    await one.app.send(REP, why, 'a')
    const [card] = one.fake.state.shown
    if (!card) throw new Error('no card')
    const answer = one.fake.gateway.push(pressFrame(one.fake.state, card, '稍后', { user: REP.id }))
    await settle()
    await clock.advance(1_500)
    expect((await answer).code).toBe(500)
    held.resolve()
    await one.close()
  })

  it('upload the same picture once', () =>
    withApp(
      async (one) => {
        await send(one, 'a', cardWith('一', { chart }))
        await send(one, 'b', cardWith('二', { chart }))
        expect(count(one, '/media/upload')).toBe(1)
        expect(shown(one)[1]).toContain('@lADP')
      },
      { drawChart: async () => PNG },
    ))
})
