import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../../src/clock.ts'
import type { CallbackRequest } from '../../../src/model/chat.ts'
import { type ApiRequest, answer } from './api.ts'
import { takeAnswer } from './passive.ts'
import { FakeRobotSocket } from './robot-socket.ts'
import { type FakeCorp, FakeState } from './state.ts'

/** What the next calls of one API meet. `cut`: the connection breaks before or after the call took effect. */
export type Disturbance =
  | { readonly errcode: number }
  | { readonly status: number }
  | { readonly cut: 'before' | 'after' }
  | { readonly delayMs: number }
  | { readonly raw: string }

export type Injection = { readonly api: string; readonly times?: number } & Disturbance

export interface FakeWecom {
  readonly url: string
  readonly state: FakeState
  /** The long connection of the smart robot, at `socketUrl`. Its commands are disturbed by their names. */
  readonly robot: FakeRobotSocket
  readonly socketUrl: string
  /** Every call in order, refused ones too. */
  readonly calls: readonly string[]
  inject(injection: Injection): void
  /** Injections that no call has met yet. */
  unmet(): number
  /** Asked before every call that no injection waits for. */
  disturb(pick: (api: string) => Disturbance | null): void
  /** Posts a callback as the platform does: three attempts, each a new connection, until a 200; shows its answer. */
  deliver(to: string, request: CallbackRequest): Promise<number[]>
  /** @throws Error naming every call that broke the documentation and every injection that met no call */
  verify(): void
  close(): Promise<void>
}

const ATTEMPTS = 3
const PATIENCE_MS = 5_000

export const CORP: FakeCorp = {
  corpId: 'ww0123456789abcdef',
  agentId: 1_000_002,
  secret: 'app-secret-of-the-fake',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  members: [
    { userid: 'WangXiaoMing', name: '王晓明', department: [1, 2] },
    { userid: 'lijing', name: '李静', department: [2] },
    { userid: 'chenli', name: '陈立', department: [2], leader: true },
  ],
}

/** A WeCom on this machine that believes nothing: requests that the documentation does not allow fail the test. */
export async function startFakeWecom(clock: Clock, corp: FakeCorp = CORP): Promise<FakeWecom> {
  const state = new FakeState(corp, clock)
  const calls: string[] = []
  const violations: string[] = []
  const injections: { injection: Injection; left: number }[] = []

  let pick: (api: string) => Disturbance | null = () => null

  function disturbance(api: string): Disturbance | null {
    const next = injections.find((one) => one.injection.api === api && one.left > 0)
    if (!next) return pick(api)
    next.left--
    return next.injection
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request)
    calls.push(call.api)
    const fault = disturbance(call.api)
    if (fault && 'delayMs' in fault) await clock.sleep(fault.delayMs)
    if (fault && 'cut' in fault && fault.cut === 'before') return void request.socket.destroy()
    if (fault && 'status' in fault) return void response.writeHead(fault.status).end('<html>')
    if (fault && 'raw' in fault) return void response.writeHead(200).end(fault.raw)
    if (fault && 'errcode' in fault) return end(response, { errcode: fault.errcode, errmsg: 'injected' })
    const result = await answer(state, call, (what) => violations.push(what))
    if (fault && 'cut' in fault) return void request.socket.destroy()
    end(response, result)
  }

  function heard(request: CallbackRequest, body: string): void {
    const answered = request.method === 'POST' && request.path === '/app' && body !== ''
    const problem = answered ? takeAnswer(state, request, body) : null
    if (problem !== null) violations.push(problem)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      violations.push(`the fake failed: ${error}`)
      response.writeHead(500).end()
    })
  })
  const robot = new FakeRobotSocket(server, {
    state,
    violate: (what) => void violations.push(what),
    disturbance,
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${portOf(server.address())}`
  return {
    url: `http://${host}`,
    socketUrl: `ws://${host}`,
    state,
    robot,
    calls,
    inject: (injection) => void injections.push({ injection, left: injection.times ?? 1 }),
    unmet: () => injections.reduce((sum, one) => sum + one.left, 0),
    disturb(chosen) {
      pick = chosen
    },
    deliver: (to, request) => postCallback(to, request, (body) => heard(request, body)),
    verify() {
      const unused = injections
        .filter((one) => one.left > 0)
        .map((one) => `unused: ${JSON.stringify(one.injection)}`)
      const problems = [...violations, ...unused]
      if (problems.length > 0) throw new Error(`fake WeCom:\n${problems.join('\n')}`)
    },
    async close() {
      robot.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function postCallback(
  to: string,
  request: CallbackRequest,
  heard: (body: string) => void,
): Promise<number[]> {
  const statuses: number[] = []
  while (statuses.length < ATTEMPTS && statuses.at(-1) !== 200) {
    const answered = await fetch(`${to}${request.path}?${new URLSearchParams(request.query)}`, {
      method: request.method,
      headers: { ...request.headers, connection: 'close' },
      body: new Uint8Array(request.body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => null)
    const body = await answered?.text().catch(() => null)
    // An answer that broke off is none.
    const status = body === null ? 0 : (answered?.status ?? 0)
    if (status === 200) heard(body ?? '')
    statuses.push(status)
  }
  return statuses
}

async function readCall(request: IncomingMessage): Promise<ApiRequest> {
  const url = new URL(request.url ?? '/', 'http://fake')
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return {
    api: url.pathname.replace(/^\/cgi-bin\//, ''),
    method: request.method ?? '',
    query: url.searchParams,
    contentType: request.headers['content-type'] ?? '',
    body: Buffer.concat(parts),
  }
}

function end(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the fake listens nowhere')
  return address.port
}
