import { systemClock } from '../../src/clock.ts'
import type { CallbackRequest } from '../../src/model/chat.ts'
import { robotText } from '../support/fake-wecom/webhook.ts'
import { webhookCase } from '../support/wecom-webhook.ts'
import { type AdapterCase, cardWith, type DrawChart, describeAdapter } from './adapter-contract.ts'

const anything: CallbackRequest = {
  method: 'POST',
  path: '/webhook',
  query: {},
  headers: {},
  body: Buffer.from('{}'),
  gone: new AbortController().signal,
}

async function make(drawChart: DrawChart): Promise<AdapterCase> {
  const { fake, adapter, close } = await webhookCase(systemClock, { drawChart })
  return {
    adapter,
    to: { platform: 'wecom-robot', kind: 'group', id: '华东' },
    inbound: null,
    refused: { 'whatever it is': anything },
    shown: async () => fake.state.groupMessages.map((one) => robotText(one.body)),
    oversized: cardWith('太多', {
      facts: Array.from({ length: 80 }, (_, n) => `事实 ${n} ${'很长'.repeat(20)}`),
    }),
    close,
  }
}

describeAdapter('wecom group robot', make)
