import { systemClock } from '../../src/clock.ts'
import type { CallbackRequest } from '../../src/model/chat.ts'
import { postOf, textXml } from '../support/fake-wecom/callbacks.ts'
import { CORP } from '../support/fake-wecom/index.ts'
import { FakeState, textOf } from '../support/fake-wecom/state.ts'
import { wecomCase } from '../support/wecom-app.ts'
import { type AdapterCase, cardWith, type DrawChart, describeAdapter } from './adapter-contract.ts'

async function make(drawChart: DrawChart): Promise<AdapterCase> {
  const { fake, app, close } = await wecomCase(systemClock, { drawChart })
  const { state } = fake
  const text = (id: string): CallbackRequest => postOf(state, textXml(state, 'WangXiaoMing', '我的', id))
  /** One request for each id: WeCom repeats the very same bytes. */
  const made = new Map<string, CallbackRequest>()
  const good = text('4561255354251345929')
  const stranger = new FakeState({ ...CORP, corpId: 'ww0' }, systemClock)
  return {
    adapter: app,
    to: { platform: 'wecom', kind: 'dm', id: 'wangxiaoming' },
    inbound(id) {
      const request = made.get(id) ?? text(String(Number(id.replace(/\D/g, '')) + 4_000_000))
      made.set(id, request)
      return request
    },
    refused: {
      'another signature': withQuery(good, { msg_signature: '0'.repeat(40) }),
      'no signature': withQuery(good, { msg_signature: '' }),
      'another nonce': withQuery(good, { nonce: '1' }),
      'an old timestamp': withQuery(good, { timestamp: '1409659813' }),
      'no timestamp': withQuery(good, { timestamp: '' }),
      'no XML': { ...good, body: Buffer.from('{}') },
      'no body': { ...good, body: Buffer.alloc(0) },
      'XML without a sealed part': { ...good, body: Buffer.from('<xml><Encrypt></Encrypt></xml>') },
      'a DTD': { ...good, body: Buffer.from(`<!DOCTYPE xml []>${good.body}`) },
      'an entity': { ...good, body: Buffer.from('<xml><Encrypt>&x;</Encrypt></xml>') },
      'too long a body': { ...good, body: Buffer.alloc(70_000, 'a') },
      'sealed for another company': postOf(stranger, textXml(stranger, 'WangXiaoMing', '我的', '1')),
      'another method': { ...good, method: 'PUT' },
      'another path': { ...good, path: '/other' },
    },
    shown: async () => state.messages.filter((one) => one.user === 'wangxiaoming').map(textOf),
    oversized: cardWith('太多', {
      facts: Array.from({ length: 40 }, (_, n) => `事实 ${n} ${'很长'.repeat(20)}`),
    }),
    close,
  }
}

function withQuery(request: CallbackRequest, query: Record<string, string>): CallbackRequest {
  return { ...request, query: { ...request.query, ...query } }
}

describeAdapter('wecom app', make)
