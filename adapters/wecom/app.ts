import { AppError, asAppError } from '../../src/errors.ts'
import type { Card } from '../../src/model/card.ts'
import type { Accept, Adapter, Address, Receipt, UpdateToken } from '../../src/model/chat.ts'
import { createReceipts } from '../shared/receipts.ts'
import { sealedValues } from '../shared/sealed-values.ts'
import { acceptCalled, xmlAnswer } from './answer.ts'
import { createApi } from './api.ts'
import { createCallback } from './callback.ts'
import { createChartSender } from './chart.ts'
import { readMessage } from './inbound.ts'
import { createLimits } from './limits.ts'
import { createAppDay, createPace, RECEIVER_WINDOWS } from './pace.ts'
import type { WecomAppPorts } from './ports.ts'
import { renderCard, renderUpdate, taskOf } from './render.ts'
import { TEXT_MAX_BYTES } from './render-text.ts'
import { CardToken, WECOM, wecomUser } from './schema.ts'
import { createTransport } from './transport.ts'

/** Below the mount point of the adapter; other channels get paths of their own. */
const CALLBACK_PATH = '/app'
/** A response code works for 72 hours; a call at the last second would come too late. */
const UPDATE_WINDOW_MS = 72 * 3_600_000 - 60_000

/** The self-built app (自建应用): direct chats with members, cards with buttons, updates in place. */
export function createWecomApp(ports: WecomAppPorts): Adapter {
  const { settings, words, log, clock } = ports
  let accept: Accept | null = null
  /** What the platform refused last, until a call succeeds. */
  let trouble: string | null = null
  const limits = createLimits(clock)
  const name = `wecom.${settings.corpId}.${settings.agentId}`
  const { shared } = ports
  const takeReceiver = createPace({ clock, shared, name, windows: RECEIVER_WINDOWS })
  const takeDay = createAppDay({
    ...{ clock, shared, name: `${name}.day`, accounts: settings.accounts },
    say: words.dayFull,
  })
  const api = createApi({
    ...settings,
    transport: createTransport(settings.baseUrl),
    limits,
    clock,
    log,
    shared: sealedValues(shared, settings.secret),
    words,
    heard(fault) {
      if (fault === null) trouble = null
      if (fault?.action !== 'stop' && fault?.action !== 'pause') return
      trouble = `${fault.errcode}: ${fault.say}`
      if (fault.action === 'stop') log.error({ ...fault }, 'WeCom refuses the calls of the app')
      else log.warn({ ...fault }, 'WeCom has paused a call of the app')
    },
  })
  const sendChart = createChartSender(ports, api)
  const receipts = createReceipts()
  const keys = { token: settings.token, aesKey: settings.aesKey, receiveId: settings.corpId }
  const callback = createCallback({ keys, clock, log, take, answerOf: xmlAnswer })

  async function take(message: string, gone: AbortSignal): Promise<string | null> {
    if (!accept) throw new AppError('busy', 'the WeCom app has not started yet')
    const inbound = readMessage(message, settings.corpId)
    if ('event' in inbound) return acceptCalled(accept, inbound.event, gone, ports)
    if ('change' in inbound) await ports.customerChanged(inbound.change)
    else log.debug({ reason: inbound.ignored }, 'a WeCom message was ignored')
    return null
  }

  async function send(user: string, card: Card, key: string): Promise<Receipt> {
    const task = taskOf(key, user)
    const { messages, notShown } = renderCard(card, { task, words, settings })
    const count = messages.length + (card.chart ? 1 : 0)
    await takeReceiver(user, count)
    await takeDay(count)
    let messageId = ''
    let code: string | null = null
    for (const message of messages) {
      const sent = await api.send(user, message, { once: true })
      const isUser = (one: string): boolean => wecomUser(one) === user
      if (sent.unlicensed.some(isUser)) throw unreachable(words.unlicensed)
      if (sent.unreached.some(isUser)) throw unreachable(words.kinds.recipient)
      messageId = sent.messageId
      code = sent.responseCode
    }
    const missing = await sendChart(user, card)
    return {
      messageId: messageId || task,
      update: code === null ? null : { code, user, task, at: clock.now() },
      notShown: [...notShown, ...missing],
    }
  }

  async function update(token: CardToken, card: Card): Promise<void> {
    const { code, user, task, at } = token
    if (clock.now() - at > UPDATE_WINDOW_MS) throw tooLate()
    // Every state of a card needs its own id; the code names the state it replaces.
    const next = taskOf(`${task}\0${code}`, user)
    const { template, notShown } = renderUpdate(card, { task: next, words, settings })
    try {
      await api.updateCard(user, code, template)
      if (notShown.length > 0) log.info({ notShown }, 'a changed WeCom card could not show everything')
    } catch (error) {
      throw isFinal(asAppError(error)) ? tooLate(error) : error
    }
  }

  return {
    name: WECOM,
    can: {
      buttons: !settings.plainText,
      update: !settings.plainText,
      charts: ports.drawChart !== null,
      groups: false,
      maxBytes: TEXT_MAX_BYTES,
    },
    async start(handler) {
      accept = handler
      // A platform that is away or refuses now does not keep callbacks from being stored: later sends heal it.
      await api.checkLogin().catch((error: unknown) => {
        trouble ??= asAppError(error).message
        log.warn({ error }, 'WeCom gave no access token yet')
      })
    },
    async send(to, card, key) {
      const known = receipts.get(key)
      if (known) return known
      const receipt = await send(userOf(to), card, key)
      receipts.add(key, receipt)
      return receipt
    },
    update: async (token, card) => update(readToken(token), card),
    async callback(request) {
      if (request.path !== CALLBACK_PATH) throw new AppError('not-found', 'no such callback')
      return callback.handle(request)
    },
    health() {
      const refused = callback.refusals()
      if (!accept) return { ok: false, detail: 'not started', refused }
      return { ok: trouble === null, detail: trouble ?? 'open', refused }
    },
    async stop() {
      accept = null
    },
  }
}

function userOf(to: Address): string {
  if (to.kind === 'group') throw new AppError('bad-input', 'the WeCom app reaches no groups')
  return wecomUser(to.id)
}

/** @throws AppError `conflict` for a token that is none of ours */
function readToken(token: UpdateToken): CardToken {
  const parsed = CardToken.safeParse(token)
  if (!parsed.success) throw tooLate()
  return parsed.data
}

/** The error of a used code is not documented: an unknown one counts as that, and a fresh card is sent instead. */
function isFinal({ code, data }: AppError): boolean {
  return code === 'bad-input' || code === 'not-found' || data.kind === 'unknown'
}

function tooLate(cause?: unknown): AppError {
  return new AppError('conflict', 'the WeCom card can no longer be changed', { cause })
}

function unreachable(say: string): AppError {
  return new AppError('not-found', 'WeCom cannot reach this member', { say })
}
