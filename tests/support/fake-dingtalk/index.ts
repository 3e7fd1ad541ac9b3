import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { z } from 'zod'
import { type Clock, systemClock } from '../../../src/clock.ts'
import { FakeGateway, refuseUpgrade } from './gateway.ts'
import { answerLegacy } from './legacy.ts'
import { type Answer, answerOpenApi, type Call } from './openapi.ts'
import { type FakeApp, FakeState } from './state.ts'

/** What the next calls meet. `cut`: the connection breaks before or after the call took effect. */
export type Disturbance =
  | { readonly answer: Answer }
  | { readonly cut: 'before' | 'after' }
  | { readonly delayMs: number }
  | { readonly hang: true }

/** `api`: the end of the path; `connect` is the WebSocket's handshake. */
export type Injection = { readonly api: string; readonly times?: number } & Disturbance

export interface FakeDingtalk {
  readonly url: string
  readonly state: FakeState
  readonly gateway: FakeGateway
  /** Every call in order, refused ones too: the path. */
  readonly calls: readonly string[]
  inject(injection: Injection): void
  /** Injections that have met no call yet. */
  unmet(): number
  /** Asked before every call that no injection waits for. */
  disturb(pick: (path: string) => Disturbance | null): void
  /** @throws Error naming every call that broke the documentation and every injection that met no call */
  verify(): void
  close(): Promise<void>
}

const Template = z.object({ variables: z.array(z.object({ name: z.string() })) })
const template = Template.parse(
  JSON.parse(
    readFileSync(new URL('../../../adapters/dingtalk/templates/liuke-card.json', import.meta.url), 'utf8'),
  ),
)

export const APP: FakeApp = {
  corpId: 'dingcorp0123',
  clientId: 'dingapp0123',
  clientSecret: 'app-secret-of-the-fake',
  robotCode: 'dingapp0123',
  templateId: '7a1c0000-0000-4000-8000-000000000001.schema',
  variables: template.variables.map(({ name }) => name),
  staff: [
    { userId: 'manager1234', name: '王晓明' },
    { userId: 'LiJing', name: '李静' },
  ],
  groups: [{ id: 'cidGroup1==', title: '华东销售群' }],
}

/** A DingTalk on this machine that believes nothing: requests that the documentation does not allow fail the test. */
export async function startFakeDingtalk(clock: Clock, app: FakeApp = APP): Promise<FakeDingtalk> {
  const state = new FakeState(app, clock)
  const calls: string[] = []
  const violations: string[] = []
  const injections: { injection: Injection; left: number }[] = []
  const violate = (what: string): void => void violations.push(what)
  const gateway = new FakeGateway(state, violate)
  const hanging = new Set<Duplex>()
  let pick: (path: string) => Disturbance | null = () => null

  function disturbance(path: string): Disturbance | null {
    const next = injections.find((one) => path.endsWith(one.injection.api) && one.left > 0)
    if (!next) return pick(path)
    next.left--
    return next.injection
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request)
    calls.push(call.path)
    const fault = disturbance(call.path)
    if (fault && call.path.endsWith('connections/open')) gateway.opens.push(clock.now())
    if (fault && 'hang' in fault) return
    if (fault && 'delayMs' in fault) await systemClock.sleep(fault.delayMs)
    if (fault && 'cut' in fault && fault.cut === 'before') return void request.socket.destroy()
    if (fault && 'answer' in fault) return end(response, fault.answer)
    const result = await answerOf(call)
    if (fault && 'cut' in fault) return void request.socket.destroy()
    end(response, result)
  }

  async function answerOf(call: Call): Promise<Answer> {
    if (`${call.method} ${call.path}` === 'POST /v1.0/gateway/connections/open')
      return gateway.open(call, url)
    const answer = answerOpenApi(state, call, violate) ?? (await answerLegacy(state, call, violate))
    if (answer) return answer
    violate(`unknown call ${call.method} ${call.path}`)
    return { status: 404, body: { code: 'NotFound' } }
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const fault = disturbance('connect')
    if (fault && 'hang' in fault) hanging.add(socket)
    else if (fault && 'answer' in fault) refuseUpgrade(socket, fault.answer.status)
    else if (fault && 'cut' in fault) socket.destroy()
    else gateway.upgrade(request, socket, head)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      violate(`the fake failed: ${error}`)
      response.writeHead(500).end()
    })
  })
  server.on('upgrade', upgrade)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${portOf(server.address())}`
  return {
    url,
    state,
    gateway,
    calls,
    inject: (injection) => void injections.push({ injection, left: injection.times ?? 1 }),
    unmet: () => injections.filter((one) => one.left > 0).length,
    disturb(chosen) {
      pick = chosen
    },
    verify() {
      const unused = injections
        .filter((one) => one.left > 0)
        .map((one) => `unused: ${JSON.stringify(one.injection)}`)
      const problems = [...violations, ...unused]
      if (problems.length > 0) throw new Error(`fake DingTalk:\n${problems.join('\n')}`)
    },
    async close() {
      gateway.close()
      for (const socket of hanging) socket.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '/', 'http://fake')
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(parts),
  }
}

function end(response: ServerResponse, { status, body }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/html' : 'application/json; charset=utf-8'
  response.writeHead(status, { 'content-type': type }).end(text)
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the fake listens nowhere')
  return address.port
}
