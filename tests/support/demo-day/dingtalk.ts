import { systemClock } from '../../../src/clock.ts'
import { pressFrame, robotFrame } from '../fake-dingtalk/frames.ts'
import type { Frame } from '../fake-dingtalk/gateway.ts'
import { APP, type Disturbance, startFakeDingtalk } from '../fake-dingtalk/index.ts'
import { type Shown, textOf } from '../fake-dingtalk/state.ts'
import { REPS } from './company.ts'
import { DELIVERIES, type Driver } from './driver.ts'

const WAYS: readonly Disturbance[] = [
  { cut: 'after' },
  { cut: 'before' },
  { answer: { status: 500, body: { code: 'system.busy', message: 'x', requestid: 'r' } } },
  { answer: { status: 502, body: '<html>' } },
]

/** The demo day over DingTalk: two processes of one app. */
export async function dingtalkDriver(): Promise<Driver> {
  const staff = REPS.map(({ key, name }) => ({ userId: key, name }))
  const fake = await startFakeDingtalk(systemClock, { ...APP, staff })
  const { state, gateway } = fake
  const of = (person: string): Shown[] => state.shown.filter(({ to }) => to === `dm:${person}`)
  const cards = (person: string, title: string): Shown[] =>
    of(person).filter(({ form, params }) => form === 'card' && params.get('title')?.startsWith(title))

  async function deliver(frame: Frame): Promise<void> {
    for (let taken = 0; taken < DELIVERIES; taken++) {
      await gateway.pushUntilTaken(frame, () => systemClock.sleep(100))
    }
  }

  const { corpId, clientId, templateId } = APP
  return {
    platform: 'dingtalk',
    processes: 2,
    settings: {
      dingtalk: { enabled: true, corpId, clientId, templateId, apiUrl: fake.url, legacyUrl: fake.url },
    },
    secrets: { LIUKE_DINGTALK_SECRET: APP.clientSecret },
    makeTrouble(random) {
      let calls = 0
      fake.disturb((path) => {
        calls++
        if (calls % 50 === 0) state.endTokens()
        // The handshake has its own kind of trouble: cuts.
        if (path === 'connect') return null
        return calls % 10 === 0 ? (WAYS[Math.floor(random() * WAYS.length)] ?? null) : null
      })
    },
    cut: () => gateway.cut(),
    seen: () => state.shown.length,
    seenBy: (person) => of(person).length,
    cardsOf: (person, title) => cards(person, title).map(textOf),
    say: (_url, person, text, id) =>
      deliver(robotFrame(state, { user: person, text, id: `line-${id}` }, fake.url)),
    async press(_url, person, title, label) {
      const card = cards(person, title).at(-1)
      if (!card) throw new Error(`${person} has no card ${title}`)
      await deliver(pressFrame(state, card, label, { user: person, list: 'buttons1' }))
    },
    isDoubt: (breach) => /^message reply:.* is dead: .*not known whether/.test(breach),
    async close() {
      await fake.close()
      fake.verify()
    },
  }
}
