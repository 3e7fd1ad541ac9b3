import { sealedValues } from '../../adapters/shared/sealed-values.ts'
import { createReplyUrls } from '../../adapters/wecom/aibot-urls.ts'
import { systemClock } from '../../src/clock.ts'
import type { CallbackRequest } from '../../src/model/chat.ts'
import { BOT, botPost, sealedPost } from '../support/fake-wecom/aibot.ts'
import { aibotCase } from '../support/wecom-aibot.ts'
import { type AdapterCase, cardWith, describeAdapter } from './adapter-contract.ts'

const CHAT = 'wrkSFfCgAALFgnrSsWU38puiv4yvExuw'

async function make(): Promise<AdapterCase> {
  const { fake, adapter, ports, answers, close } = await aibotCase(systemClock)
  const { state } = fake
  // Three messages were asked in the group before: each takes one answer.
  const urls = createReplyUrls(sealedValues(ports.shared, BOT.aesKey), systemClock)
  for (const id of ['one', 'two', 'three']) {
    const code = state.next('REPLY')
    state.replies.set(code, { chat: CHAT, at: systemClock.now(), content: null })
    await urls.add(CHAT, { message: id, url: `${fake.url}/cgi-bin/aibot/response?response_code=${code}` })
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
    oversized: cardWith('太多', {
      facts: Array.from({ length: 400 }, (_, n) => `事实 ${n} ${'很长'.repeat(20)}`),
    }),
    close,
  }
}

describeAdapter('wecom smart robot', make)
