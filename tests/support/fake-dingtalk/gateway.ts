import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { type Answer, type Call, refused, type Violate } from './openapi.ts'
import { Ack, CardAnswer, OpenBody } from './schema.ts'
import type { FakeState } from './state.ts'

export const TOPIC = { robot: '/v1.0/im/bot/messages/get', card: '/v1.0/card/instances/callback' } as const

export interface Frame {
  readonly type: string
  readonly topic: string
  readonly data: unknown
  readonly messageId?: string
}

/** How a frame was answered; code 0: the connection ended first. */
export interface Answered {
  readonly code: number
  readonly data: unknown
}

interface Waiting {
  readonly frame: Frame
  readonly at: number
  settle(answer: Answered): void
}

interface Connection {
  readonly socket: WebSocket
  readonly subscriptions: readonly string[]
  readonly waiting: Map<string, Waiting>
}

/** DingTalk waits 2 s for the answer to a press. How fast it comes is measured in `tests/bench`; a busy machine is no breach. */
const CARD_PATIENCE_MS = 30_000

/** The side of DingTalk that pushes: tickets, sockets, frames and their answers. */
export class FakeGateway {
  readonly connections = new Set<Connection>()
  /** When the open call came (clock of the test). */
  readonly opens: number[] = []
  /** How many connections there ever were. */
  accepted = 0
  /** Answers that were given, by the id of their frame. */
  readonly answers = new Map<string, number>()
  /** Called when a connection stands. */
  connected: () => void = () => undefined
  /** Answers to frames that were not sent as such (damaged ones) are counted here and not looked at. */
  tolerant = false
  readonly strayAnswers = new Map<string, number>()
  private readonly server = new WebSocketServer({ noServer: true })
  private readonly state: FakeState
  private readonly violate: Violate

  constructor(state: FakeState, violate: Violate) {
    this.state = state
    this.violate = violate
  }

  /** `POST /v1.0/gateway/connections/open` */
  open({ headers, body }: Call, base: string): Answer {
    this.opens.push(this.state.clock.now())
    if (!String(headers.accept).includes('application/json')) {
      this.violate('open: Accept must ask for JSON')
      return { status: 200, body: '<xml/>' }
    }
    const result = OpenBody.safeParse(JSON.parse(body.toString('utf8')))
    if (!result.success) {
      this.violate(`open: ${z.prettifyError(result.error)}`)
      return refused(400, 'badRequest')
    }
    const { clientId, clientSecret, subscriptions } = result.data
    const { app } = this.state
    if (clientId !== app.clientId || clientSecret !== app.clientSecret) return refused(401, 'authFailed')
    const ticket = this.state.issueTicket(subscriptions.map(({ type, topic }) => `${type} ${topic}`))
    return { status: 200, body: { endpoint: `${base.replace(/^http/, 'ws')}/connect`, ticket } }
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://fake')
    const ticket = this.state.takeTicket(url.searchParams.get('ticket') ?? '')
    if (ticket) {
      this.server.handleUpgrade(request, socket, head, (client) => this.accept(client, ticket.subscriptions))
    } else {
      this.violate('a connection with a ticket that is unknown, used or old')
      refuseUpgrade(socket, 401)
    }
  }

  private accept(socket: WebSocket, subscriptions: readonly string[]): void {
    const connection: Connection = { socket, subscriptions, waiting: new Map() }
    this.accepted++
    this.connections.add(connection)
    socket.on('message', (data) => this.answered(connection, String(data)))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.connections.delete(connection)
      for (const one of connection.waiting.values()) one.settle({ code: 0, data: null })
    })
    this.connected()
  }

  private answered(connection: Connection, text: string): void {
    const result = Ack.safeParse(safeJson(text))
    if (!result.success) {
      if (!this.tolerant) this.violate(`answer: ${z.prettifyError(result.error)}`)
      return
    }
    const { code, data, headers } = result.data
    const waiting = connection.waiting.get(headers.messageId)
    if (!waiting) {
      if (this.tolerant && !this.answers.has(headers.messageId)) {
        this.strayAnswers.set(headers.messageId, (this.strayAnswers.get(headers.messageId) ?? 0) + 1)
        return
      }
      this.violate('answer to an unknown frame, twice, or on another socket')
      return
    }
    connection.waiting.delete(headers.messageId)
    this.answers.set(headers.messageId, (this.answers.get(headers.messageId) ?? 0) + 1)
    this.check(waiting, code, data)
    waiting.settle({ code, data })
  }

  private check({ frame, at }: Waiting, code: number, data: unknown): void {
    if (frame.topic === 'ping' && JSON.stringify(data) !== JSON.stringify(frame.data)) {
      this.violate('the answer to a ping must carry its data')
    }
    if (frame.topic !== TOPIC.card) return
    if (performance.now() - at > CARD_PATIENCE_MS) this.violate('a press was answered too late')
    const answer = CardAnswer.safeParse(data)
    if (code === 200 && !answer.success) this.violate(`card answer: ${z.prettifyError(answer.error)}`)
  }

  /** Pushes a frame to one of the connections that asked for it, at random; resolves with its answer. */
  push(frame: Frame): Promise<Answered> {
    const wanted = `${frame.type} ${frame.topic}`
    const able = [...this.connections].filter(
      ({ subscriptions, socket }) =>
        (frame.type === 'SYSTEM' || subscriptions.includes(wanted)) && socket.readyState === socket.OPEN,
    )
    const chosen = able[Math.floor(Math.random() * able.length)]
    if (!chosen) return Promise.resolve({ code: 0, data: null })
    return this.pushTo(chosen, frame)
  }

  pushTo({ socket, waiting }: Connection, frame: Frame): Promise<Answered> {
    const { type, topic, data, messageId = this.state.next('FRAME') } = frame
    return new Promise((settle) => {
      if (topic !== 'disconnect') waiting.set(messageId, { frame, at: performance.now(), settle })
      socket.send(
        JSON.stringify({
          specVersion: '1.0',
          type,
          headers: {
            contentType: 'application/json',
            messageId,
            time: String(this.state.clock.now()),
            topic,
          },
          data: typeof data === 'string' ? data : JSON.stringify(data),
        }),
        () => topic === 'disconnect' && settle({ code: 200, data: null }),
      )
    })
  }

  /** As the platform may do: again, under another frame id, until somebody answers 200. */
  async pushUntilTaken(frame: Frame, pause: () => Promise<void>): Promise<number> {
    for (let times = 1; ; times++) {
      if ((await this.push(frame)).code === 200) return times
      await pause()
    }
  }

  /** Text or bytes that are no frame. */
  pushRaw(raw: string | Buffer): void {
    for (const { socket } of this.connections) socket.send(raw)
  }

  /** The connections end without a word. */
  cut(): void {
    for (const { socket } of this.connections) socket.terminate()
  }

  /** Half-open: the connections stay, and nothing is read or answered any more. */
  goDead(): void {
    for (const { socket } of this.connections) socket.pause()
  }

  close(): void {
    this.cut()
    this.server.close()
  }
}

export function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
