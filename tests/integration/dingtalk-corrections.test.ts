import axios from 'axios'
import { DWClient, GATEWAY_URL } from 'dingtalk-stream'
import { describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { settle, withStream, withUncorrected } from '../support/dingtalk-stream.ts'
import { eventually } from '../support/eventually.ts'
import { TOPIC } from '../support/fake-dingtalk/gateway.ts'
import { APP } from '../support/fake-dingtalk/index.ts'
import { steppedClock } from '../support/stepped-clock.ts'
import { frozenClock, MONDAY_9AM } from '../support/test-ctx.ts'

/** Each test shows a defect on the client of the package as it is, then the same situation on ours. */

const TEN_MINUTES = 600_000
const refusedUpgrade = { answer: { status: 401, body: '' } } as const
const robotFrame = { type: 'CALLBACK', topic: TOPIC.robot, data: { msgId: 'a' } }
const stepped = () => steppedClock(MONDAY_9AM, settle)

/** Moves the timers of the package; the network stays real. */
async function passSeconds(seconds: number): Promise<void> {
  for (let n = 0; n < seconds; n++) {
    await vi.advanceTimersByTimeAsync(1000)
    for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
}
/** Until the uncorrected client is put away. */
const fakeTimers = () =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval', 'clearTimeout'] })

describe('corrections of the client package', () => {
  it('a refused handshake is tried again once, not twice', async () => {
    let storm = 0
    await withUncorrected(frozenClock(MONDAY_9AM), async ({ fake, client }) => {
      fake.disturb((path) => (path === 'connect' ? refusedUpgrade : null))
      fakeTimers()
      void client().connect()
      for (let n = 0; n < 8 && storm < 31; n++) {
        await passSeconds(1)
        await new Promise((resolve) => setImmediate(resolve))
        storm = fake.gateway.opens.length
      }
      expect(storm).toBeGreaterThanOrEqual(31)
    })
    const clock = stepped()
    await withStream(clock, async ({ fake, stream }) => {
      fake.disturb((path) => (path === 'connect' ? refusedUpgrade : null))
      await stream.start()
      await clock.advance(8_000)
      expect(fake.gateway.opens.length).toBeLessThanOrEqual(6)
    })
  })

  it('a gateway that is down for ten minutes is asked ever less, and found again within one wait', async () => {
    const down = { answer: { status: 503, body: '' } } as const
    let uncorrected = 0
    await withUncorrected(frozenClock(MONDAY_9AM), async ({ fake, client }) => {
      fake.disturb(() => down)
      fakeTimers()
      void client().connect()
      await passSeconds(TEN_MINUTES / 1000)
      uncorrected = fake.gateway.opens.length
    })
    const clock = stepped()
    await withStream(clock, async ({ fake, stream }) => {
      fake.disturb(() => down)
      await stream.start()
      await clock.advance(TEN_MINUTES)
      const corrected = fake.gateway.opens.length
      process.stdout.write(
        `gateway down for ten minutes: ${uncorrected} attempts as it is, ${corrected} here\n`,
      )
      expect(corrected).toBeLessThanOrEqual(24)
      expect(uncorrected).toBeGreaterThan(10 * corrected)
      // One wait, however often it failed.
      expect(clock.sleepers).toBe(1)
      fake.disturb(() => null)
      await clock.advance(60_000)
      await eventually(() => expect(stream.health().ok).toBe(true))
      expect(fake.gateway.opens.length).toBe(corrected + 1)
      await stream.stop()
      expect(clock.sleepers).toBe(0)
      await eventually(() => expect(fake.gateway.connections.size).toBe(0))
    })
  })

  it('a dead connection is noticed', async () => {
    await withUncorrected(systemClock, async ({ fake, client }) => {
      const one = client()
      await one.connect()
      fakeTimers()
      fake.gateway.goDead()
      await passSeconds(120)
      expect(one.connected).toBe(true)
      expect(fake.gateway.accepted).toBe(1)
    })
    const clock = stepped()
    await withStream(clock, async ({ fake, stream }) => {
      await stream.start()
      fake.gateway.goDead()
      await clock.advance(45_000)
      await eventually(() => expect(fake.gateway.accepted).toBe(2))
      expect(stream.health().ok).toBe(true)
    })
  })

  it('a quiet connection that answers is kept', async () => {
    const clock = stepped()
    await withStream(clock, async ({ fake, stream }) => {
      await stream.start()
      await clock.advance(300_000)
      expect(fake.gateway.accepted).toBe(1)
      expect(stream.health().ok).toBe(true)
    })
  })

  it('wrong credentials are told', async () => {
    await withUncorrected(systemClock, async ({ client, printed }) => {
      await expect(client({ clientSecret: 'wrong' }).connect()).resolves.toBeUndefined()
      expect(printed).toEqual([])
    })
    await withStream(
      stepped(),
      async ({ stream, lines }) => {
        await stream.start()
        expect(stream.health().detail).toContain('refuses the credentials')
        expect(lines.some((line) => line.includes('"level":"error"'))).toBe(true)
      },
      { settings: { clientSecret: 'wrong' } },
    )
  })

  it('a malformed frame or a failing handler ends no process, and is answered', async () => {
    const as = new DWClient({ clientId: 'a', clientSecret: 'b' })
    expect(() => as.onDownStream('{')).toThrow()
    as.registerCallbackListener(TOPIC.robot, () => {
      throw new Error('handler')
    })
    const frame = { specVersion: '1.0', type: 'CALLBACK', headers: { topic: TOPIC.robot }, data: '{}' }
    expect(() => as.onDownStream(JSON.stringify(frame))).toThrow('handler')
    await withStream(
      systemClock,
      async ({ fake, stream }) => {
        await stream.start()
        fake.gateway.pushRaw('{')
        expect((await fake.gateway.push(robotFrame)).code).toBe(500)
        expect(stream.health().ok).toBe(true)
      },
      {
        robot: () => {
          throw new Error('handler')
        },
      },
    )
  })

  it('a topic without a handler is answered', async () => {
    await withUncorrected(systemClock, async ({ fake, client }) => {
      const one = client()
      one.config.subscriptions = [{ type: 'CALLBACK', topic: TOPIC.robot }]
      await one.connect()
      const answered = vi.fn()
      void fake.gateway.push(robotFrame).then(answered)
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(answered).not.toHaveBeenCalled()
    })
    await withStream(systemClock, async ({ fake, stream }) => {
      await stream.start()
      const [connection] = fake.gateway.connections
      if (!connection) throw new Error('no connection')
      const other = { type: 'CALLBACK', topic: '/v1.0/other', data: {} }
      expect((await fake.gateway.pushTo(connection, other)).code).toBe(404)
    })
  })

  it('an event that nobody handles is not called a success', async () => {
    const event = { type: 'EVENT', topic: '*', data: {} }
    await withUncorrected(systemClock, async ({ fake, client }) => {
      const one = client()
      one.config.subscriptions = [{ type: 'EVENT', topic: '*' }]
      await one.connect()
      expect((await fake.gateway.push(event)).data).toEqual({ status: 'SUCCESS' })
    })
    await withStream(systemClock, async ({ fake, stream }) => {
      await stream.start()
      const [connection] = fake.gateway.connections
      if (!connection) throw new Error('no connection')
      const { data } = await fake.gateway.pushTo(connection, event)
      expect(data).toMatchObject({ status: 'LATER' })
    })
  })

  it('timers do not pile up, and after a stop there is none', async () => {
    await withUncorrected(systemClock, async ({ fake, client }) => {
      fakeTimers()
      const one = client({ keepAlive: true })
      void one.connect()
      for (let n = 1; n <= 3; n++) {
        await eventually(() => expect(fake.gateway.accepted).toBe(n))
        await passSeconds(1)
        fake.gateway.cut()
        await passSeconds(2)
      }
      // One heartbeat for each connection there ever was.
      expect(vi.getTimerCount()).toBeGreaterThanOrEqual(3)
      one.disconnect()
      expect(vi.getTimerCount()).toBeGreaterThanOrEqual(2)
    })
    const clock = stepped()
    await withStream(clock, async ({ fake, stream }) => {
      await stream.start()
      for (let n = 2; n <= 4; n++) {
        fake.gateway.cut()
        await settle()
        await clock.advance(15_000)
        await eventually(() => expect(fake.gateway.accepted).toBe(n))
        expect(clock.sleepers).toBe(1)
      }
      await stream.stop()
      expect(clock.sleepers).toBe(0)
    })
  })

  it('a stop while a connection is due is final', async () => {
    await withUncorrected(systemClock, async ({ fake, client }) => {
      fakeTimers()
      const one = client()
      void one.connect()
      await eventually(() => expect(fake.gateway.accepted).toBe(1))
      await passSeconds(1)
      fake.gateway.cut()
      for (let turn = 0; turn < 50 && one.connected; turn++) await passSeconds(0.001)
      await new Promise((resolve) => setImmediate(resolve))
      one.disconnect()
      await passSeconds(3)
      expect(fake.gateway.accepted).toBe(2)
    })
    const clock = stepped()
    await withStream(clock, async ({ fake, stream }) => {
      await stream.start()
      fake.gateway.cut()
      await settle()
      await stream.stop()
      await clock.advance(TEN_MINUTES)
      expect(fake.gateway.accepted).toBe(1)
    })
  })

  it('subscriptions belong to one client', async () => {
    const [a, b] = [1, 2].map(() => new DWClient({ clientId: 'a', clientSecret: 'b' }))
    a?.registerCallbackListener('/v1.0/only/a', () => undefined)
    expect(b?.config.subscriptions).toContainEqual({ type: 'CALLBACK', topic: '/v1.0/only/a' })
    await withStream(systemClock, async ({ fake, stream }) => {
      await stream.start()
      const [connection] = fake.gateway.connections
      expect(connection?.subscriptions).toEqual([`CALLBACK ${TOPIC.robot}`, `CALLBACK ${TOPIC.card}`])
    })
  })

  it('an answer goes to the connection that asked, or nowhere', async () => {
    await withUncorrected(systemClock, async ({ fake, client }) => {
      const one = client()
      one.config.subscriptions = [{ type: 'CALLBACK', topic: TOPIC.robot }]
      await one.connect()
      void fake.gateway.push({ ...robotFrame, messageId: 'asked-on-the-first' })
      await settle()
      fake.gateway.cut()
      await eventually(() => expect(fake.gateway.accepted).toBe(2))
      await settle()
      one.send('asked-on-the-first', {})
      await settle()
      expect(() => fake.verify()).toThrow('on another socket')
    })
    const held = Promise.withResolvers<void>()
    await withStream(
      systemClock,
      async ({ fake, stream, lines }) => {
        await stream.start()
        void fake.gateway.push(robotFrame)
        await settle()
        fake.gateway.cut()
        await eventually(() => expect(fake.gateway.accepted).toBe(2))
        held.resolve()
        await settle()
        expect(lines.join()).toContain('ended before its answer')
      },
      {
        robot: async () => {
          await held.promise
          return { code: 200, response: null }
        },
      },
    )
  })

  it('the successor of an ending connection does not wait for its end', async () => {
    const disconnect = { type: 'SYSTEM', topic: 'disconnect', data: { reason: 'expired' } }
    await withUncorrected(systemClock, async ({ fake, client }) => {
      await client().connect()
      await fake.gateway.push(disconnect)
      await new Promise((resolve) => setTimeout(resolve, 1500))
      expect(fake.gateway.accepted).toBe(1)
    })
    const clock = stepped()
    await withStream(clock, async ({ fake, stream }) => {
      await stream.start()
      await clock.advance(20_000)
      await fake.gateway.push(disconnect)
      await eventually(() => expect(fake.gateway.accepted).toBe(2))
    })
  })

  it('secrets are printed nowhere', async () => {
    await withUncorrected(systemClock, async ({ client, printed }) => {
      await client({ debug: true }).connect()
      expect(printed.join()).toContain(APP.clientSecret)
      expect(printed.join()).toContain('ticket=')
    })
    const printed = vi.spyOn(console, 'info').mockImplementation(() => undefined)
    await withStream(systemClock, async ({ stream, lines }) => {
      await stream.start()
      expect(printed).not.toHaveBeenCalled()
      expect(lines.join()).not.toContain(APP.clientSecret)
    })
    printed.mockRestore()
  })

  it('the gateway’s address is a setting, and its ticket is escaped', async () => {
    await withUncorrected(systemClock, async ({ fake, client, asked }) => {
      fake.state.plainTickets = false
      const one = client()
      await one.connect()
      expect(asked).toEqual([GATEWAY_URL])
      expect(one.connected).toBe(false)
      expect(() => fake.verify()).toThrow('a ticket that is unknown')
    })
    await withStream(systemClock, async ({ stream }) => {
      await stream.start()
      expect(stream.health().ok).toBe(true)
    })
  })

  it('an opening that hangs is given up', async () => {
    let limit: number | undefined = 1
    const seen = axios.interceptors.request.use((config) => {
      limit = config.timeout
      return config
    })
    await withUncorrected(systemClock, async ({ client }) => {
      await client().connect()
    })
    axios.interceptors.request.eject(seen)
    expect(limit ?? 0).toBe(0)
    const given = vi.spyOn(AbortSignal, 'timeout')
    await withStream(systemClock, async ({ stream }) => {
      await stream.start()
      expect(given).toHaveBeenCalledWith(10_000)
    })
    given.mockRestore()
  })
})
