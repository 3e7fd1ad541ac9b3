import { AppError, asAppError } from '../../src/errors.ts'
import type { Card } from '../../src/model/card.ts'
import type { Adapter, Address, CallbackAnswer, InboundEvent, Receipt } from '../../src/model/chat.ts'
import { createReceipts } from '../shared/receipts.ts'
import { createSealer } from '../shared/sealed-values.ts'
import { createAnswers } from './aibot-answers.ts'
import { postReply } from './aibot-api.ts'
import { parsedJson, sealedJson, WELCOME_EVENT } from './aibot-inbound.ts'
import { createIntake, pressToken } from './aibot-intake.ts'
import { createOpenCallbacks } from './aibot-open-callbacks.ts'
import { AIBOT_MAX_BYTES, renderAibotUpdate, renderForAibot } from './aibot-render.ts'
import { pushOf, tooLate, welcomeOf } from './aibot-send.ts'
import { robotToken } from './aibot-token.ts'
import { createCallback, type SealedAnswer } from './callback.ts'
import { createRobotPace } from './pace.ts'
import type { AibotMode, WecomAibotPorts } from './ports.ts'
import { taskOf } from './render.ts'
import { WECOM } from './schema.ts'

/** Below the mount point of the adapter. */
export const AIBOT_PATH = '/aibot'
/** An address for an answer works for an hour; a minute less, for the way. */
const ANSWER_MS = 59 * 60_000

/**
 * The smart robot (智能机器人) in callback mode. It can only answer: every message brings an address that takes one answer
 * within an hour; a press and a first visit are answered in the response to the callback itself.
 */
export function createAibotByCallback(
  ports: WecomAibotPorts,
  { token, aesKey }: Extract<AibotMode, { kind: 'callback' }>,
): Adapter {
  const { settings, words, log, clock } = ports
  let accept: ((event: InboundEvent) => Promise<void>) | null = null
  const takePace = createRobotPace(ports)
  const sealer = createSealer(aesKey)
  const answers = createAnswers({ shared: ports.shared, sealer, clock, keepMs: ANSWER_MS })
  const openCallbacks = createOpenCallbacks(clock)
  const receipts = createReceipts()
  const intake = createIntake(ports, answers, () => {
    if (!accept) throw new AppError('busy', 'the WeCom robot has not started yet')
    return accept
  })
  // A robot of the own company belongs to no receiver: the id is empty.
  const keys = { token, aesKey, receiveId: '' }
  const callback = createCallback({ keys, clock, log, take, sealedIn: sealedJson, answerOf })

  async function take(message: string, gone: AbortSignal): Promise<string | null> {
    const asked = await intake.read(parsedJson(message))
    if (asked === null || 'replaced' in asked) return null
    const { event, task, replyUrl } = asked
    const answer = event.kind === 'text' ? null : openCallbacks.open(event.id, gone, task)
    try {
      await intake.store(asked, replyUrl, pressToken(asked, '', clock.now()))
    } catch (error) {
      openCallbacks.close(event.id)
      throw error
    }
    return answer
  }

  async function send(to: Address, card: Card, key: string): Promise<Receipt> {
    const task = taskOf(key, to.id)
    await takePace(to.id, 1)
    const { messages, notShown } = renderForAibot(card, { task, words, single: true })
    const [message] = messages
    if (!message) throw new AppError('bug', 'a card without a message')
    const receipt: Receipt = { messageId: task, update: null, notShown }
    if (to.answers?.startsWith(WELCOME_EVENT)) {
      if (openCallbacks.answer(to.answers, () => JSON.stringify(welcomeOf(message)))) return receipt
    }
    const reply = await answers.claim(to.id, to.answers ?? null, key)
    if (reply === null) return inPlaceOfPressed(to, card, receipt)
    openCallbacks.close(reply.event)
    try {
      await postReply(reply.way, settings.baseUrl, pushOf(message, task), words)
    } catch (error) {
      if (!reply.again || asAppError(error).data.errcode === undefined) throw error
      log.warn({ error }, 'a repeated answer was refused: the first one had arrived')
    }
    return receipt
  }

  /** A press may bring no address; then its answer takes the place of the pressed card. */
  function inPlaceOfPressed(to: Address, card: Card, receipt: Receipt): Receipt {
    let notShown: readonly string[] = []
    const write = (task: string | null): string => {
      const rendered = updateOf(card, task ?? '')
      notShown = rendered.notShown
      return rendered.text
    }
    if (to.answers !== undefined && openCallbacks.answer(to.answers, write)) return { ...receipt, notShown }
    throw new AppError('not-found', 'nobody asked the robot in this chat', { say: words.mustAsk })
  }

  function updateOf(card: Card, task: string): { text: string; notShown: readonly string[] } {
    const { template, notShown } = renderAibotUpdate(card, { task, words })
    const body = { response_type: 'update_template_card', template_card: template }
    return { text: JSON.stringify(body), notShown }
  }

  return {
    name: WECOM,
    can: { buttons: true, update: false, charts: false, groups: true, maxBytes: AIBOT_MAX_BYTES },
    async start(handler) {
      accept = handler
    },
    async send(to, card, key) {
      const known = receipts.get(key)
      if (known) return known
      const receipt = await send(to, card, key)
      const all = card.chart ? { ...receipt, notShown: [...receipt.notShown, 'chart'] } : receipt
      receipts.add(key, all)
      return all
    },
    async update(given, card) {
      const pressed = robotToken(given)
      if (pressed === null || !openCallbacks.answer(pressed.robot, () => updateOf(card, pressed.task).text)) {
        throw tooLate()
      }
    },
    async callback(request) {
      if (request.path !== AIBOT_PATH) throw new AppError('not-found', 'no such callback')
      return callback.handle(request)
    },
    health() {
      const refused = { ...intake.refused(), ...callback.refusals() }
      const feedback = intake.feedback()
      return { ok: accept !== null, detail: accept ? 'open' : 'not started', refused, feedback }
    },
    async stop() {
      accept = null
    },
  }
}

function answerOf({ encrypt, signature, timestamp, nonce }: SealedAnswer): CallbackAnswer {
  const body = { encrypt, msgsignature: signature, timestamp: Number(timestamp), nonce }
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}
