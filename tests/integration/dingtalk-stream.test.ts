import { describe, expect, it, vi } from 'vitest'
import { reconnectMs } from '../../adapters/shared/backoff.ts'
import { systemClock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import { settle, withStream } from '../support/dingtalk-stream.ts'
import { eventually } from '../support/eventually.ts'
import { TOPIC } from '../support/fake-dingtalk/gateway.ts'
import { APP } from '../support/fake-dingtalk/index.ts'
import { steppedClock } from '../support/stepped-clock.ts'
import { MONDAY_9AM } from '../support/test-ctx.ts'

const frame = (id: string, messageId?: string) => ({
  type: 'CALLBACK',
  topic: TOPIC.robot,
  data: { msgId: id },
  ...(messageId && { messageId }),
})
const stepped = () => steppedClock(MONDAY_9AM, settle)

describe('the stream', () => {
  it('connects with an escaped ticket and exactly its topics, and answers after the handler', () => {
    let stored = false
    return withStream(
      systemClock,
      async ({ fake, stream }) => {
        expect(stream.health().ok).toBe(false)
        await stream.start()
        expect(stream.health().ok).toBe(true)
        const [connection] = fake.gateway.connections
        expect(connection?.subscriptions).toEqual([`CALLBACK ${TOPIC.robot}`, `CALLBACK ${TOPIC.card}`])
        expect(await fake.gateway.push(frame('a'))).toEqual({ code: 200, data: { response: null } })
        expect(stored).toBe(true)
        const ping = { type: 'SYSTEM', topic: 'ping', data: { opaque: '0d4d' } }
        expect(await fake.gateway.push(ping)).toMatchObject({ code: 200, data: { opaque: '0d4d' } })
      },
      {
        robot: async () => {
          await settle()
          stored = true
          return { code: 200, response: null }
        },
      },
    )
  })

  it('says 500 when a frame could not be stored, and takes it when it comes again', () => {
    let works = false
    return withStream(
      systemClock,
      async ({ fake, stream }) => {
        await stream.start()
        expect((await fake.gateway.push(frame('a'))).code).toBe(500)
        works = true
        expect((await fake.gateway.push(frame('a'))).code).toBe(200)
      },
      {
        robot: async () => {
          if (!works) throw new AppError('busy', 'the database does not answer')
          return { code: 200, response: null }
        },
      },
    )
  })

  it('survives what is no frame', () =>
    withStream(systemClock, async ({ fake, stream, lines }) => {
      await stream.start()
      const odd = [
        '',
        '{',
        'null',
        '[]',
        '1',
        '{}',
        '{"type":"CALLBACK"}',
        '{"headers":null,"type":"SYSTEM"}',
      ]
      for (const raw of odd) fake.gateway.pushRaw(raw)
      fake.gateway.pushRaw(Buffer.from([0xff, 0x00, 0x7b]))
      await settle()
      expect((await fake.gateway.push(frame('a'))).code).toBe(200)
      expect(lines.filter((line) => line.includes('not understood'))).toHaveLength(odd.length + 1)
      expect(fake.gateway.accepted).toBe(1)
    }))

  it('comes back after cuts, and two processes take every frame once or more', () => {
    const seen: string[] = []
    return withStream(
      systemClock,
      async ({ fake, stream, another }) => {
        await Promise.all([stream.start(), another().start()])
        expect(fake.gateway.connections.size).toBe(2)
        const pushes = Array.from({ length: 60 }, (_, n) =>
          fake.gateway.pushUntilTaken(frame(`m${n}`), () => systemClock.sleep(50)),
        )
        fake.gateway.cut()
        await Promise.all(pushes)
        expect(new Set(seen).size).toBe(60)
      },
      {
        robot: async ({ data }) => {
          seen.push(data)
          return { code: 200, response: null }
        },
      },
    )
  })

  it('drains: an answer that is due is written before the connection closes', () => {
    let go: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    return withStream(
      systemClock,
      async ({ fake, stream }) => {
        await stream.start()
        const answered = fake.gateway.push(frame('a'))
        await settle()
        const stopping = stream.stop()
        await settle()
        go()
        await stopping
        expect((await answered).code).toBe(200)
        await settle()
        expect(fake.gateway.connections.size).toBe(0)
        expect(stream.health().ok).toBe(false)
      },
      {
        robot: async () => {
          await held
          return { code: 200, response: null }
        },
      },
    )
  })

  it('opens a new connection before it closes one that the platform ends', () => {
    const clock = stepped()
    return withStream(clock, async ({ fake, stream }) => {
      await stream.start()
      await clock.advance(20_000)
      await fake.gateway.push({ type: 'SYSTEM', topic: 'disconnect', data: { reason: 'expired' } })
      await eventually(() => expect(fake.gateway.accepted).toBe(2))
      await eventually(() => expect(fake.gateway.connections.size).toBe(1))
      expect(stream.health().ok).toBe(true)
      expect((await fake.gateway.push(frame('a'))).code).toBe(200)
    })
  })

  it('a platform that ends every connection at once is not asked without pause', () => {
    const clock = stepped()
    return withStream(clock, async ({ fake, stream }) => {
      await stream.start()
      for (let n = 0; n < 60; n++) {
        await fake.gateway.push({ type: 'SYSTEM', topic: 'disconnect', data: {} })
        await settle()
        await clock.advance(1000)
      }
      expect(fake.gateway.opens.length).toBeLessThan(10)
    })
  })

  it('wrong credentials are told, and tried again slowly', () => {
    const clock = stepped()
    return withStream(
      clock,
      async ({ fake, stream, lines }) => {
        await stream.start()
        expect(stream.health()).toEqual({ ok: false, detail: expect.stringContaining('authFailed') })
        await clock.advance(600_000)
        expect(fake.gateway.opens.length).toBeLessThanOrEqual(3)
        expect(lines.filter((line) => line.includes('"error"'))).not.toEqual([])
      },
      { settings: { clientSecret: 'wrong' } },
    )
  })

  it.each([
    ['a page of a proxy', { answer: { status: 200, body: '<html>' } }],
    ['500', { answer: { status: 500, body: { code: 'system.error' } } }],
    ['503 without a body', { answer: { status: 503, body: '' } }],
    [
      'a foreign endpoint',
      { answer: { status: 200, body: { endpoint: 'wss://evil.example/', ticket: 't' } } },
    ],
    ['no ticket', { answer: { status: 200, body: { endpoint: 'wss://a.dingtalk.com/' } } }],
    ['a cut connection', { cut: 'before' }],
  ] as const)('opening again after %s', (_, fault) => {
    const clock = stepped()
    return withStream(clock, async ({ fake, stream }) => {
      fake.inject({ api: 'connections/open', ...fault })
      await stream.start()
      expect(stream.health().ok).toBe(false)
      await clock.advance(1_000)
      await eventually(() => expect(stream.health().ok).toBe(true))
    })
  })

  it.each(['wss://evil.example/', 'ws://a.dingtalk.com/', 'wss://dingtalk.com.evil.example/', 'https://x/'])(
    'takes its ticket to no foreign address: %s',
    (endpoint) => {
      const clock = stepped()
      return withStream(clock, async ({ fake, stream }) => {
        fake.inject({ api: 'connections/open', answer: { status: 200, body: { endpoint, ticket: 't' } } })
        await stream.start()
        expect(stream.health().detail).toMatch(/foreign address|no endpoint/)
      })
    },
  )

  it('waits longer each time, up to a minute', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 50].map((n) => reconnectMs(n, 1))).toEqual([
      1000, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ])
    expect(reconnectMs(7, 0)).toBe(30_000)
  })

  it('stops while it waits, opens or shakes hands, and leaves no sleeper behind', async () => {
    for (const fault of [{ answer: { status: 500, body: '' } }, { hang: true }] as const) {
      for (const api of ['connections/open', 'connect']) {
        const clock = stepped()
        await withStream(clock, async ({ fake, stream }) => {
          fake.inject({ api, ...fault })
          const started = stream.start()
          await eventually(() => expect(fake.unmet()).toBe(0))
          await stream.stop()
          await started
          expect(clock.sleepers).toBe(0)
          await settle()
          expect(fake.gateway.connections.size).toBe(0)
        })
      }
    }
  })

  it('never writes a secret', () =>
    withStream(systemClock, async ({ fake, stream, lines }) => {
      const printed = vi.spyOn(console, 'info')
      fake.inject({ api: 'connect', answer: { status: 401, body: '' } })
      await stream.start()
      await eventually(() => expect(stream.health().ok).toBe(true))
      expect(lines.join()).not.toMatch(new RegExp(`${APP.clientSecret}|ticket=|a\\+b/`))
      expect(printed).not.toHaveBeenCalled()
      printed.mockRestore()
    }))
})
