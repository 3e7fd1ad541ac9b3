import { AppError } from '../../src/errors.ts'
import type { Card } from '../../src/model/card.ts'
import type { Adapter, InboundEvent, Receipt } from '../../src/model/chat.ts'
import { createReceipts } from '../shared/receipts.ts'
import { sealedValues } from '../shared/sealed-values.ts'
import { postReply } from './aibot-api.ts'
import { readRobotMessage, sealedJson } from './aibot-inbound.ts'
import { createReplyUrls } from './aibot-urls.ts'
import { createCallback } from './callback.ts'
import { createPace, RECEIVER_WINDOWS } from './pace.ts'
import type { WecomAibotPorts } from './ports.ts'
import { buttonsOf } from './render.ts'
import { renderMarkdown } from './render-text.ts'
import { WECOM, wecomUser } from './schema.ts'

/** Bytes of UTF-8 of a Markdown answer. */
export const AIBOT_MAX_BYTES = 20_480
/** Below the mount point of the adapter. */
export const AIBOT_PATH = '/aibot'

/**
 * The smart robot (智能机器人) in callback mode: hears messages that mention it in a group, and direct ones. It can
 * only answer: every message brings an address that takes one answer within an hour.
 */
export function createWecomAibot(ports: WecomAibotPorts): Adapter {
  const { settings, words, log, clock } = ports
  let accept: ((event: InboundEvent) => Promise<void>) | null = null
  const { shared } = ports
  const takeChat = createPace({ clock, shared, name: 'wecom-aibot', windows: RECEIVER_WINDOWS })
  const urls = createReplyUrls(sealedValues(shared, settings.aesKey), clock)
  const receipts = createReceipts()
  // A robot of the own company belongs to no receiver: the id is empty.
  const keys = { token: settings.token, aesKey: settings.aesKey, receiveId: '' }
  const callback = createCallback({ keys, clock, log, take, sealedIn: sealedJson })

  async function take(message: string): Promise<void> {
    if (!accept) throw new AppError('busy', 'the WeCom robot has not started yet')
    const inbound = readRobotMessage(message, { robot: settings.name, now: clock.now() })
    if ('ignored' in inbound)
      return log.debug({ reason: inbound.ignored }, 'a WeCom robot message was ignored')
    const { event, replyUrl } = inbound
    const id = wecomUser(await ports.userOf(event.who.id))
    const where = event.where.kind === 'dm' ? { kind: 'dm' as const, id } : event.where
    if (replyUrl !== null) await urls.add(where.id, { message: event.id, url: replyUrl })
    await accept({ ...event, who: { ...event.who, id }, where })
  }

  async function send(chat: string, card: Card, key: string): Promise<Receipt> {
    await takeChat(chat, 1)
    const { content, notShown } = renderMarkdown(card, { maxBytes: AIBOT_MAX_BYTES })
    const reply = await urls.next(chat)
    if (!reply) throw new AppError('not-found', 'nobody asked the robot in this chat', { say: words.mustAsk })
    await postReply(reply.url, settings.baseUrl, content, words)
    await urls.used(chat, reply.message)
    const missing = [...buttonsOf(card), ...(card.chart ? ['chart'] : [])]
    return { messageId: `${reply.message}:${key}`, update: null, notShown: [...notShown, ...missing] }
  }

  return {
    name: WECOM,
    can: { buttons: false, update: false, charts: false, groups: true, maxBytes: AIBOT_MAX_BYTES },
    async start(handler) {
      accept = handler
    },
    async send(to, card, key) {
      const known = receipts.get(key)
      if (known) return known
      const receipt = await send(to.id, card, key)
      receipts.add(key, receipt)
      return receipt
    },
    async update() {
      throw new AppError('conflict', 'an answer of the WeCom robot cannot be changed')
    },
    async callback(request) {
      if (request.path !== AIBOT_PATH) throw new AppError('not-found', 'no such callback')
      return callback.handle(request)
    },
    health() {
      const refused = callback.refusals()
      return accept ? { ok: true, detail: 'open', refused } : { ok: false, detail: 'not started', refused }
    },
    async stop() {
      accept = null
    },
  }
}
