import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import type { Log } from '../../src/log.ts'
import { type Command, PUSHES, type Push, parseFrame } from './aibot-frames.ts'
import { faultOf } from './codes.ts'

export interface LinkParts {
  readonly settings: { readonly botId: string; readonly secret: string; readonly socketUrl: string }
  /** Takes a push; the connection waits for it before it closes. Never rejects. */
  readonly take: (push: Push) => Promise<void>
  readonly clock: Clock
  readonly log: Log
}

/** One connection, from its opening to its end. */
export interface RobotLink {
  /** Resolves when the socket has closed, however it ended. */
  readonly gone: Promise<void>
  /**
   * Asks and waits for the answer; requests under one id go one after the other.
   * @param reqId the id of the push that is answered; null for a request of our own
   * @returns the error code of the answer, 0 for none
   * @throws AppError `busy` when nothing was sent; `upstream` with `data.doubt` when no answer came
   */
  call(cmd: Command, reqId: string | null, body?: object): Promise<number>
  /** Lets what is under way end, then closes. */
  finish(): Promise<void>
}

const OPEN_TIMEOUT_MS = 10_000
const PING_MS = 30_000
const PONG_MS = 10_000
const ANSWER_MS = 5_000
const FINISH_MS = 8_000
const GOODBYE_MS = 1_000
const MAX_FRAME_BYTES = 1024 * 1024

/**
 * Opens a connection and subscribes (developer documentation, path 101463).
 * @throws AppError `config` when the robot's credentials are refused, else `busy` or `upstream`
 */
export async function openRobotLink(parts: LinkParts, stopping: AbortSignal): Promise<RobotLink> {
  const { settings, clock, log } = parts
  const socket = new WebSocket(settings.socketUrl, {
    handshakeTimeout: OPEN_TIMEOUT_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
  })
  const over = new AbortController()
  const ended = Promise.withResolvers<void>()
  const waiting = new Map<string, (errcode: number | null) => void>()
  const turns = new Map<string, Promise<unknown>>()
  const inFlight = new Set<Promise<void>>()
  let seenAt = clock.now()
  let taking = true

  socket.on('error', () => undefined)
  socket.once('close', () => {
    over.abort()
    for (const settle of waiting.values()) settle(null)
    ended.resolve()
  })
  socket.on('message', (data) => {
    seenAt = clock.now()
    heard(String(data))
  })

  function heard(text: string): void {
    const frame = parseFrame(text)
    if (frame === null) {
      log.warn({}, 'a frame of the WeCom robot was not understood')
      return
    }
    const reqId = frame.headers.req_id
    if (frame.cmd === undefined) {
      waiting.get(reqId)?.(frame.errcode)
      return
    }
    if (!PUSHES.has(frame.cmd) || !taking) return
    const work = parts.take({ reqId, body: frame.body }).finally(() => inFlight.delete(work))
    inFlight.add(work)
  }

  /** One request and its answer. */
  async function ask(cmd: Command, reqId: string, body: object | undefined): Promise<number> {
    if (socket.readyState !== WebSocket.OPEN) {
      throw new AppError('busy', 'the WeCom robot is not connected', {
        retryAfterMs: ANSWER_MS / 5,
        halt: 'pause',
      })
    }
    const answered = new AbortController()
    const answer = new Promise<number | null>((settle) => waiting.set(reqId, settle))
    const late = clock.sleep(ANSWER_MS, answered.signal).then(() => null)
    socket.send(JSON.stringify({ cmd, headers: { req_id: reqId }, ...(body && { body }) }))
    const errcode = await Promise.race([answer, late])
    answered.abort()
    waiting.delete(reqId)
    if (errcode !== null) return errcode
    throw new AppError('upstream', `WeCom ${cmd} was not answered`, { data: { api: cmd, doubt: true } })
  }

  function call(cmd: Command, given: string | null, body?: object): Promise<number> {
    const reqId = given ?? `${cmd}_${randomUUID()}`
    const before = turns.get(reqId) ?? Promise.resolve()
    const turn = before.then(() => ask(cmd, reqId, body))
    const settled = turn.then(
      () => undefined,
      () => undefined,
    )
    turns.set(reqId, settled)
    void settled.then(() => turns.get(reqId) === settled && turns.delete(reqId))
    return turn
  }

  async function subscribe(): Promise<void> {
    const { botId, secret } = settings
    const errcode = await call('aibot_subscribe', null, { bot_id: botId, secret })
    if (errcode === 0) return
    const { action, kind } = faultOf(errcode)
    const passing = action === 'pause' || kind === 'busy'
    const data = { api: 'aibot_subscribe', errcode }
    if (passing) throw new AppError('busy', `WeCom is busy: ${errcode}`, { data })
    throw new AppError('config', `WeCom refuses the robot: ${errcode}`, { data })
  }

  /** A half-open connection would be silent for hours; and WeCom closes one that says nothing. */
  async function watch(): Promise<void> {
    while (!over.signal.aborted) {
      await clock.sleep(PING_MS, over.signal)
      if (over.signal.aborted) return
      const asked = clock.now()
      void call('ping', null).catch(() => undefined)
      await clock.sleep(PONG_MS, over.signal)
      if (over.signal.aborted || seenAt >= asked) continue
      log.warn({}, 'the connection of the WeCom robot answers no more')
      socket.terminate()
    }
  }

  function abandon(): void {
    taking = false
    over.abort()
    socket.terminate()
  }

  async function idle(): Promise<void> {
    while (inFlight.size + turns.size > 0) await Promise.all([...inFlight, ...turns.values()])
  }

  async function finish(): Promise<void> {
    const late = new AbortController()
    await Promise.race([idle(), clock.sleep(FINISH_MS, late.signal)])
    taking = false
    socket.close(1000)
    await Promise.race([ended.promise, clock.sleep(GOODBYE_MS, late.signal)])
    late.abort()
    abandon()
  }

  const giveUp = (): void => socket.terminate()
  stopping.addEventListener('abort', giveUp, { signal: over.signal })
  try {
    await opened(socket, ended.promise)
    await subscribe()
  } catch (error) {
    abandon()
    throw error
  }
  stopping.removeEventListener('abort', giveUp)
  void watch()
  return { gone: ended.promise, call, finish }
}

async function opened(socket: WebSocket, ended: Promise<void>): Promise<void> {
  const open = new Promise<true>((resolve) => socket.once('open', () => resolve(true)))
  if ((await Promise.race([open, ended])) === true) return
  throw new AppError('upstream', 'no connection to WeCom')
}
