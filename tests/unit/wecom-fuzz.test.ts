import { describe, expect, it } from 'vitest'
import { parsedJson, readRobotMessage } from '../../adapters/wecom/aibot-inbound.ts'
import { createCallback } from '../../adapters/wecom/callback.ts'
import { readMessage } from '../../adapters/wecom/inbound.ts'
import { createLog } from '../../src/log.ts'
import type { CallbackRequest } from '../../src/model/chat.ts'
import { postOf, textXml } from '../support/fake-wecom/callbacks.ts'
import { CORP } from '../support/fake-wecom/index.ts'
import { FakeState } from '../support/fake-wecom/state.ts'
import { fc } from '../support/fast-check.ts'
import { frozenClock, MONDAY_9AM } from '../support/test-ctx.ts'
import { applyEdit, edit, mutationsOf, recordedMessages } from '../support/wecom-mutations.ts'

/** Enough to find a careless parser; LIUKE_FUZZ_RUNS asks for more. */
const RUNS = Number(process.env.LIUKE_FUZZ_RUNS ?? 3_000)

const clock = frozenClock(MONDAY_9AM)
const state = new FakeState(CORP, clock)

const mutated = mutationsOf(recordedMessages(state))

describe('mutated messages', () => {
  it('become an event of the right shape or are ignored', () => {
    fc.assert(
      fc.property(mutated, (message) => {
        const inbound = readMessage(message, CORP.corpId)
        if ('change' in inbound) expect(inbound.change.id.length).toBeLessThanOrEqual(200)
        if (!('event' in inbound)) return
        const { event } = inbound
        expect(event.id.length).toBeLessThanOrEqual(200)
        expect(event.who.platform).toBe('wecom')
        expect(Number.isSafeInteger(event.at)).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })

  it('pass the sealed callback without an error', async () => {
    const keys = { token: CORP.token, aesKey: CORP.aesKey, receiveId: CORP.corpId }
    const take = async (message: string) => void readMessage(message, CORP.corpId)
    const callback = createCallback({ keys, clock, log: createLog('silent'), take })
    await fc.assert(
      fc.asyncProperty(mutated, async (message) => {
        expect((await callback.handle(postOf(state, message))).status).toBe(
          message.isWellFormed() ? 200 : 200,
        )
      }),
      { numRuns: RUNS },
    )
    expect(callback.refusals()).toEqual({})
  })
})

describe('mutated messages of the smart robot', () => {
  const recorded = JSON.stringify({
    msgid: 'CAIQ16HMjQYY',
    aibotid: 'BOT',
    chatid: 'wrkSFfCgAALFgnrSsWU38puiv4yvExuw',
    chattype: 'group',
    from: { userid: 'lijing' },
    response_url: 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=1',
    msgtype: 'text',
    text: { content: '@留客 流失 本月' },
  })
  const message = fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) => edits.reduce(applyEdit, recorded))

  it('become an event of the right shape or are ignored', () => {
    fc.assert(
      fc.property(message, (text) => {
        const inbound = readRobotMessage(parsedJson(text), { robot: '留客', now: MONDAY_9AM })
        if (!('event' in inbound)) return
        expect(inbound.event.id.length).toBeLessThanOrEqual(200)
        if (inbound.event.kind === 'text') expect(inbound.event.text).not.toBe('')
        if (inbound.event.kind === 'action') expect(inbound.task).not.toBe('')
        expect(inbound.event.where.id).not.toBe('')
      }),
      { numRuns: RUNS },
    )
  })
})

describe('mutated requests', () => {
  it('are refused, and nothing is taken', async () => {
    const keys = { token: CORP.token, aesKey: CORP.aesKey, receiveId: CORP.corpId }
    const taken: string[] = []
    const take = async (message: string) => void taken.push(message)
    const callback = createCallback({ keys, clock, log: createLog('silent'), take })
    const good = postOf(state, textXml(state, 'lijing', '我的', '1'))
    const sealedAt = good.body.indexOf('<Encrypt>')
    const request: fc.Arbitrary<CallbackRequest> = fc
      .record({
        method: fc.constantFrom('GET', 'POST', 'PUT', ''),
        body: fc.oneof(
          fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
          edit.map((one) =>
            Buffer.from(applyEdit(good.body.toString(), { ...one, at: sealedAt + 18 + (one.at % 200) })),
          ),
        ),
        signature: fc.oneof(fc.constant(good.query.msg_signature ?? ''), fc.string({ maxLength: 50 })),
        timestamp: fc.oneof(fc.constant(good.query.timestamp ?? ''), fc.string({ maxLength: 12 })),
        echostr: fc.string({ maxLength: 80 }),
      })
      .map(({ signature, timestamp, echostr, ...one }) => ({
        ...good,
        ...one,
        query: { ...good.query, msg_signature: signature, timestamp, echostr },
      }))
    await fc.assert(
      fc.asyncProperty(request, async (one) => {
        const { status, body } = await callback.handle(one)
        const untouched = sealedOf(one.body) === sealedOf(good.body) && one.method === 'POST'
        if (!untouched) expect([400, 403, 405]).toContain(status)
        expect(body).toBe('')
      }),
      { numRuns: RUNS },
    )
    expect(taken.length).toBeLessThanOrEqual(1)
  })
})

function sealedOf(body: Buffer): string | undefined {
  return /<Encrypt><!\[CDATA\[([^\]]*)\]\]><\/Encrypt>/.exec(body.toString())?.[1]
}
