import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/clock.ts'
import { openDatabase } from '../../src/db/open.ts'
import { startWorker } from '../../src/jobs/worker-host.ts'
import { createLog } from '../../src/log.ts'
import { startService } from '../../src/main.ts'
import { Settings } from '../../src/settings.ts'
import { addSyntheticCustomers } from './synthetic-customers.ts'

/**
 * How long a rep waits for an answer in the playground, over HTTP, when nothing else goes on and while the
 * worker thread scores 200,000 customers: sent text → stored → command → outbox → live stream.
 */
const CUSTOMERS = 200_000
const ORDERS_EACH = 4
const IDLE_ROUNDS = 300
const COMMANDS = ['我的', '名单 高', '帮助', '流失 本月']

export interface ChatWhileScoring {
  readonly idleP99Ms: number
  readonly scoringP99Ms: number
  readonly idleMedianMs: number
  readonly scoringMedianMs: number
  readonly answers: number
  readonly scored: number
  readonly scoringSeconds: number
}

export async function chatWhileScoring(): Promise<ChatWhileScoring> {
  const file = join(mkdtempSync(join(tmpdir(), 'liuke-bench-')), 'chat.db')
  const settings = Settings.parse({
    database: file,
    log: 'silent',
    http: { port: 0 },
    demo: { enabled: true },
    playground: { enabled: true },
    push: { pacing: { perAddressPerMinute: 1_000_000, perPlatformPerSecond: 10_000 } },
  })
  const service = await startService(settings, createLog('silent'))
  const chat = await openChat(service.url)
  await addCustomers(file)
  const idle = await chat.ask(() => IDLE_ROUNDS)

  const other = openDatabase(file)
  const ctx = { db: other.db, clock: systemClock, log: createLog('silent'), settings }
  const worker = startWorker(ctx)
  const started = performance.now()
  let finished = false
  const scoring = worker.run('score', systemClock.now(), new AbortController().signal).finally(() => {
    finished = true
  })
  const busy = await chat.ask((rounds) => (finished ? rounds : rounds + 1))
  const counts = await scoring
  const scoringSeconds = (performance.now() - started) / 1000
  chat.close()
  await worker.stop()
  await other.close()
  await service.stop()
  return {
    idleP99Ms: quantile(idle, 0.99),
    scoringP99Ms: quantile(busy, 0.99),
    idleMedianMs: quantile(idle, 0.5),
    scoringMedianMs: quantile(busy, 0.5),
    answers: busy.length,
    scored: counts.customers ?? 0,
    scoringSeconds,
  }
}

async function addCustomers(file: string): Promise<void> {
  const { db, close } = openDatabase(file)
  await addSyntheticCustomers(db, CUSTOMERS, ORDERS_EACH)
  await close()
}

interface ChatClient {
  /** Asks one command after the other while `until(rounds)` is above the rounds so far; milliseconds each took. */
  ask(until: (rounds: number) => number): Promise<number[]>
  close(): void
}

async function openChat(url: string): Promise<ChatClient> {
  const session: { people: { id: string; role: string }[] } = await get(`${url}/playground/api/session`)
  const rep = session.people.find((person) => person.role === 'rep')
  if (!rep) throw new Error('the demo has no rep')
  const inbox: { revision: number } = await get(`${url}/playground/api/inbox?person=${rep.id}`)
  const stop = new AbortController()
  const waiting: (() => void)[] = []
  void follow(`${url}/playground/api/stream?person=${rep.id}&since=${inbox.revision}`, stop.signal, () =>
    waiting.shift()?.(),
  )

  async function once(text: string): Promise<number> {
    const sent = performance.now()
    const answered = new Promise<void>((resolve) => waiting.push(resolve))
    const body = JSON.stringify({ id: randomUUID(), person: rep?.id, chat: `dm:${rep?.id}`, text })
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}/playground/api/text`, { method: 'POST', headers, body })
    if (response.status !== 202) throw new Error(`not accepted: ${response.status}`)
    await answered
    return performance.now() - sent
  }

  return {
    async ask(until) {
      const times: number[] = []
      while (times.length < until(times.length))
        times.push(await once(COMMANDS[times.length % COMMANDS.length] ?? '帮助'))
      return times
    },
    close: () => stop.abort(),
  }
}

/** Reads the live stream and tells of every message of the bot. */
async function follow(url: string, signal: AbortSignal, onBotMessage: () => void): Promise<void> {
  const response = await fetch(url, { signal })
  let rest = ''
  try {
    for await (const chunk of response.body ?? []) {
      rest += Buffer.from(chunk).toString('utf8')
      const events = rest.split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) if (event.includes('"sender":"@liuke"')) onBotMessage()
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function get<T>(url: string): Promise<T> {
  const response = await fetch(url)
  return (await response.json()) as T
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
