import { systemClock } from '../../src/clock.ts'
import { dingtalkCase } from '../support/dingtalk-app.ts'
import { robotFrame, type Said } from '../support/fake-dingtalk/frames.ts'
import { type Frame, TOPIC } from '../support/fake-dingtalk/gateway.ts'
import { type AdapterCase, cardWith, type DrawChart, describeAdapter } from './adapter-contract.ts'

const REP = 'manager1234'

async function make(drawChart: DrawChart, templateId?: null): Promise<AdapterCase> {
  const settings = templateId === null ? { templateId } : {}
  const { fake, app, close } = await dingtalkCase(systemClock, { drawChart, settings })
  const { state, gateway, url } = fake
  const push = (frame: Frame) => async () => (await gateway.push(frame)).code
  const said = (more: Partial<Said> = {}) => robotFrame(state, { user: REP, text: '我的', ...more }, url)
  const broken = (more: Record<string, unknown>) => push(said({ more }))
  const raw = (topic: string, data: unknown) => push({ type: 'CALLBACK', topic, data })
  return {
    adapter: app,
    to: { platform: 'dingtalk', kind: 'dm', id: REP },
    inbound: (id) => push(said({ id })),
    refused: {
      'no JSON': raw(TOPIC.robot, '{'),
      'no object': raw(TOPIC.robot, '[]'),
      'another company': broken({ senderCorpId: 'dingother' }),
      'no message id': broken({ msgId: undefined }),
      'no conversation': broken({ conversationId: undefined }),
      'an unknown kind of chat': broken({ conversationType: '3' }),
      'no time': broken({ createAt: 'yesterday' }),
      'a press without a card': raw(TOPIC.card, { corpId: state.app.corpId, userId: REP }),
      'a press in another company': raw(TOPIC.card, { corpId: 'x', userId: REP, outTrackId: 'lk_1' }),
      'a topic nobody asked for': async () => {
        const [connection] = gateway.connections
        if (!connection) throw new Error('no connection')
        return (await gateway.pushTo(connection, { type: 'CALLBACK', topic: '/v1.0/other', data: {} })).code
      },
    },
    shown: async () => state.textsAt(`dm:${REP}`),
    oversized: cardWith('太多', {
      facts: Array.from({ length: 60 }, (_, n) => `事实 ${n} ${'很长'.repeat(20)}`),
    }),
    close,
  }
}

describeAdapter('dingtalk', make)
describeAdapter('dingtalk without a card template', (drawChart) => make(drawChart, null))
