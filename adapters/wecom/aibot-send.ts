import { AppError, asAppError } from '../../src/errors.ts'
import type { Card } from '../../src/model/card.ts'
import type { Address, Receipt } from '../../src/model/chat.ts'
import type { SharedValues } from '../shared/shared-values.ts'
import type { Answers } from './aibot-answers.ts'
import type { Command } from './aibot-frames.ts'
import { WELCOME_EVENT } from './aibot-inbound.ts'
import type { RobotLink } from './aibot-link.ts'
import { type RobotMessage, renderAibotUpdate, renderForAibot } from './aibot-render.ts'
import type { RobotToken } from './aibot-token.ts'
import { ANSWER_GONE, faultError, faultOf, STOP_MS } from './codes.ts'
import type { Limits } from './limits.ts'
import type { TakePace } from './pace.ts'
import type { WecomAibotPorts } from './ports.ts'
import { taskOf } from './render.ts'

export interface RobotSender {
  send(to: Address, card: Card, key: string): Promise<Receipt>
  /** @throws AppError `conflict` when the card can no longer be changed */
  update(token: RobotToken, card: Card): Promise<void>
  /** Remembers under which id WeCom knows a person who has written. */
  met(user: string, from: string): Promise<void>
}

type Parts = Pick<WecomAibotPorts, 'words' | 'log' | 'clock'> & {
  readonly link: () => RobotLink
  readonly limits: Limits
  /** Answers and other messages of a conversation count together. */
  readonly takePace: TakePace
  readonly answers: Pick<Answers, 'claim'>
  readonly shared: SharedValues
}

/** A welcome and the change of a pressed card are taken within five seconds; the rest is for the way. */
const IN_TIME_MS = 4_500
const MAX_UNFINISHED = 1_000

/**
 * Sends over the long connection: the first message of a reply answers the event, under the id of its request; what
 * follows, and what answers nothing, goes to the chat, which must have written to the robot before.
 */
export function createRobotSender(parts: Parts): RobotSender {
  const { words, log, clock, link, limits, takePace, answers, shared } = parts
  /** How many messages of a card have arrived, where its end has not. */
  const unfinished = new Map<string, number>()
  const met = new Map<string, string>()

  async function send(to: Address, card: Card, key: string): Promise<Receipt> {
    const task = taskOf(key, to.id)
    const { messages, notShown } = renderForAibot(card, { task, words, single: false })
    link()
    limits.checkApi(to.id)
    const arrived = unfinished.get(key) ?? 0
    await takePace(to.id, messages.length - arrived)
    for (const [index, message] of messages.entries()) {
      if (index < arrived) continue
      const answered = index === 0 && (await answer(to, message, { key, task }))
      if (!answered) await push(to, message, task)
      if (unfinished.size >= MAX_UNFINISHED) unfinished.clear()
      unfinished.set(key, index + 1)
    }
    unfinished.delete(key)
    return { messageId: task, update: null, notShown }
  }

  /** False when the event takes no answer any more. */
  async function answer(
    to: Address,
    message: RobotMessage,
    { key, task }: { key: string; task: string },
  ): Promise<boolean> {
    if (to.answers === undefined) return false
    const welcome = to.answers.startsWith(WELCOME_EVENT)
    const way = await answers.claim(to.id, to.answers, key)
    if (!way || (welcome && clock.now() - way.at > IN_TIME_MS)) return false
    const cmd = welcome ? 'aibot_respond_welcome_msg' : 'aibot_respond_msg'
    const body = welcome ? welcomeOf(message) : answerOf(message, task)
    // A stream replaces itself: it may be sent again when nobody knows whether it arrived.
    const repeatable = !welcome && message.kind === 'text'
    const errcode = await ask(cmd, way.way, body, repeatable)
    if (errcode === 0) return true
    if (way.again) {
      log.warn({ errcode }, 'a repeated answer was refused: the first one had arrived')
      return true
    }
    if (ANSWER_GONE.has(errcode) || welcome) return false
    throw refused(cmd, to.id, errcode)
  }

  async function push(to: Address, message: RobotMessage, task: string): Promise<void> {
    const chatid = to.kind === 'group' ? to.id : await nameOf(to.id)
    const chat_type = to.kind === 'group' ? 2 : 1
    const errcode = await ask('aibot_send_msg', null, { chatid, chat_type, ...pushOf(message, task) }, false)
    if (errcode !== 0) throw refused('aibot_send_msg', to.id, errcode)
  }

  /** @throws AppError `conflict` when the outcome is not known and a repeat could double the message */
  async function ask(cmd: Command, reqId: string | null, body: object, repeatable: boolean): Promise<number> {
    try {
      return await link().call(cmd, reqId, body)
    } catch (thrown) {
      const error = asAppError(thrown)
      if (error.data.doubt !== true || repeatable) throw error
      const message = 'it is not known whether WeCom delivered the message; it is not repeated'
      throw new AppError('conflict', message, { cause: error, data: error.data })
    }
  }

  function refused(cmd: Command, chat: string, errcode: number): AppError {
    const fault = faultOf(errcode)
    const waitMs = fault.action === 'pause' ? limits.pauseApi(chat) : STOP_MS
    const { codes, kinds } = words
    // WeCom names no code for a chat that has never written to the robot.
    if (cmd === 'aibot_send_msg' && fault.kind === 'unknown') {
      const data = { api: cmd, errcode }
      return new AppError('not-found', `WeCom ${cmd}: ${errcode}`, { say: words.mustWrite, data })
    }
    return faultError(cmd, fault, codes[errcode] ?? kinds[fault.kind], waitMs)
  }

  async function nameOf(user: string): Promise<string> {
    return met.get(user) ?? (await shared.get(peerName(user))) ?? user
  }

  return {
    send,
    async update({ way, task, at }, card) {
      if (clock.now() - at > IN_TIME_MS) throw tooLate()
      const { template, notShown } = renderAibotUpdate(card, { task, words })
      const body = { response_type: 'update_template_card', template_card: template }
      const errcode = await link()
        .call('aibot_respond_update_msg', way, body)
        .catch((error: unknown) => {
          throw tooLate(error)
        })
      if (errcode !== 0) throw tooLate(new AppError('upstream', `aibot_respond_update_msg: ${errcode}`))
      if (notShown.length > 0) log.info({ notShown }, 'a changed card of the robot could not show everything')
    },
    async met(user, from) {
      if (from.toLowerCase() === user || met.get(user) === from) return
      await shared.set(peerName(user), from)
      met.set(user, from)
    },
  }
}

const peerName = (user: string): string => `wecom.aibot.peer.${user}`

function answerOf(message: RobotMessage, task: string): object {
  if (message.kind === 'card') return cardBody(message.card, task)
  const { content } = message
  return { msgtype: 'stream', stream: { id: task, finish: true, content, feedback: { id: task } } }
}

/** A message that is no stream: Markdown or a card. */
export function pushOf(message: RobotMessage, task: string): object {
  if (message.kind === 'card') return cardBody(message.card, task)
  return { msgtype: 'markdown', markdown: { content: message.content, feedback: { id: task } } }
}

function cardBody(card: object, task: string): object {
  return { msgtype: 'template_card', template_card: { ...card, feedback: { id: task } } }
}

/** A welcome is text or a card. */
export function welcomeOf(message: RobotMessage): object {
  if (message.kind === 'card') return { msgtype: 'template_card', template_card: message.card }
  return { msgtype: 'text', text: { content: message.content } }
}

export function tooLate(cause?: unknown): AppError {
  return new AppError('conflict', 'the card of the WeCom robot can no longer be changed', { cause })
}
