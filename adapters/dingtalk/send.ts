import { AppError, asAppError } from '../../src/errors.ts'
import type { Card } from '../../src/model/card.ts'
import type { Address, Receipt } from '../../src/model/chat.ts'
import { cardLink } from '../shared/card-link.ts'
import type { Api } from './api.ts'
import type { DingtalkPorts } from './ports.ts'
import { hasButtons, type Link, renderCard, renderMarkdown, renderMessage, trackOf } from './render.ts'
import type { Webhooks } from './webhooks.ts'

export interface Sender {
  send(to: Place, card: Card, key: string): Promise<Receipt>
  /** @throws AppError `conflict` when the card can no longer be changed */
  update(track: string, card: Card): Promise<void>
}

type Place = Pick<Address, 'kind' | 'id'>
type Parts = Pick<DingtalkPorts, 'settings' | 'words' | 'log' | 'clock'> & {
  readonly api: Api
  readonly webhooks: Webhooks
  readonly mediaOf: (card: Card) => Promise<string>
}

/** An answer waits no longer than this for calls that rest: it goes as text. */
const ANSWER_WAIT_MS = 60_000
/** A template that was refused is left alone this long; until then cards are Markdown. */
const TEMPLATE_REST_MS = 10 * 60_000

/**
 * The best form for a card: an interactive card where there is a template, over the webhook of the chat for what has
 * no buttons, else Markdown.
 */
export function createSender({ settings, words, log, clock, api, webhooks, mediaOf }: Parts): Sender {
  let templateRestsUntil = 0

  async function send(to: Place, card: Card, key: string): Promise<Receipt> {
    const chart = await mediaOf(card)
    const missing = card.chart && chart === '' ? ['chart'] : []
    const plain = !card.chart && !hasButtons(card)
    const receipt = (plain ? await byWebhook(to, card) : null) ?? (await byApi(to, card, key, chart))
    return { ...receipt, notShown: [...receipt.notShown, ...missing] }
  }

  /** While the calls of the app rest (no quota, no permission), whoever has just spoken is answered in text all the same. */
  async function byApi(to: Place, card: Card, key: string, chart: string): Promise<Receipt> {
    try {
      return (await byCard(to, card, key, chart)) ?? (await byMessage(to, card, chart))
    } catch (thrown) {
      const { halt, retryAfterMs = 0 } = asAppError(thrown)
      const answer = halt && retryAfterMs > ANSWER_WAIT_MS ? await byWebhook(to, card) : null
      if (!answer) throw thrown
      return answer
    }
  }

  /** The cheapest answer to what somebody has just said; buttons and pictures do not go this way. */
  async function byWebhook(to: Place, card: Card): Promise<Receipt | null> {
    const url = webhooks.find(to)
    if (!url) return null
    const { title, text, notShown } = renderMarkdown(card, '')
    try {
      await once(() => api.answerWebhook(url, { msgtype: 'markdown', markdown: { title, text } }))
      return { messageId: 'webhook', update: null, notShown }
    } catch (error) {
      if (asAppError(error).data.kind !== 'group') throw error
      webhooks.forget(to)
      return null
    }
  }

  async function byCard(to: Place, card: Card, key: string, chart: string): Promise<Receipt | null> {
    const { templateId } = settings
    if (templateId === null || clock.now() < templateRestsUntil) return null
    const track = trackOf(key, to)
    const { params, summary, notShown } = renderCard(card, '0', chart, linkOf(card))
    let messageId = ''
    try {
      messageId = await api.createCard(to, { track, templateId, params, summary })
    } catch (error) {
      const { kind } = asAppError(error).data
      if (kind === 'template') {
        templateRestsUntil = clock.now() + TEMPLATE_REST_MS
        log.error({ error }, 'DingTalk refuses the card template: cards go as text')
        return null
      }
      // An attempt whose answer was lost has made it.
      if (kind !== 'exists') throw error
    }
    return { messageId: messageId || track, update: { track }, notShown }
  }

  function linkOf(card: Card): Link | null {
    const url = cardLink(card, settings)
    return url === null ? null : { title: words.open, url }
  }

  async function byMessage(to: Place, card: Card, chart: string): Promise<Receipt> {
    const { message, notShown } = renderMessage(card, chart, linkOf(card))
    const messageId = await once(() =>
      to.kind === 'group' ? api.sendToGroup(to.id, message) : sendToOne(to.id, message),
    )
    return { messageId, update: null, notShown }
  }

  async function sendToOne(user: string, message: Parameters<Api['sendToMany']>[1]): Promise<string> {
    const { messageId, invalid, slowed } = await api.sendToMany([user], message)
    if (invalid.length > 0) {
      throw new AppError('not-found', 'DingTalk cannot reach this person', { say: words.kinds.recipient })
    }
    if (slowed.length > 0) {
      throw new AppError('busy', 'DingTalk holds back messages to this person', { retryAfterMs: 60_000 })
    }
    return messageId
  }

  async function update(track: string, card: Card): Promise<void> {
    const chart = await mediaOf(card)
    const { params, notShown } = renderCard(card, clock.now().toString(36), chart, linkOf(card))
    try {
      await api.updateCard(track, params)
      if (notShown.length > 0) log.info({ notShown }, 'a changed DingTalk card could not show everything')
    } catch (error) {
      const { code } = asAppError(error)
      if (code !== 'bad-input' && code !== 'not-found') throw error
      throw new AppError('conflict', 'the DingTalk card can no longer be changed', { cause: error })
    }
  }

  return { send, update }
}

/**
 * Messages have no key by which the platform would know a repeat: one that may have arrived is not sent again.
 * @throws AppError `conflict` then
 */
async function once<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    const error = asAppError(thrown)
    if (error.data.doubt !== true) throw error
    const message = 'it is not known whether DingTalk delivered the message; it is not repeated'
    throw new AppError('conflict', message, { cause: error, data: error.data })
  }
}
