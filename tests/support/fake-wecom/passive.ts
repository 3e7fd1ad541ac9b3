import type { CallbackRequest } from '../../../src/model/chat.ts'
import { decryptRaw, signatureOf } from './seal.ts'
import type { FakeState } from './state.ts'

const ENVELOPE =
  /^<xml><Encrypt><!\[CDATA\[([A-Za-z0-9+/=]+)\]\]><\/Encrypt><MsgSignature><!\[CDATA\[([0-9a-f]{40})\]\]><\/MsgSignature><TimeStamp>(\d{10})<\/TimeStamp><Nonce><!\[CDATA\[([^\]]+)\]\]><\/Nonce><\/xml>$/
const REPLY =
  /^<xml><ToUserName><!\[CDATA\[([^\]]+)\]\]><\/ToUserName><FromUserName><!\[CDATA\[([^\]]+)\]\]><\/FromUserName><CreateTime>\d{10}<\/CreateTime><MsgType>text<\/MsgType><Content><!\[CDATA\[([\s\S]+)\]\]><\/Content><\/xml>$/
const MAX_BYTES = 2048

/**
 * What the platform does with an answer (被动回复): it shows the text, once for a message however often the callback
 * was repeated.
 * @returns what is wrong with the answer, or null
 */
export function takeAnswer(state: FakeState, request: CallbackRequest, body: string): string | null {
  const { token, aesKey, corpId } = state.corp
  const [, sealed = '', signature, timestamp = '', nonce = ''] = ENVELOPE.exec(body) ?? []
  if (sealed === '') return `an answer of another shape: ${body}`
  if (signatureOf(token, timestamp, nonce, sealed) !== signature) return 'an answer with a wrong signature'
  const [, user = '', company, escaped = ''] = REPLY.exec(plainOf(aesKey, sealed, corpId) ?? '') ?? []
  const asked = plainOf(
    aesKey,
    /<Encrypt><!\[CDATA\[([^\]]+)/.exec(request.body.toString())?.[1] ?? '',
    corpId,
  )
  const field = (name: string): string =>
    new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^\\]<]+)`).exec(asked ?? '')?.[1] ?? ''
  if (company !== corpId || user.toLowerCase() !== field('FromUserName').toLowerCase())
    return `an answer for ${user} of ${company}`
  const text = escaped.replaceAll(']]]]><![CDATA[>', ']]>')
  if (Buffer.byteLength(text) > MAX_BYTES) return 'an answer that the platform cuts'
  const message = field('MsgId') || `${user}:${field('CreateTime')}`
  const before = state.answers.get(message)
  if (before !== undefined) return before === text ? null : `two answers to ${message}: ${before}, ${text}`
  state.answers.set(message, text)
  state.show(user.toLowerCase(), {
    touser: user,
    agentid: state.corp.agentId,
    msgtype: 'text',
    text: { content: text },
  })
  return null
}

/** Null when it is not sealed as documented, for this company. */
function plainOf(aesKey: string, sealed: string, corpId: string): string | null {
  const padded = decryptRaw(aesKey, sealed)
  const content = padded.subarray(0, padded.length - (padded.at(-1) ?? 0))
  const end = 20 + content.readUInt32BE(16)
  return padded.length % 32 === 0 && content.subarray(end).toString() === corpId
    ? content.subarray(20, end).toString()
    : null
}
