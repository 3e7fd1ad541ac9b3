import { DWClient, type DWClientDownStream } from 'dingtalk-stream'
import { WebSocket } from 'ws'
import type { Clock } from '../../src/clock.ts'
import { AppError, asAppError } from '../../src/errors.ts'
import type { Log } from '../../src/log.ts'
import { faultError, faultOf } from './codes.ts'
import type { DingtalkSettings } from './ports.ts'
import { quietListeners, quietly } from './quiet.ts'
import { Frame, OpenAnswer } from './schema.ts'
import type { Transport } from './transport.ts'

/** What a frame is answered with: 200 taken, 400 not understood, 500 send it again. */
export interface Reply {
  readonly code: 200 | 400 | 500
  readonly response: unknown
}

/** Resolves once the frame is stored; a failure is answered with 500. */
export type Handler = (frame: Frame) => Promise<Reply>

export interface LinkParts {
  readonly settings: Pick<DingtalkSettings, 'clientId' | 'clientSecret' | 'apiUrl'>
  /** By topic; exactly these are subscribed. */
  readonly handlers: ReadonlyMap<string, Handler>
  readonly transport: Transport
  readonly clock: Clock
  readonly log: Log
}

const OPEN_TIMEOUT_MS = 10_000
const PING_MS = 30_000
const PONG_MS = 10_000
/** For answers that are still to be written when a connection ends, and for the last words of the socket. */
const FINISH_MS = 8_000
const GOODBYE_MS = 1_000
const MAX_FRAME_BYTES = 1024 * 1024
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * One connection, from ticket to close, on the client of `dingtalk-stream`. That client serves a whole life with one
 * instance; here an instance never reconnects, so every timer, flag, answer and subscription belongs to one socket.
 * What else is corrected stands at each override.
 */
export class Link extends DWClient {
  /** Resolves when the socket has closed, however it ended. */
  readonly gone: Promise<void>
  /** Resolves when the platform said that it will push nothing more here. */
  readonly ending: Promise<void>
  isEnding = false
  /** A frame of the platform has been handled. */
  served = false
  private seenAt: number
  private taking = true
  private readonly parts: LinkParts
  private readonly inFlight = new Set<Promise<void>>()
  private readonly over = new AbortController()
  private readonly opened = Promise.withResolvers<void>()
  private readonly told = Promise.withResolvers<void>()
  private stopping: AbortSignal = this.over.signal

  constructor(parts: LinkParts) {
    const { clientId, clientSecret } = parts.settings
    super({ clientId, clientSecret, ua: 'liuke/1.0.0', keepAlive: false, debug: false })
    this.config.autoReconnect = false
    // The package shares one list between all instances of the process.
    this.config.subscriptions = [...parts.handlers.keys()].map((topic) => ({ type: 'CALLBACK', topic }))
    this.parts = parts
    this.seenAt = parts.clock.now()
    this.gone = this.opened.promise
    this.ending = this.told.promise
    this.setMaxListeners(0)
    const options: unknown = Reflect.get(this, 'sslopts')
    const bounds = { handshakeTimeout: OPEN_TIMEOUT_MS, maxPayload: MAX_FRAME_BYTES }
    Reflect.set(this, 'sslopts', { ...Object(options), ...bounds })
  }

  /** Opens the connection. @throws AppError `config` for wrong credentials, else `upstream` */
  async open(stopping: AbortSignal): Promise<void> {
    this.stopping = stopping
    try {
      await this.connect()
    } catch (error) {
      this.abandon()
      throw error instanceof AppError ? error : new AppError('upstream', `no connection: ${errorName(error)}`)
    }
    void this.watch()
  }

  /** The package swallows the error and tries for ever; here it reaches whoever waits. */
  override async connect(): Promise<void> {
    await this.getEndpoint()
    this.stopping.throwIfAborted()
    await this._connect()
  }

  /** The package asks a fixed address without a limit of time and leaves the ticket unescaped. */
  override async getEndpoint(): Promise<this> {
    const { settings, transport } = this.parts
    const { clientId, subscriptions, ua } = this.config
    const answer = await transport({
      api: 'gateway/connections/open',
      method: 'POST',
      url: new URL('/v1.0/gateway/connections/open', settings.apiUrl),
      body: { clientId, clientSecret: settings.clientSecret, subscriptions, ua },
      signal: AbortSignal.any([this.stopping, AbortSignal.timeout(OPEN_TIMEOUT_MS)]),
    })
    const fault = faultOf(answer)
    if (fault?.kind === 'credentials' || answer.status === 401) {
      throw new AppError('config', `DingTalk refuses the credentials: ${fault?.code}`, { data: { ...fault } })
    }
    if (fault) throw faultError('gateway/connections/open', fault, '')
    const opened = OpenAnswer.safeParse(answer.body)
    if (!opened.success) throw new AppError('upstream', 'the gateway named no endpoint')
    const { endpoint, ticket } = opened.data
    checkEndpoint(endpoint, settings.apiUrl)
    Reflect.set(this, 'dw_url', `${endpoint}?ticket=${encodeURIComponent(ticket)}`)
    return this
  }

  /** Takes the package's socket, without what it prints. */
  override _connect(): Promise<void> {
    const connecting = quietly(() => super._connect())
    const socket = this.ws()
    if (!socket) return connecting
    quietListeners(socket, ['open', 'error', 'close'])
    const seen = (): void => {
      this.seenAt = this.parts.clock.now()
    }
    socket.on('pong', seen)
    socket.on('ping', seen)
    socket.on('message', seen)
    socket.once('close', () => {
      this.over.abort()
      this.opened.resolve()
    })
    this.stopping.addEventListener(
      'abort',
      () => socket.readyState === socket.CONNECTING && socket.terminate(),
      {
        signal: this.over.signal,
      },
    )
    return connecting
  }

  /** The package prints secret and ticket here. */
  override printDebug(): void {
    return
  }

  /** Nothing that arrives may end the process: the package throws on what is no frame. */
  override onDownStream(data: string): void {
    try {
      const text = String(data)
      Frame.parse(JSON.parse(text))
      super.onDownStream(text)
    } catch (error) {
      this.parts.log.warn({ reason: errorName(error) }, 'a frame of DingTalk was not understood')
    }
  }

  override onSystem(frame: DWClientDownStream): void {
    super.onSystem(frame)
    if (frame.headers.topic !== 'disconnect') return
    this.isEnding = true
    this.told.resolve()
  }

  /** No event is subscribed; the package would say SUCCESS for ones that nobody has handled. */
  override onEvent(frame: DWClientDownStream): void {
    this.answer(frame.headers.messageId, 404, { status: 'LATER', message: 'not subscribed' })
  }

  /** The package neither answers nor waits; here the answer follows the handler, on the socket of the frame. */
  override onCallback(message: DWClientDownStream): void {
    if (!this.taking) return
    const work = this.handle(Frame.parse(message)).finally(() => this.inFlight.delete(work))
    this.inFlight.add(work)
  }

  private async handle(frame: Frame): Promise<void> {
    const { topic, messageId } = frame.headers
    const handler = this.parts.handlers.get(topic)
    if (!handler) return this.answer(messageId, 404, { response: null })
    const { code, response } = await tried(handler, frame, this.parts.log)
    this.served = true
    this.answer(messageId, code, { response })
  }

  private answer(messageId: string, code: number, value: unknown): void {
    const socket = this.ws()
    if (messageId === '') return
    if (socket?.readyState !== WebSocket.OPEN) {
      this.parts.log.debug({ code }, 'a connection ended before its answer: DingTalk asks again')
    } else if (code === 200) {
      this.send(messageId, value)
    } else {
      const headers = { contentType: 'application/json', messageId }
      socket.send(JSON.stringify({ code, headers, message: 'not handled', data: JSON.stringify(value) }))
    }
  }

  /** Asks whether the other side still answers; a half-open connection would be silent for hours. */
  private async watch(): Promise<void> {
    const { clock, log } = this.parts
    const { signal } = this.over
    while (!signal.aborted) {
      await clock.sleep(PING_MS, signal)
      const asked = clock.now()
      if (!signal.aborted) this.ws()?.ping()
      await clock.sleep(PONG_MS, signal)
      if (signal.aborted || this.seenAt >= asked) continue
      log.warn({}, 'a DingTalk connection answers no more')
      this.ws()?.terminate()
    }
  }

  /** Lets the answers that are due be written, then closes. */
  async finish(): Promise<void> {
    const late = new AbortController()
    const { clock } = this.parts
    await Promise.race([this.idle(), clock.sleep(FINISH_MS, late.signal)])
    this.taking = false
    this.ws()?.close(1000)
    await Promise.race([this.gone, clock.sleep(GOODBYE_MS, late.signal)])
    late.abort()
    this.abandon()
  }

  private async idle(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight)
  }

  private abandon(): void {
    this.taking = false
    this.over.abort()
    this.opened.resolve()
    this.ws()?.terminate()
  }

  private ws(): WebSocket | null {
    const socket: unknown = Reflect.get(this, 'socket')
    return socket instanceof WebSocket ? socket : null
  }
}

async function tried(handler: Handler, frame: Frame, log: Log): Promise<Reply> {
  try {
    return await handler(frame)
  } catch (error) {
    const level = asAppError(error).code === 'bug' ? 'error' : 'warn'
    log[level]({ error, topic: frame.headers.topic }, 'a DingTalk frame could not be taken')
    return { code: 500, response: null }
  }
}

/** Ticket and messages go to DingTalk, or to this machine where the API is on it too. */
function checkEndpoint(endpoint: string, apiUrl: string): void {
  const { hostname, protocol } = new URL(endpoint)
  const local = LOOPBACK.has(new URL(apiUrl).hostname) && LOOPBACK.has(hostname)
  if (local || (protocol === 'wss:' && hostname.endsWith('.dingtalk.com'))) return
  throw new AppError('upstream', 'the gateway named a foreign address')
}

/** Never the message: it may hold the address with its ticket. */
function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' ? code : error.name
}
