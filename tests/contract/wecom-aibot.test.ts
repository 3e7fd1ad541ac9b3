import { expect } from 'vitest'
import { createSealer } from '../../adapters/shared/sealed-values.ts'
import { createAnswers } from '../../adapters/wecom/aibot-answers.ts'
import { systemClock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import type { CallbackRequest, InboundEvent } from '../../src/model/chat.ts'
import { eventually } from '../support/eventually.ts'
import { BOT, bodyOf, botPost, sealedPost } from '../support/fake-wecom/aibot.ts'
import { aibotCase } from '../support/wecom-aibot.ts'
import { type AdapterCase, cardWith, describeAdapter } from './adapter-contract.ts'

const CHAT = 'wrkSFfCgAALFgnrSsWU38puiv4yvExuw'
const HOUR_MS = 3_600_000
/** The chat has written to the robot before, as it must have. */
const BEFORE = 'bot:before'
const TOO_MUCH = cardWith('太多', {
  facts: Array.from({ length: 400 }, (_, n) => `事实 ${n} ${'很长'.repeat(20)}`),
})

async function byCallback(): Promise<AdapterCase> {
  const { fake, adapter, ports, answers, close } = await aibotCase(systemClock)
  const { state } = fake
  // Three messages were asked in the group before: each takes one answer.
  const urls = createAnswers({
    shared: ports.shared,
    sealer: createSealer(BOT.aesKey),
    clock: systemClock,
    keepMs: HOUR_MS,
  })
  for (const id of ['one', 'two', 'three']) {
    const code = state.next('REPLY')
    state.replies.set(code, { chat: CHAT, at: systemClock.now(), body: null })
    await urls.add(CHAT, { event: id, way: `${fake.url}/cgi-bin/aibot/response?response_code=${code}` })
  }
  const made = new Map<string, CallbackRequest>()
  const good = botPost(state, fake.url, { id: 'M', user: 'lijing', text: '流失', chat: CHAT })
  const withQuery = (query: Record<string, string>) => ({ ...good, query: { ...good.query, ...query } })
  return {
    adapter,
    to: { platform: 'wecom', kind: 'group', id: CHAT },
    inbound(id) {
      const request =
        made.get(id) ?? botPost(state, fake.url, { id, user: 'lijing', text: '流失', chat: CHAT })
      made.set(id, request)
      return request
    },
    refused: {
      'another signature': withQuery({ msg_signature: '0'.repeat(40) }),
      'another nonce': withQuery({ nonce: '1' }),
      'an old timestamp': withQuery({ timestamp: '1409659813' }),
      XML: { ...good, body: Buffer.from('<xml><Encrypt>a</Encrypt></xml>') },
      'no body': { ...good, body: Buffer.alloc(0) },
      'too long a body': { ...good, body: Buffer.alloc(70_000, 'a') },
      'sealed for a company': sealedPost(state, { msgid: 'x' }, 'ww0123456789abcdef'),
      'the path of the app': { ...good, path: '/app' },
    },
    shown: async () => answers(CHAT),
    oversized: TOO_MUCH,
    close,
  }
}

async function byConnection(): Promise<AdapterCase> {
  const { fake, adapter, close } = await aibotCase(systemClock, {}, 'connection')
  const { robot } = fake
  /** How storing an event ended, by its id: the long connection has no acknowledgements. */
  const outcomes = new Map<string, number>()
  const message = (id: string) => ({ id, user: 'lijing', text: '流失', chat: CHAT })

  function start(accept: (event: InboundEvent) => Promise<void>): Promise<void> {
    return adapter.start(async (event) => {
      if (event.id === BEFORE) return void outcomes.set(event.id, 200)
      const outcome = await accept(event).then(
        () => 200,
        () => 503,
      )
      outcomes.set(event.id, outcome)
      if (outcome !== 200) throw new AppError('busy', 'not stored')
    })
  }

  const malformed = (body: unknown) => async () => {
    const before = adapter.health().refused?.malformed ?? 0
    robot.push('aibot_msg_callback', 'message', CHAT, body)
    await eventually(() => expect(adapter.health().refused?.malformed).toBe(before + 1))
    return 400
  }

  return {
    adapter: {
      ...adapter,
      async start(accept) {
        await start(accept)
        robot.say(message('before'))
        await eventually(() => expect(outcomes.has(BEFORE)).toBe(true))
        outcomes.clear()
      },
    },
    to: { platform: 'wecom', kind: 'group', id: CHAT },
    inbound: (id) => async () => {
      if (outcomes.get(`bot:${id}`) !== 200) outcomes.delete(`bot:${id}`)
      robot.say(message(id))
      return eventually(() => {
        const outcome = outcomes.get(`bot:${id}`)
        if (outcome === undefined) throw new Error('not yet')
        return outcome
      })
    },
    refused: {
      'no object': malformed('流失'),
      'no id': malformed({ ...bodyOf(message('x')), msgid: undefined }),
      'nobody who says it': malformed({ ...bodyOf(message('x')), from: undefined }),
      'a group without an id': malformed({ ...bodyOf(message('x')), chatid: undefined }),
      'another kind of chat': malformed({ ...bodyOf(message('x')), chattype: 'room' }),
    },
    shown: async () => robot.texts(CHAT),
    oversized: TOO_MUCH,
    close,
  }
}

describeAdapter('wecom smart robot, callbacks', byCallback)
describeAdapter('wecom smart robot, long connection', byConnection)
