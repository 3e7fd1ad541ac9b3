import type { Clock } from '../../src/clock.ts'
import type { Card } from '../../src/model/card.ts'
import type { Accept, CallbackAnswer, InboundEvent } from '../../src/model/chat.ts'
import type { SealedAnswer } from './callback.ts'
import type { WecomAppSettings } from './ports.ts'
import { buttonsOf } from './render.ts'
import { type RenderedText, renderPlain } from './render-text.ts'
import { cdata } from './xml.ts'

type Looks = Pick<WecomAppSettings, 'corpId' | 'pageUrl' | 'plainText'>

/**
 * Hands an event to `accept` with its callback as a caller who can be answered with one text (被动回复).
 * @returns the message to answer with, null when the reply goes another way
 */
export async function acceptCalled(
  accept: Accept,
  event: InboundEvent,
  gone: AbortSignal,
  { settings, clock }: { readonly settings: Looks; readonly clock: Clock },
): Promise<string | null> {
  let offered = ''
  let answer: string | null = null
  await accept(event, {
    get gone() {
      return gone.aborted
    },
    offer(card) {
      const rendered = renderAnswer(card, settings)
      if (rendered === null) return null
      offered = rendered.content
      return { messageId: '', update: null, notShown: rendered.notShown }
    },
    answer() {
      answer = textXml(settings.corpId, event.who.id, offered, clock.now())
    },
  })
  return answer
}

/** A sealed answer in the form of the app. */
export function xmlAnswer({ encrypt, signature, timestamp, nonce }: SealedAnswer): CallbackAnswer {
  // The other parts are base64, hexadecimal and digits.
  const body = `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`
  return { status: 200, headers: { 'Content-Type': 'text/xml; charset=utf-8' }, body }
}

/**
 * A card as the one plain text an answer may be. Null where a message shows more: buttons, a picture, a coloured figure,
 * a page to lead to, or words beyond 2048 bytes. Members who read plain text get all of it that there is.
 */
export function renderAnswer(card: Card, { pageUrl, plainText }: Omit<Looks, 'corpId'>): RenderedText | null {
  if (card.chart) return null
  const { content, notShown } = renderPlain(card, {})
  const buttons = buttonsOf(card)
  if (plainText) return { content, notShown: [...notShown, ...buttons] }
  const whole = notShown.length + buttons.length === 0 && !card.figure && pageUrl === null
  return whole ? { content, notShown } : null
}

function textXml(company: string, user: string, text: string, at: number): string {
  return `<xml><ToUserName>${cdata(user)}</ToUserName><FromUserName>${cdata(company)}</FromUserName><CreateTime>${Math.floor(at / 1000)}</CreateTime><MsgType>text</MsgType><Content>${cdata(text)}</Content></xml>`
}
