import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createCrypto } from '../../adapters/wecom/crypto.ts'
import { CORP } from '../support/fake-wecom/index.ts'
import type { LoadOrder, LoadResult } from './callback-load.ts'
import { median } from './measure.ts'

/**
 * Encrypted callback → command → encrypted reply, side by side with a bare Koa that decrypts and echoes with
 * `@wecom/crypto`: the same requests over as many connections, in turn, so that a slow moment of the machine meets both.
 */
const ROUNDS = 7
const REQUESTS = 6_000
const CONNECTIONS = 32
const USERS = 500
const CUSTOMERS = 200_000
/** Few enough that the figure is the wait of one person and not the queue of the load. */
const CONNECTIONS_WHILE_SCORING = 8
const TEXT = '帮助 跟进'
const KEYS = { token: CORP.token, aesKey: CORP.aesKey, receiveId: CORP.corpId }

interface Server {
  readonly process: ChildProcess
  readonly port: number
}

export async function callbackBench() {
  const client = createClient()
  const figures = { ...(await throughput(client)), whileScoring: await whileScoring(client) }
  await client.close()
  return figures
}

async function throughput(client: Client) {
  const [bare, liuke] = [
    await startServer('callback-bare.ts'),
    await startServer('callback-service.ts', USERS),
  ]
  const rates: { bare: number[]; liuke: number[] } = { bare: [], liuke: [] }
  for (let round = -1; round < ROUNDS; round++) {
    const [one, other] = [await client.load(bare.port), await client.load(liuke.port)]
    mustAnswer(other)
    // The first round warms both up.
    if (round < 0) continue
    rates.bare.push(REQUESTS / one.seconds)
    rates.liuke.push(REQUESTS / other.seconds)
  }
  bare.process.kill()
  await stop(liuke)
  const ratios = rates.liuke.map((rate, n) => rate / (rates.bare[n] ?? Number.NaN))
  return {
    barePerSecond: median(rates.bare),
    liukePerSecond: median(rates.liuke),
    ratio: median(rates.liuke) / median(rates.bare),
    ratioOfRounds: `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
  }
}

async function whileScoring(client: Client) {
  const liuke = await startServer('callback-service.ts', USERS, CUSTOMERS)
  const few = { connections: CONNECTIONS_WHILE_SCORING, requests: 1_000 }
  await client.load(liuke.port, few)
  const told = once(liuke.process, 'message')
  let scored: number | null = null
  void told.then(([message]) => {
    scored = message.scored
  })
  liuke.process.send('score')
  const times: number[] = []
  while (scored === null) {
    const result = await client.load(liuke.port, few)
    mustAnswer(result)
    times.push(...result.times)
  }
  await stop(liuke)
  const sorted = times.sort((a, b) => a - b)
  return {
    scored,
    answers: times.length,
    medianMs: median(times),
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    maxMs: sorted.at(-1) ?? Number.NaN,
  }
}

/** Every answer must carry a reply of the command, or the figure means nothing. */
function mustAnswer({ replies, times, lastReply }: LoadResult): void {
  const sealed = /<Encrypt><!\[CDATA\[([^\]]*)/.exec(lastReply)?.[1] ?? ''
  const inside = createCrypto(KEYS).open(sealed)
  if (replies !== times.length) throw new Error(`only ${replies} of ${times.length} callbacks carry a reply`)
  if (!inside?.includes('跟进')) throw new Error(`this is no reply: ${inside}`)
}

interface Client {
  load(port: number, over?: Partial<LoadOrder>): Promise<LoadResult>
  close(): Promise<number>
}

function createClient(): Client {
  const worker = new Worker(new URL('./callback-load.ts', import.meta.url))
  let firstId = 7_000_000_000_000
  return {
    async load(port, over = {}) {
      const order: LoadOrder = {
        port,
        connections: CONNECTIONS,
        requests: REQUESTS,
        firstId,
        users: USERS,
        text: TEXT,
        keys: KEYS,
        ...over,
      }
      firstId += order.requests
      const answered = once(worker, 'message')
      worker.postMessage(order)
      const [result] = await answered
      return result
    },
    close: () => worker.terminate(),
  }
}

async function startServer(file: string, ...args: number[]): Promise<Server> {
  const child = fork(new URL(file, import.meta.url), args.map(String))
  const [{ port }] = await once(child, 'message')
  return { process: child, port }
}

async function stop(server: Server): Promise<void> {
  const ended = once(server.process, 'exit')
  server.process.send('stop')
  await ended
}
