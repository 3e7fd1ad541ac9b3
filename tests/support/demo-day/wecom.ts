import { systemClock } from '../../../src/clock.ts'
import type { CallbackRequest } from '../../../src/model/chat.ts'
import { postOf, pressXml, textXml } from '../fake-wecom/callbacks.ts'
import { CORP, type Disturbance, startFakeWecom } from '../fake-wecom/index.ts'
import { type FakeMessage, textOf } from '../fake-wecom/state.ts'
import { untilDone } from '../until-done.ts'
import { REPS } from './company.ts'
import { DELIVERIES, type Driver } from './driver.ts'

const WAYS: readonly Disturbance[] = [
  { cut: 'after' },
  { cut: 'before' },
  { errcode: -1 },
  { status: 502 },
  { raw: '<html>' },
]

/** The demo day over WeCom: one process. */
export async function wecomDriver(): Promise<Driver> {
  const members = REPS.map(({ key, name }) => ({ userid: key, name, department: [1] }))
  const fake = await startFakeWecom(systemClock, { ...CORP, members })
  const { state } = fake
  let taken = 0
  const of = (person: string): FakeMessage[] => state.messages.filter(({ user }) => user === person)

  /** A card, with the Markdown that carries its words when they do not fit. */
  function cards(person: string, title: string): { card: FakeMessage; text: string }[] {
    const all = of(person)
    return all.flatMap((card, at) => {
      if (card.body.msgtype !== 'template_card' || !textOf(card).startsWith(title)) return []
      const before = all[at - 1]
      const words =
        before?.body.msgtype === 'markdown' && textOf(before).includes(title) ? textOf(before) : ''
      return [{ card, text: `${words}\n${textOf(card)}` }]
    })
  }

  async function deliver(url: string, make: () => CallbackRequest): Promise<void> {
    for (let times = 0; times < DELIVERIES; times++) {
      const look = async (): Promise<string | null> => {
        const statuses = await fake.deliver(`${url}/callbacks/wecom`, make())
        if (statuses.at(-1) === 200) taken++
        return statuses.at(-1) === 200 ? null : `after ${taken} callbacks one is answered ${statuses.join()}`
      }
      await untilDone(look, { everyMs: 200 })
    }
  }

  return {
    platform: 'wecom',
    processes: 1,
    settings: {
      wecom: { corpId: CORP.corpId, baseUrl: fake.url, app: { enabled: true, agentId: CORP.agentId } },
    },
    secrets: {
      LIUKE_WECOM_SECRET: CORP.secret,
      LIUKE_WECOM_TOKEN: CORP.token,
      LIUKE_WECOM_AES_KEY: CORP.aesKey,
    },
    makeTrouble(random) {
      let calls = 0
      fake.disturb(() => {
        calls++
        if (calls % 100 === 0) state.endTokens()
        return calls % 10 === 0 ? (WAYS[Math.floor(random() * WAYS.length)] ?? null) : null
      })
    },
    cut: () => undefined,
    seen: () => state.messages.length,
    seenBy: (person) => of(person).length,
    cardsOf: (person, title) => cards(person, title).map(({ text }) => text),
    say(url, person, text, id) {
      const xml = textXml(state, person, text, String(7_000_000 + id))
      return deliver(url, () => postOf(state, xml))
    },
    press(url, person, title, label) {
      const card = cards(person, title).at(-1)?.card
      if (!card) throw new Error(`${person} has no card ${title}`)
      const xml = pressXml(state, card, label)
      return deliver(url, () => postOf(state, xml))
    },
    isDoubt: () => false,
    async close() {
      await fake.close()
      fake.verify()
      if (state.dropped.length > 0) throw new Error(`WeCom dropped ${state.dropped.length} messages`)
      // Bodies carry a mark of their message, but for pictures: the same chart may belong to two cards.
      const bodies = state.messages
        .filter(({ body }) => body.msgtype !== 'image')
        .map(({ user, body }) => `${user} ${JSON.stringify(body)}`)
      const again = bodies.find((body, at) => bodies.indexOf(body) !== at)
      if (again !== undefined) throw new Error(`seen twice: ${again}`)
    },
  }
}
