import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it, onTestFinished } from 'vitest'
import { startHttp } from '../../src/http/app.ts'
import type { CallbackRequest, Caller } from '../../src/model/chat.ts'
import { bodyOf, sealedPost } from '../support/fake-wecom/aibot.ts'
import { postOf } from '../support/fake-wecom/callbacks.ts'
import { fc } from '../support/fast-check.ts'
import { frozenClock, MONDAY_9AM, sqliteCtx } from '../support/test-ctx.ts'
import { aibotCase } from '../support/wecom-aibot.ts'
import { wecomCase } from '../support/wecom-app.ts'
import { mutationsOf, recordedMessages } from '../support/wecom-mutations.ts'

/** Of each of the two receivers: in CI a hundred thousand together; LIUKE_FUZZ_RUNS asks for more. */
const RUNS = Number(process.env.LIUKE_FUZZ_RUNS ?? (process.env.CI ? 50_000 : 2_000))
/** Request ids that are remembered (50,000 of them) are within it. */
const GROWTH_MB = 32

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

function heapMb(): number {
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** Some requests are broken outside as well: in the body, the query, the method. */
function brokenOutside(request: CallbackRequest, how: number): CallbackRequest {
  const { query, body } = request
  switch (how) {
    case 0:
      return { ...request, body: Buffer.concat([body.subarray(0, body.length / 2), Buffer.of(0xff, 0x3c)]) }
    case 1:
      return { ...request, query: { ...query, nonce: `${query.nonce}1` } }
    case 2:
      return { ...request, query: {} }
    case 3:
      return {
        ...request,
        method: 'GET',
        query: { ...query, echostr: body.toString('latin1').slice(0, 200) },
      }
    case 4:
      return { ...request, method: 'PATCH' }
    default:
      return request
  }
}

/** Answers every second event in its callback. */
async function accept(event: { readonly id: string }, caller?: Caller): Promise<void> {
  expect(event.id.length).toBeLessThanOrEqual(200)
  if (event.id.length % 2 === 0 && caller?.offer({ summary: 's', title: ']]>&<' })) caller.answer()
}

const ROBOT = [
  bodyOf({ id: 'CAIQ16HMjQYY', user: 'lijing', text: '我的' }),
  bodyOf({ id: 'CAIQ16HMjQYZ', user: 'lijing', text: '流失 本月', chat: 'wrkSFfCgAALFgnrSsWU38puiv4yvExuw' }),
].map((message) => JSON.stringify(message))

async function robotCase() {
  const one = await aibotCase(frozenClock(MONDAY_9AM), {
    // What is kept for answers is bounded by time, and this clock stands still.
    shared: { get: async () => null, set: async () => undefined, swap: async () => true },
  })
  return {
    adapter: one.adapter,
    close: one.close,
    messages: ROBOT,
    post: (text: string) => sealedPost(one.fake.state, text),
  }
}

async function appCase() {
  const one = await wecomCase(frozenClock(MONDAY_9AM))
  const { state } = one.fake
  const messages = recordedMessages(state)
  return { adapter: one.app, close: one.close, messages, post: (text: string) => postOf(state, text) }
}

it.each([
  ['app', appCase],
  ['smart robot', robotCase],
])(
  'mutated callbacks of the %s: each is answered, nothing breaks or piles up',
  async (_, make) => {
    const { adapter, close, messages, post } = await make()
    await adapter.start(accept)
    const statuses = new Map<number, number>()
    const cases = fc.tuple(mutationsOf(messages), fc.nat(40))
    const run = (runs: number): Promise<void> =>
      fc.assert(
        fc.asyncProperty(cases, async ([message, how]) => {
          const { status } = await adapter.callback(brokenOutside(post(message), how))
          expect([200, 400, 403, 405]).toContain(status)
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
        }),
        { numRuns: runs },
      )
    await run(RUNS / 5)
    const before = heapMb()
    await run(RUNS)
    expect(heapMb() - before).toBeLessThan(GROWTH_MB)
    expect([...statuses.keys()].sort()).toEqual([200, 400, 403, 405])
    await close()
  },
  1_800_000,
)

it('mutated callbacks over HTTP', async () => {
  const ctx = await sqliteCtx()
  const { adapter, close, messages, post } = await appCase()
  await adapter.start(accept)
  const http = await startHttp(ctx, [adapter])
  onTestFinished(async () => {
    await http.stop()
    await close()
    await ctx.close()
  })
  await fc.assert(
    fc.asyncProperty(mutationsOf(messages), fc.nat(40), async (message, how) => {
      const { method, path, query, body } = brokenOutside(post(message), how)
      const url = `${http.url}/callbacks/wecom${path}?${new URLSearchParams(query)}`
      const answer = await fetch(url, { method, ...(method === 'GET' ? {} : { body: new Uint8Array(body) }) })
      await answer.arrayBuffer()
      expect([200, 400, 403, 405]).toContain(answer.status)
    }),
    { numRuns: Math.min(RUNS, 2_000) },
  )
  expect((await fetch(`${http.url}/healthz`)).status).toBe(200)
})
