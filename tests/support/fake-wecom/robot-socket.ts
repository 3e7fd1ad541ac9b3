import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { BOT, type BotMessage, bodyOf } from './aibot.ts'
import type { Violate } from './api.ts'
import type { Disturbance } from './index.ts'
import { type RobotCard, RobotFrame, type ShownBody, shownText } from './robot-schema.ts'
import type { FakeState } from './state.ts'

/** A message that a chat shows. */
export interface ShownMessage {
  readonly chat: string
  readonly at: number
  body: ShownBody
}

interface Asked {
  readonly kind: 'message' | 'enter' | 'press'
  readonly chat: string
  readonly at: number
  readonly pressed: ShownMessage | null
  answered: boolean
  readonly streams: Map<string, { readonly message: ShownMessage; finished: boolean }>
}

type Frame<C extends RobotFrame['cmd']> = Extract<RobotFrame, { cmd: C }>

const IN_TIME_MS = 5_000
const ANSWER_MS = 24 * 3_600_000
const INVALID_REQUEST = 846_605
const STREAM_OVER = 846_608
const INVALID_CHAT = 93_006
/** No table names the code of a wrong secret: ours stands in none. */
const WRONG_SECRET = 853_000

/** The side of WeCom that the smart robot is connected to: one live connection, frames checked one by one. */
export class FakeRobotSocket {
  /** Times of the subscriptions, refused ones too (clock of the test). */
  readonly subscribes: number[] = []
  readonly messages: ShownMessage[] = []
  secret = 'long-connection-secret'
  /** Sockets that are open, subscribed or not. */
  readonly sockets = new Set<WebSocket>()
  private live: WebSocket | null = null
  private readonly server: WebSocketServer
  private readonly asked = new Map<string, Asked>()
  private readonly chats = new Set<string>()
  private readonly sent = new Map<string, number[]>()
  private readonly state: FakeState
  private readonly violate: Violate
  private readonly disturbance: (api: string) => Disturbance | null

  constructor(
    http: Server,
    parts: { state: FakeState; violate: Violate; disturbance: (api: string) => Disturbance | null },
  ) {
    this.state = parts.state
    this.violate = parts.violate
    this.disturbance = parts.disturbance
    this.server = new WebSocketServer({ server: http })
    this.server.on('connection', (socket) => this.accept(socket))
  }

  get connected(): boolean {
    return this.live !== null
  }

  private accept(socket: WebSocket): void {
    this.sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.sockets.delete(socket)
      if (this.live === socket) this.live = null
    })
    socket.on('message', (data) => {
      this.hear(socket, String(data)).catch((error: unknown) => this.violate(`the fake failed: ${error}`))
    })
  }

  private async hear(socket: WebSocket, text: string): Promise<void> {
    const parsed = RobotFrame.safeParse(JSON.parse(text))
    if (!parsed.success) return this.violate(`robot frame: ${z.prettifyError(parsed.error)}`)
    const frame = parsed.data
    if (frame.cmd !== 'aibot_subscribe' && this.live !== socket && socket.readyState === socket.OPEN) {
      return this.violate(`${frame.cmd} on a connection that is not subscribed`)
    }
    const fault = this.disturbance(frame.cmd)
    if (fault && 'delayMs' in fault) await this.state.clock.sleep(fault.delayMs)
    if (fault && 'cut' in fault && fault.cut === 'before') return socket.terminate()
    const errcode = fault && 'errcode' in fault ? fault.errcode : this.answer(socket, frame)
    if (fault && 'cut' in fault) return socket.terminate()
    if (fault && 'raw' in fault) return socket.send(fault.raw)
    socket.send(JSON.stringify({ headers: frame.headers, errcode, errmsg: errcode === 0 ? 'ok' : 'refused' }))
  }

  private answer(socket: WebSocket, frame: RobotFrame): number {
    switch (frame.cmd) {
      case 'ping':
        return 0
      case 'aibot_subscribe':
        return this.subscribe(socket, frame)
      case 'aibot_respond_msg':
        return this.respond(frame)
      case 'aibot_respond_welcome_msg':
        return this.welcome(frame)
      case 'aibot_respond_update_msg':
        return this.update(frame)
      case 'aibot_send_msg':
        return this.send(frame)
    }
  }

  private subscribe(socket: WebSocket, { body }: Frame<'aibot_subscribe'>): number {
    this.subscribes.push(this.state.clock.now())
    if (this.live === socket) this.violate('aibot_subscribe a second time on one connection')
    if (body.bot_id !== BOT.id || body.secret !== this.secret) return WRONG_SECRET
    this.takeOver()
    this.live = socket
    return 0
  }

  /** Another connection takes the robot: the one before hears of it and is closed. */
  takeOver(): void {
    const before = this.live
    this.live = null
    if (!before) return
    const event = { msgtype: 'event', event: { eventtype: 'disconnected_event' } }
    const common = { msgid: this.state.next('GONE'), create_time: 1_700_000_000, aibotid: BOT.id }
    this.write(before, 'aibot_event_callback', this.state.next('REQ'), { ...common, ...event })
    before.close()
  }

  private respond({ headers, body }: Frame<'aibot_respond_msg'>): number {
    const asked = this.inTime(headers.req_id, 'message', ANSWER_MS)
    if (!asked) return INVALID_REQUEST
    if (body.msgtype !== 'stream') return this.show(asked.chat, body)
    const { id, finish } = body.stream
    const stream = asked.streams.get(id)
    if (stream?.finished) return STREAM_OVER
    if (stream) {
      stream.message.body = body
      stream.finished = finish
      return 0
    }
    const errcode = this.show(asked.chat, body)
    const message = this.messages.at(-1)
    if (errcode === 0 && message) asked.streams.set(id, { message, finished: finish })
    return errcode
  }

  private welcome({ headers, body }: Frame<'aibot_respond_welcome_msg'>): number {
    const asked = this.inTime(headers.req_id, 'enter', IN_TIME_MS)
    if (!asked || asked.answered) return INVALID_REQUEST
    asked.answered = true
    return this.show(asked.chat, body)
  }

  private update({ headers, body }: Frame<'aibot_respond_update_msg'>): number {
    const asked = this.inTime(headers.req_id, 'press', IN_TIME_MS)
    if (!asked?.pressed || asked.answered) return INVALID_REQUEST
    if (cardIn(asked.pressed).task_id !== body.template_card.task_id) this.violate('update: another task_id')
    asked.answered = true
    asked.pressed.body = { msgtype: 'template_card', template_card: body.template_card }
    return 0
  }

  private send({ body }: Frame<'aibot_send_msg'>): number {
    const { chatid, chat_type, ...message } = body
    if (!this.chats.has(`${chat_type}:${chatid}`)) return INVALID_CHAT
    return this.show(chatid, message)
  }

  private inTime(reqId: string, kind: Asked['kind'], ms: number): Asked | null {
    const asked = this.asked.get(reqId)
    return asked?.kind === kind && this.state.clock.now() - asked.at < ms ? asked : null
  }

  private show(chat: string, body: ShownBody): number {
    const now = this.state.clock.now()
    const times = (this.sent.get(chat) ?? []).filter((at) => now - at < 3_600_000)
    if (times.filter((at) => now - at < 60_000).length >= 30 || times.length >= 1000) {
      this.violate('more than 30 a minute or 1000 an hour in a conversation')
      return 45_009
    }
    this.sent.set(chat, [...times, now])
    this.messages.push({ chat, at: now, body })
    return 0
  }

  /** Says something to the robot; false when it is not connected: WeCom does not keep it. */
  say(message: BotMessage): boolean {
    const chat = message.chat ?? message.user
    this.chats.add(`${message.chat === undefined ? 1 : 2}:${chat}`)
    return this.push('aibot_msg_callback', 'message', chat, bodyOf(message))
  }

  /** The first visit of a day to the direct chat. */
  enter(user: string, id = this.state.next('ENTER')): boolean {
    this.chats.add(`1:${user}`)
    return this.push('aibot_event_callback', 'enter', user, this.event(id, user, { eventtype: 'enter_chat' }))
  }

  /** A press on the button with this text, with the option of this text chosen in the card's list. */
  press(shown: ShownMessage, user: string, label: string, option?: string): boolean {
    const card = cardIn(shown)
    const all = [...card.button_list, ...(card.action_menu?.action_list ?? [])]
    const button = all.find((one) => one.text === label)
    if (!button) throw new Error(`no button ${label}: ${all.map((one) => one.text)}`)
    const options = card.button_selection?.option_list ?? []
    const chosen = options.find((one) => option === undefined || one.text === option)
    const selected = chosen && {
      question_key: card.button_selection?.question_key,
      option_ids: { option_id: [chosen.id] },
    }
    const press = {
      card_type: card.card_type,
      event_key: button.key,
      task_id: card.task_id,
      selected_items: { selected_item: selected ? [selected] : [] },
    }
    const event = { eventtype: 'template_card_event', template_card_event: press }
    const group = this.chats.has(`2:${shown.chat}`) ? shown.chat : undefined
    const body = this.event(this.state.next('PRESS'), user, event, group)
    return this.push('aibot_event_callback', 'press', shown.chat, body, shown)
  }

  judge(shown: ShownMessage, type: 1 | 2 | 3): boolean {
    const { body } = shown
    const feedback =
      body.msgtype === 'stream'
        ? body.stream.feedback
        : body.msgtype === 'markdown'
          ? body.markdown.feedback
          : undefined
    if (!feedback) throw new Error('nobody can judge this message')
    const event = { eventtype: 'feedback_event', feedback_event: { id: feedback.id, type, content: '不对' } }
    const told = this.event(this.state.next('FEEDBACK'), 'lijing', event)
    return this.push('aibot_event_callback', 'enter', shown.chat, told)
  }

  private event(msgid: string, user: string, event: object, chat?: string): object {
    return {
      msgid,
      create_time: 1_700_000_000,
      aibotid: BOT.id,
      ...(chat !== undefined && { chatid: chat }),
      chattype: chat === undefined ? 'single' : 'group',
      from: { userid: user },
      msgtype: 'event',
      event,
    }
  }

  /** Any push, as it is. */
  push(
    cmd: string,
    kind: Asked['kind'],
    chat: string,
    body: unknown,
    pressed: ShownMessage | null = null,
  ): boolean {
    if (!this.live) return false
    const reqId = this.state.next('REQ')
    const at = this.state.clock.now()
    this.asked.set(reqId, { kind, chat, at, pressed, answered: false, streams: new Map() })
    this.write(this.live, cmd, reqId, body)
    return true
  }

  /** Text or bytes that are no frame. */
  pushRaw(raw: string | Buffer): void {
    this.live?.send(raw)
  }

  private write(socket: WebSocket, cmd: string, reqId: string, body: unknown): void {
    socket.send(JSON.stringify({ cmd, headers: { req_id: reqId }, body }))
  }

  texts(chat: string): string[] {
    return this.messages.filter((one) => one.chat === chat).map((one) => shownText(one.body))
  }

  last(chat: string): ShownMessage {
    const last = this.messages.findLast((one) => one.chat === chat)
    if (!last) throw new Error('nothing was said in this chat')
    return last
  }

  cut(): void {
    for (const socket of this.sockets) socket.terminate()
  }

  /** Half-open: the connection stays, and nothing is read or answered any more. */
  goDead(): void {
    for (const socket of this.sockets) socket.pause()
  }

  close(): void {
    this.cut()
    this.server.close()
  }
}

/** The card of a message. */
export function cardIn({ body }: ShownMessage): RobotCard {
  if (body.msgtype !== 'template_card') throw new Error(`the message is a ${body.msgtype}`)
  return body.template_card
}
