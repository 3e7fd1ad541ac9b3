import { AppError, asAppError } from '../../src/errors.ts'
import type { Adapter, Address, InboundEvent, UpdateToken } from '../../src/model/chat.ts'
import { createReceipts } from '../shared/receipts.ts'
import { sealedValues } from '../shared/sealed-values.ts'
import { createApi } from './api.ts'
import { createCharts } from './chart.ts'
import type { Fault } from './codes.ts'
import { createIntake } from './intake.ts'
import { createLimits } from './limits.ts'
import type { DingtalkPorts } from './ports.ts'
import { TEXT_MAX_BYTES } from './render.ts'
import { CardToken, DINGTALK } from './schema.ts'
import { createSender } from './send.ts'
import { createStream, type Stream } from './stream.ts'
import { transport } from './transport.ts'
import { createWebhooks } from './webhooks.ts'

export interface Dingtalk extends Adapter {
  /** Takes a message back within 24 hours; its chat and the id of its receipt. */
  recall(to: Address, messageId: string): Promise<void>
}

/** One app with its robot (企业内部应用, Stream 模式): direct chats, groups, cards with buttons, updates in place. */
export function createDingtalk(ports: DingtalkPorts): Dingtalk {
  const { settings, words, log, clock, quota } = ports
  let accept: ((event: InboundEvent) => Promise<void>) | null = null
  let stream: Stream | null = null
  /** What the platform refused last, until a call succeeds. */
  let trouble: string | null = null
  const limits = createLimits({ clock, shared: ports.shared, clientId: settings.clientId })
  const api = createApi({
    settings,
    transport,
    limits,
    quota,
    clock,
    shared: sealedValues(ports.shared, settings.clientSecret),
    words,
    heard,
  })
  const webhooks = createWebhooks(clock, settings.legacyUrl)
  const sender = createSender({
    settings,
    words,
    log,
    clock,
    api,
    webhooks,
    mediaOf: createCharts(ports, api),
  })
  const receipts = createReceipts()
  const intake = createIntake({ settings, words, log, clock, webhooks, quota, api, take, overQuota })

  async function take(event: InboundEvent): Promise<void> {
    if (!accept) throw new AppError('busy', 'the DingTalk app has not started yet')
    await accept(event)
  }

  function heard(fault: (Fault & { api: string; say: string }) | null): void {
    if (fault === null) trouble = null
    if (fault?.action !== 'stop' && fault?.action !== 'stop-all') return
    trouble = `${fault.code}: ${fault.say}`
    log.error({ ...fault }, 'DingTalk refuses the calls of the app')
  }

  function overQuota(): void {
    if (trouble === words.kinds.quota) return
    trouble = words.kinds.quota
    log.error({}, 'the monthly quota of DingTalk is used up: messages arrive without their text')
  }

  return {
    name: DINGTALK,
    can: {
      buttons: settings.templateId !== null,
      update: settings.templateId !== null,
      charts: ports.drawChart !== null,
      groups: true,
      maxBytes: TEXT_MAX_BYTES,
    },
    async start(handler) {
      accept = handler
      const random = Math.random
      stream = createStream({ settings, handlers: intake.handlers, transport, clock, log, random })
      const loggedIn = api.checkLogin().catch((error: unknown) => {
        trouble ??= asAppError(error).message
        log.warn({ error }, 'DingTalk gave no access token yet')
      })
      const counted = quota.usage().catch((error: unknown) => {
        log.warn({ error }, 'the calls of this month are not known')
      })
      await Promise.all([stream.start(), loggedIn, counted])
    },
    async send(to, card, key) {
      const known = receipts.get(key)
      if (known) return known
      const receipt = await sender.send(to, card, key)
      receipts.add(key, receipt)
      return receipt
    },
    update: async (token, card) => sender.update(readToken(token).track, card),
    async callback() {
      throw new AppError('not-found', 'DingTalk uses a stream and no callbacks')
    },
    health() {
      const connection = stream?.health() ?? { ok: false, detail: 'not started' }
      const more = { refused: intake.refused(), calls: quota.latest() }
      if (connection.ok && trouble !== null) return { ok: false, detail: trouble, ...more }
      return { ...connection, ...more }
    },
    recall: (to, messageId) => api.recall(to, messageId),
    async stop() {
      await stream?.stop()
      await intake.settled()
      await quota.settled()
      accept = null
    },
  }
}

/** @throws AppError `conflict` for a token that is none of ours */
function readToken(token: UpdateToken): CardToken {
  const parsed = CardToken.safeParse(token)
  if (!parsed.success) throw new AppError('conflict', 'this is no DingTalk card')
  return parsed.data
}
