import { systemClock } from '../../src/clock.ts'
import type { CallbackRequest } from '../../src/model/chat.ts'
import { robotCase } from '../support/dingtalk-robot.ts'
import { type AdapterCase, cardWith, describeAdapter } from './adapter-contract.ts'

const anything: CallbackRequest = {
  method: 'POST',
  path: '/robot',
  query: {},
  headers: {},
  body: Buffer.from('{}'),
  gone: new AbortController().signal,
}

async function make(): Promise<AdapterCase> {
  const { adapter, shown, close } = await robotCase(systemClock)
  return {
    adapter,
    to: { platform: 'dingtalk-robot', kind: 'group', id: '华东' },
    inbound: null,
    refused: { 'whatever it is': anything },
    shown: async () => shown(),
    oversized: cardWith('太多', {
      facts: Array.from({ length: 80 }, (_, n) => `事实 ${n} ${'很长'.repeat(20)}`),
    }),
    close,
  }
}

describeAdapter('dingtalk group robot', make)
