import { request as httpRequest } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import { systemClock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import { type HttpService, startHttp } from '../../src/http/app.ts'
import type { Adapter, CallbackRequest } from '../../src/model/chat.ts'
import { fakeAdapter } from '../support/fake-adapter.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

interface Running {
  readonly http: HttpService
  readonly ctx: Awaited<ReturnType<typeof sqliteCtx>>
  stop(): Promise<void>
}

let running: Running | null = null

afterEach(async () => {
  await running?.stop()
  running = null
})

async function start(adapters: readonly Adapter[], settings: object = {}): Promise<Running> {
  const ctx = await sqliteCtx({ settings: { http: { port: 0, bodyLimitBytes: 1024 }, ...settings } })
  const clock: Clock = systemClock
  const http = await startHttp({ ...ctx, clock }, adapters)
  let stopped: Promise<void> | null = null
  async function stopOnce(): Promise<void> {
    await http.stop()
    await ctx.close()
  }
  running = {
    http,
    ctx,
    stop() {
      stopped ??= stopOnce()
      return stopped
    },
  }
  return running
}

/** What `fetch` cannot do: choose the Host header, send a body of unknown length. */
function statusFor(url: string, options: { host?: string; chunks?: readonly string[] }): Promise<number> {
  return new Promise((resolve, reject) => {
    const method = options.chunks ? 'POST' : 'GET'
    const headers = options.host === undefined ? {} : { host: options.host }
    const request = httpRequest(url, { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.on('error', reject)
    for (const chunk of options.chunks ?? []) request.write(chunk)
    request.end()
  })
}

function echo(name: string): Adapter & { readonly seen: CallbackRequest[] } {
  const seen: CallbackRequest[] = []
  return {
    ...fakeAdapter(name),
    seen,
    async callback(request) {
      seen.push(request)
      return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: `${request.path}` }
    },
  }
}

it('says that it lives and that it is ready, with the state of database, adapters and jobs', async () => {
  const { http, ctx } = await start([fakeAdapter('wecom')])
  const slot = Date.parse('2026-11-23T01:00:00Z')
  const run = {
    attempts: 1,
    lease_until: 0,
    started_at: slot,
    finished_at: slot,
    counts_json: null,
    error: null,
  }
  await ctx.db
    .insertInto('job_runs')
    .values([
      { job: 'digest', slot: slot - 86_400_000, state: 'failed', ...run },
      { job: 'digest', slot, state: 'done', ...run },
    ])
    .execute()
  expect((await fetch(`${http.url}/healthz`)).status).toBe(200)
  const ready = await fetch(`${http.url}/readyz`)
  expect(ready.status).toBe(200)
  expect(await ready.json()).toMatchObject({
    ok: true,
    database: { ok: true },
    adapters: [{ name: 'wecom', ok: true }],
    jobs: [{ job: 'digest', slot: '2026-11-23T01:00:00.000Z', state: 'done' }],
  })
})

it('is not ready while an adapter is down or the database does not answer, and lives all the same', async () => {
  const sick: Adapter = { ...fakeAdapter('wecom'), health: () => ({ ok: false, detail: 'no token' }) }
  const { http, ctx } = await start([sick])
  expect((await fetch(`${http.url}/readyz`)).status).toBe(503)
  await ctx.db.schema.dropTable('job_runs').execute()
  expect(await (await fetch(`${http.url}/readyz`)).json()).toMatchObject({ database: { ok: false } })
  expect((await fetch(`${http.url}/healthz`)).status).toBe(200)
})

it('counts messages, events and runs for Prometheus', async () => {
  const { http, ctx } = await start([])
  const event = {
    platform: 'playground',
    received_at: 1,
    event_json: '{}',
    attempts: 0,
    done_at: null,
    error: null,
  }
  await ctx.db
    .insertInto('inbox')
    .values([
      { ...event, event_id: 'a', state: 'new' },
      { ...event, event_id: 'b', state: 'done' },
      { ...event, event_id: 'c', state: 'done' },
    ])
    .execute()
  const text = await (await fetch(`${http.url}/metrics`)).text()
  expect(text).toContain('liuke_inbox_events{state="done"} 2')
  expect(text).toContain('liuke_inbox_events{state="new"} 1')
  expect(text).toContain('process_resident_memory_bytes')
})

it('shows in /metrics whether a platform takes calls, and what callbacks were refused', async () => {
  const refused = { signature: 3, time: 1 }
  const { http } = await start([
    { ...echo('wecom'), health: () => ({ ok: false, detail: '60020', refused }) },
  ])
  const text = await (await fetch(`${http.url}/metrics`)).text()
  expect(text).toContain('liuke_adapter_up{adapter="wecom"} 0')
  expect(text).toContain('liuke_callbacks_refused{adapter="wecom",reason="signature"} 3')
})

it('hands a callback on with its path below the mount, its query and its raw body', async () => {
  const adapter = echo('wecom')
  const { http } = await start([adapter])
  const answer = await fetch(`${http.url}/callbacks/wecom/bot?msg_signature=abc`, {
    method: 'POST',
    body: '<xml>中</xml>',
  })
  expect(await answer.text()).toBe('/bot')
  expect(answer.headers.get('content-type')).toBe('text/plain')
  expect(adapter.seen[0]?.query).toEqual({ msg_signature: 'abc' })
  expect(adapter.seen[0]?.body.toString('utf8')).toBe('<xml>中</xml>')
  expect((await fetch(`${http.url}/callbacks/wecomX`)).status).toBe(404)
})

it('refuses a body over the limit, announced or not, and goes on', async () => {
  const { http } = await start([echo('wecom')])
  const big = 'x'.repeat(8_000_000)
  const announced = await fetch(`${http.url}/callbacks/wecom`, { method: 'POST', body: big })
  expect(announced.status).toBe(413)
  const chunks = Array.from({ length: 80 }, () => 'x'.repeat(100_000))
  expect(await statusFor(`${http.url}/callbacks/wecom`, { chunks })).toBe(413)
  expect((await fetch(`${http.url}/callbacks/wecom`, { method: 'POST', body: 'ok' })).status).toBe(200)
})

it('answers errors as one JSON sentence with a request id, and never shows a bug’s message', async () => {
  const throwing = (error: Error): Adapter => ({
    ...fakeAdapter('wecom'),
    callback: async () => {
      throw error
    },
  })
  const busy = new AppError('busy', 'inner words', { retryAfterMs: 1500 })
  const { http } = await start([throwing(busy)])
  const answer = await fetch(`${http.url}/callbacks/wecom`)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('2')
  const body = await answer.json()
  expect(body).toMatchObject({ error: 'busy', requestId: answer.headers.get('x-request-id') })
  expect(JSON.stringify(body)).not.toContain('inner words')
  expect((await fetch(`${http.url}/nowhere`)).status).toBe(404)
})

it('keeps the playground to this machine: a foreign Host is refused unless remote is trusted', async () => {
  const adapter = echo('playground')
  const { http } = await start([adapter])
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'localhost@evil']) {
    expect(await statusFor(`${http.url}/playground/`, { host }), host).toBeGreaterThanOrEqual(400)
  }
  expect(adapter.seen).toEqual([])
  for (const host of ['localhost', 'localhost:8420', '127.0.0.1:1', '[::1]:80']) {
    expect(await statusFor(`${http.url}/playground/`, { host }), host).toBe(200)
  }
  await running?.stop()
  const trusted = await start([echo('playground')], { playground: { trustRemote: true } })
  expect(await statusFor(`${trusted.http.url}/playground/`, { host: 'demo.example' })).toBe(200)
})

it('leads from / to the playground, and says that it runs where there is none', async () => {
  const { http } = await start([echo('playground')])
  for (const path of ['/', '/playground']) {
    const answer = await fetch(`${http.url}${path}`, { redirect: 'manual' })
    expect(answer.headers.get('location'), path).toBe('/playground/')
  }
  await running?.stop()
  const bare = await start([])
  expect(await (await fetch(bare.http.url)).text()).toContain('留客正在运行')
  expect((await fetch(`${bare.http.url}/playground/`)).status).toBe(404)
})

it('ends open streams and closes when it stops', async () => {
  const endless: Adapter = {
    ...fakeAdapter('wecom'),
    async callback({ gone }) {
      async function* body() {
        yield 'first\n'
        await new Promise((resolve) => gone.addEventListener('abort', resolve))
      }
      return { status: 200, headers: { 'Content-Type': 'text/event-stream' }, body: body() }
    },
  }
  const service = await start([endless])
  const answer = await fetch(`${service.http.url}/callbacks/wecom`)
  const rest = answer.text()
  await service.stop()
  expect(await rest).toBe('first\n')
  await expect(fetch(`${service.http.url}/healthz`)).rejects.toThrow()
})

it('sends strict headers with every answer', async () => {
  const { http } = await start([])
  const { headers } = await fetch(`${http.url}/healthz`)
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('access-control-allow-origin')).toBeNull()
})

it('says which address it cannot listen on', async () => {
  const { http, ctx } = await start([])
  const port = Number(new URL(http.url).port)
  const settings = { ...ctx.settings, http: { ...ctx.settings.http, port } }
  await expect(startHttp({ ...ctx, settings }, [])).rejects.toMatchObject({
    code: 'config',
    say: expect.stringContaining(String(port)),
  })
})
