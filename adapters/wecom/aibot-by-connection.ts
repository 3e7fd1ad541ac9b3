import { AppError, isRetryable } from '../../src/errors.ts'
import type { Adapter, InboundEvent } from '../../src/model/chat.ts'
import { createReceipts } from '../shared/receipts.ts'
import { createSealer, sealedValues } from '../shared/sealed-values.ts'
import { createAnswers } from './aibot-answers.ts'
import { createConnection } from './aibot-connection.ts'
import type { Push } from './aibot-frames.ts'
import { createIntake, pressToken } from './aibot-intake.ts'
import { AIBOT_MAX_BYTES } from './aibot-render.ts'
import { createRobotSender, tooLate } from './aibot-send.ts'
import { robotToken } from './aibot-token.ts'
import { createLimits } from './limits.ts'
import { createRobotPace } from './pace.ts'
import type { AibotMode, WecomAibotPorts } from './ports.ts'
import { WECOM } from './schema.ts'

/** A message can be answered for 24 hours; a minute less, for the way. */
const ANSWER_MS = 24 * 3_600_000 - 60_000
/** WeCom does not repeat what it has pushed, so storing it is tried for half a minute. */
const STORE_TRIES = 8
const STORE_WAIT_MS = 200
/** Under which shared value the state of the connection stands, for `liuke doctor`. */
export const CONNECTION_STATE = 'wecom.aibot.connection'

/**
 * The smart robot (智能机器人) on a long connection (长连接): needs no public address, answers with several messages, and
 * can write first to chats that have written to it.
 */
export function createAibotByConnection(
  ports: WecomAibotPorts,
  mode: Extract<AibotMode, { kind: 'connection' }>,
): Adapter {
  const { words, log, clock, lease } = ports
  let accept: ((event: InboundEvent) => Promise<void>) | null = null
  const stopping = new AbortController()
  const shared = sealedValues(ports.shared, mode.secret)
  const sealer = createSealer(mode.secret)
  const answers = createAnswers({ shared: ports.shared, sealer, clock, keepMs: ANSWER_MS })
  const receipts = createReceipts()
  const intake = createIntake(ports, answers, () => {
    if (!accept) throw new AppError('busy', 'the WeCom robot has not started yet')
    return accept
  })
  const connection = createConnection({
    settings: mode,
    take,
    clock,
    log,
    lease,
    words,
    random: Math.random,
    heard: ({ ok, detail }) => {
      const value = JSON.stringify({ ok, detail, at: clock.now() })
      void ports.shared.set(CONNECTION_STATE, value).catch(() => undefined)
    },
  })
  const sender = createRobotSender({
    words,
    log,
    clock,
    link: connection.link,
    limits: createLimits(clock),
    takePace: createRobotPace(ports),
    answers,
    shared,
  })

  async function take({ reqId, body }: Push): Promise<void> {
    const at = clock.now()
    try {
      const asked = await intake.read(body)
      if (asked === null) return
      if ('replaced' in asked) return connection.replaced()
      await patiently(async () => {
        await sender.met(asked.event.who.id, asked.from)
        // A press is answered by a change of its card; what else there is to say goes to the chat.
        const way = asked.task === null ? reqId : null
        await intake.store(asked, way, pressToken(asked, reqId, at))
      })
    } catch (error) {
      log.error({ error }, 'what the WeCom robot heard could not be stored')
    }
  }

  async function patiently(work: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await work()
      } catch (error) {
        if (!isRetryable(error) || tries >= STORE_TRIES || stopping.signal.aborted) throw error
        log.warn({ error, tries }, 'what the WeCom robot heard is not stored yet')
        await clock.sleep(STORE_WAIT_MS * 2 ** (tries - 1), stopping.signal)
      }
    }
  }

  return {
    name: WECOM,
    can: { buttons: true, update: false, charts: false, groups: true, maxBytes: AIBOT_MAX_BYTES },
    async start(handler) {
      accept = handler
      await connection.start()
    },
    async send(to, card, key) {
      const known = receipts.get(key)
      if (known) return known
      const receipt = await sender.send(to, card, key)
      const all = card.chart ? { ...receipt, notShown: [...receipt.notShown, 'chart'] } : receipt
      receipts.add(key, all)
      return all
    },
    async update(token, card) {
      const pressed = robotToken(token)
      if (pressed === null) throw tooLate()
      await sender.update(pressed, card)
    },
    async callback() {
      throw new AppError('not-found', 'the WeCom robot uses a long connection and no callbacks')
    },
    health: () => ({ ...connection.health(), refused: intake.refused(), feedback: intake.feedback() }),
    async stop() {
      stopping.abort()
      await connection.stop()
      accept = null
    },
  }
}
