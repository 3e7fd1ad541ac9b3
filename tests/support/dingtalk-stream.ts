import axios from 'axios'
import { DWClient } from 'dingtalk-stream'
import { vi } from 'vitest'
import type { Handler, LinkParts } from '../../adapters/dingtalk/link.ts'
import { createStream, type Stream } from '../../adapters/dingtalk/stream.ts'
import { transport } from '../../adapters/dingtalk/transport.ts'
import type { Clock } from '../../src/clock.ts'
import { createLog, type Log } from '../../src/log.ts'
import { TOPIC } from './fake-dingtalk/gateway.ts'
import { APP, type FakeDingtalk, startFakeDingtalk } from './fake-dingtalk/index.ts'

const TURNS = 20

/**
 * Lets everything that is under way on the loopback network arrive: turns of the event loop, not only time, for a busy
 * machine passes time without them.
 */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setTimeout(resolve, 1))
}

export const taken: Handler = async () => ({ code: 200, response: null })

export interface StreamCase {
  readonly fake: FakeDingtalk
  readonly stream: Stream
  /** Another process of the same app. */
  another(): Stream
  readonly lines: string[]
}

export interface StreamOptions {
  readonly robot?: Handler
  readonly settings?: Partial<LinkParts['settings']>
}

/** Runs `work` beside a fake; afterwards nothing may be left of the stream, and the fake gives its verdict. */
export async function withStream(
  clock: Clock,
  work: (one: StreamCase) => Promise<void>,
  { robot = taken, settings }: StreamOptions = {},
): Promise<void> {
  const fake = await startFakeDingtalk(clock)
  const lines: string[] = []
  const log: Log = createLog('debug', { write: (line) => void lines.push(line) })
  const made: Stream[] = []
  const another = (): Stream => {
    const { clientId, clientSecret } = APP
    const stream = createStream({
      settings: { clientId, clientSecret, apiUrl: fake.url, ...settings },
      handlers: new Map([
        [TOPIC.robot, robot],
        [TOPIC.card, taken],
      ]),
      transport,
      clock,
      log,
      random: () => 0.5,
    })
    made.push(stream)
    return stream
  }
  try {
    await work({ fake, stream: another(), another, lines })
  } finally {
    await Promise.all(made.map((one) => one.stop()))
    await fake.close()
  }
  fake.verify()
}

/** The client of the package as it is, its address bent to the fake; it prints, and that is kept. */
export async function withUncorrected(
  clock: Clock,
  work: (one: {
    fake: FakeDingtalk
    client(options?: { keepAlive?: boolean; debug?: boolean; clientSecret?: string }): DWClient
    printed: string[]
    asked: string[]
  }) => Promise<void>,
): Promise<void> {
  const fake = await startFakeDingtalk(clock)
  fake.state.plainTickets = true
  const printed: string[] = []
  const asked: string[] = []
  const spies = (['info', 'warn', 'error'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...words: unknown[]) => {
      printed.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '))
    }),
  )
  const bent = axios.interceptors.request.use((config) => {
    asked.push(config.url ?? '')
    return { ...config, url: (config.url ?? '').replace('https://api.dingtalk.com', fake.url) }
  })
  const made: DWClient[] = []
  try {
    await work({
      fake,
      client(options = {}) {
        const { clientId, clientSecret } = APP
        const client = new DWClient({ clientId, clientSecret, ua: 'uncorrected/1.0', ...options })
        made.push(client)
        return client
      },
      printed,
      asked,
    })
  } finally {
    vi.useRealTimers()
    for (const client of made) {
      client.config.autoReconnect = false
      client.disconnect()
    }
    axios.interceptors.request.eject(bent)
    await fake.close()
    await settle()
    for (const spy of spies) spy.mockRestore()
  }
}
