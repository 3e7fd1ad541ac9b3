import { expect, it } from 'vitest'
import { createPlayground } from '../../adapters/playground/index.ts'
import { movableClock } from '../../src/clock.ts'
import type { CallbackRequest, InboundEvent } from '../../src/model/chat.ts'
import { PLAYGROUND } from '../../src/model/playground.ts'
import { playgroundHistory } from '../../src/store/playground-messages.ts'
import { json, request } from '../support/playground-calls.ts'
import { fakePorts } from '../support/playground-harness.ts'
import { PNG } from '../support/png.ts'
import { contacted, why } from '../support/sample-cards.ts'
import { sqliteCtx } from '../support/test-ctx.ts'
import { cardWith, type DrawChart, describeAdapter, statusClass, timers } from './adapter-contract.ts'

const TO = { platform: PLAYGROUND, kind: 'dm', id: 'rep-1' } as const

function post(path: string, body: unknown, headers: Record<string, string> = {}): CallbackRequest {
  const one = request('POST', path, { body: Buffer.from(JSON.stringify(body)) })
  return { ...one, headers: { ...one.headers, ...headers } }
}

function text(id: string, more: object = {}): CallbackRequest {
  return post('/api/text', { id, person: 'rep-1', chat: 'dm:rep-1', text: '我的', ...more })
}

/** A good message, sent by a page of another origin. */
function from(origin: string): CallbackRequest {
  const one = text('event-0001')
  return { ...one, headers: { ...one.headers, origin } }
}

async function make(drawChart: DrawChart = async () => PNG) {
  const ctx = await sqliteCtx()
  const clock = movableClock(0)
  const history = playgroundHistory({ ...ctx, clock })
  return {
    adapter: createPlayground({ ...fakePorts(ctx, clock), drawChart }),
    history,
    to: TO,
    inbound: (id: string) => text(id),
    refused: {
      'no JSON': request('POST', '/api/text', { body: Buffer.from('{') }),
      'another site': from('https://evil.example'),
      'an opaque origin': from('null'),
      'another port': from('http://localhost:2'),
      'a plain form': post('/api/text', {}, { 'content-type': 'text/plain' }),
      'unknown person': text('event-0001', { person: 'nobody', chat: 'dm:nobody' }),
      'somebody else’s chat': text('event-0001', { chat: 'dm:rep-2' }),
      'a group of others': text('event-0001', { chat: 'group:team-2' }),
      'empty text': text('event-0001', { text: ' \n ' }),
      'too long a text': text('event-0001', { text: '长'.repeat(2001) }),
      'unknown field': text('event-0001', { sender: '@liuke' }),
      'an id that is none': text('../../x'),
      'a name of Object': text('event-0001', { person: 'constructor', chat: 'dm:constructor' }),
      'no such message': post('/api/action', action({ message: 12 })),
      'no such path': post('/api/other', {}),
    },
    shown: async () =>
      (await history.page('dm:rep-1', null, 100)).map(({ body }) =>
        body.kind === 'text' ? body.text : `${body.card.title} ${body.card.summary}`,
      ),
    oversized: cardWith('太多', { facts: Array.from({ length: 40 }, (_, n) => `事实 ${n}`) }),
    close: () => ctx.close(),
  }
}

function action(more: object = {}): object {
  return {
    id: 'press-0001',
    person: 'rep-1',
    message: 1,
    action: 'contacted',
    payload: { case: 1 },
    ...more,
  }
}

describeAdapter('playground', make)

async function withCard(
  work: (
    one: Awaited<ReturnType<typeof make>> & { events: InboundEvent[]; message: number },
  ) => Promise<void>,
): Promise<void> {
  const one = await make()
  const events: InboundEvent[] = []
  await one.adapter.start(async (event) => void events.push(event))
  const { messageId } = await one.adapter.send(TO, why, 'key-1')
  try {
    await work({ ...one, events, message: Number(messageId) })
  } finally {
    await one.adapter.stop()
    await one.close()
  }
}

it('hands on the press of a button that stands on the card, with a token to update it', () =>
  withCard(async ({ adapter, events, message }) => {
    expect(await statusClass(adapter, post('/api/action', action({ message })))).toBe(2)
    expect(events).toMatchObject([
      { kind: 'action', action: 'contacted', payload: { case: 1 }, who: { id: 'rep-1', name: '王晓明' } },
    ])
    const [event] = events
    if (event?.kind !== 'action' || event.update === null) throw new Error('expected a token')
    await adapter.update(event.update, contacted)
  }))

it('refuses a payload that the card does not carry, and a button that an update took away', () =>
  withCard(async ({ adapter, events, message }) => {
    const forged = [
      action({ message, payload: { case: 2 } }),
      action({ message, payload: { case: '1' } }),
      action({ message, payload: {} }),
      action({ message, payload: { case: 1, more: 1 } }),
      action({ message, action: 'undo' }),
      action({ message, action: 'constructor' }),
      action({ message, person: 'rep-2' }),
    ]
    for (const body of forged) {
      expect(await statusClass(adapter, post('/api/action', body)), JSON.stringify(body)).toBe(4)
    }
    await adapter.update({ message }, contacted)
    await expect(adapter.callback(post('/api/action', action({ message })))).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(events).toEqual([])
  }))

it('stores a repeated line once and keeps it when nobody accepts it', () =>
  withCard(async ({ adapter, shown }) => {
    await adapter.callback(text('event-0001'))
    await adapter.callback(text('event-0001'))
    expect(await shown()).toEqual([expect.stringContaining('华联超市'), '我的'])
  }))

it.each([
  ['@留客 帮助', '帮助'],
  ['@留客流失 本月', '流失 本月'],
  ['流失 本月 @Liuke', '流失 本月'],
  ['@留客', '@留客'],
  ['回复 a@liuketech.cn', '回复 a@liuketech.cn'],
])('takes the mention of the bot out of %s, and shows it', (typed, heard) =>
  withCard(async ({ adapter, events, history }) => {
    await adapter.callback(text('event-0001', { chat: 'group:team-1', text: typed }))
    expect(events).toMatchObject([{ kind: 'text', text: heard }])
    const [shown] = await history.page('group:team-1', null, 1)
    expect(shown?.body).toEqual({ kind: 'text', text: typed })
  }),
)

it('shows a person the own direct chat and the own groups, an admin every group', () =>
  withCard(async ({ adapter }) => {
    expect(await chatsOf('rep-1')).toEqual(['dm:rep-1', 'group:team-1'])
    expect(await chatsOf('admin')).toEqual(['dm:admin', 'group:team-1', 'group:team-2'])

    async function chatsOf(person: string): Promise<string[]> {
      const { chats } = json(await adapter.callback(request('GET', '/api/inbox', { query: { person } })))
      return chats.map((chat: { key: string }) => chat.key)
    }
  }))

it('resumes a stream where the page was: nothing missed, updates included, nothing twice', () =>
  withCard(async ({ adapter, history, message }) => {
    const seen = await history.revision()
    await adapter.send({ ...TO, id: 'rep-2' }, cardWith('别人的'), 'other')
    await adapter.update({ message }, contacted)
    const stream = openStream(adapter, { since: '0' }, { 'last-event-id': String(seen) })
    expect(await stream.next()).toMatchObject({ id: message, body: { card: { title: contacted.title } } })
    await adapter.send(TO, cardWith('新的'), 'key-2')
    expect(await stream.next()).toMatchObject({ body: { card: { title: '新的' } } })
    await adapter.callback(text('event-0001'))
    expect(await stream.next()).toMatchObject({ sender: 'rep-1', body: { text: '我的' } })
  }))

it('tells the page which event a card answers, also after the card has changed', () =>
  withCard(async ({ adapter, history, message }) => {
    const { messageId, update } = await adapter.send({ ...TO, answers: 'text:rep-1:x' }, why, 'key-2')
    if (update === null) throw new Error('expected a token')
    await adapter.update(update, contacted)
    expect((await history.find(Number(messageId)))?.body).toMatchObject({
      answers: 'text:rep-1:x',
      card: { title: contacted.title },
    })
    expect((await history.find(message))?.body).not.toHaveProperty('answers')
  }))

it('ends open streams when it stops, and when the page has gone, and leaves no timer', () =>
  withCard(async ({ adapter }) => {
    const before = timers()
    const left = new AbortController()
    const [one, two] = [openStream(adapter, {}, {}, left.signal), openStream(adapter, {}, {})]
    const ends = [one.end(), two.end()]
    left.abort()
    await ends[0]
    await adapter.stop()
    await ends[1]
    expect(timers()).toBe(before)
  }))

it('jumps once however often 快进 is pressed meanwhile, and has no such button on a real clock', async () => {
  const ctx = await sqliteCtx()
  const clock = movableClock(0)
  let jumps = 0
  let arrive = (): void => undefined
  const nextWorkday = () =>
    new Promise<void>((resolve) => {
      jumps++
      arrive = resolve
    })
  const demo = createPlayground({ ...fakePorts(ctx, clock), nextWorkday })
  const session = async () => json(await demo.callback(request('GET', '/api/session')))
  const presses = [1, 2, 3].map(() => demo.callback(post('/api/next-workday', {})))
  expect(await session()).toMatchObject({ canAdvance: true, clock: { advancing: true } })
  arrive()
  for (const answer of await Promise.all(presses)) expect(json(answer)).toMatchObject({ advancing: false })
  expect(jumps).toBe(1)

  const real = createPlayground(fakePorts(ctx, clock))
  expect(json(await real.callback(request('GET', '/api/session')))).toMatchObject({ canAdvance: false })
  await expect(real.callback(post('/api/next-workday', {}))).rejects.toMatchObject({ code: 'not-found' })
  await ctx.close()
})

it('serves its page under a policy that allows nothing from elsewhere, and nothing outside its folder', () =>
  withCard(async ({ adapter }) => {
    const page = await adapter.callback(request('GET', '/'))
    expect(page.headers['Content-Security-Policy']).toContain("default-src 'none'")
    expect(page.headers['Content-Security-Policy']).not.toContain('unsafe')
    const html = String(page.body)
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//)
    for (const [, path = ''] of html.matchAll(/(?:src|href)="(assets\/[^"]+)"/g)) {
      expect((await adapter.callback(request('GET', `/${path}`))).status, path).toBe(200)
    }
    for (const path of ['/assets/../index.ts', '/assets/types.ts', '/assets/%2e%2e/api.ts']) {
      await expect(adapter.callback(request('GET', path)), path).rejects.toMatchObject({ code: 'not-found' })
    }
  }))

type Playground = Awaited<ReturnType<typeof make>>['adapter']

/** Reads the messages of one person’s event stream. */
function openStream(
  adapter: Playground,
  query: Record<string, string>,
  headers: Record<string, string>,
  gone = new AbortController().signal,
) {
  const chunks = (async function* () {
    const { body } = await adapter.callback(
      request('GET', '/api/stream', { query: { person: 'rep-1', ...query }, headers, gone }),
    )
    if (typeof body === 'string' || Buffer.isBuffer(body)) throw new Error('expected a stream')
    yield* body
  })()
  return {
    async next() {
      for (;;) {
        const { value, done } = await chunks.next()
        if (done) throw new Error('the stream ended')
        const data = /event: message\ndata: (.+)/.exec(value)?.[1]
        if (data) return JSON.parse(data)
      }
    },
    async end() {
      for await (const chunk of chunks) void chunk
    },
  }
}
