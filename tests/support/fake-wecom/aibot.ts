import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { CallbackAnswer, CallbackRequest } from '../../../src/model/chat.ts'
import { decryptRaw, seal, signatureOf } from './seal.ts'
import type { FakeState } from './state.ts'

/** The smart robot of the fake: keys of its own, no receiver. */
export const BOT = {
  name: '留客 助手',
  token: 'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
  aesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
  id: 'AIBOTID',
} as const

export interface BotMessage {
  readonly id: string
  readonly user: string
  readonly text: string
  /** Absent: a direct message. */
  readonly chat?: string
}

/** An encrypted message of the robot as WeCom posts it; its answer address works once and for an hour. */
export function botPost(state: FakeState, url: string, message: BotMessage): CallbackRequest {
  const code = state.next('REPLY')
  state.replies.set(code, { chat: message.chat ?? message.user, at: state.clock.now(), body: null })
  const response_url = `${url}/cgi-bin/aibot/response?response_code=${code}`
  return sealedPost(state, { ...bodyOf(message), response_url })
}

/** A message as both modes bring it. */
export function bodyOf({ id, user, text, chat }: BotMessage): object {
  return {
    msgid: id,
    aibotid: BOT.id,
    ...(chat !== undefined && { chatid: chat }),
    chattype: chat === undefined ? 'single' : 'group',
    from: { userid: user },
    msgtype: 'text',
    text: { content: chat === undefined ? text : `@${BOT.name}\u2005${text}` },
  }
}

/** Anything, sealed and signed with the keys of the robot. */
export function sealedPost(state: FakeState, message: unknown, receiveId = ''): CallbackRequest {
  const text = typeof message === 'string' ? message : JSON.stringify(message)
  const sealed = seal({ token: BOT.token, aesKey: BOT.aesKey, receiveId }, text)
  const timestamp = String(Math.floor(state.clock.now() / 1000))
  const nonce = String(randomInt(1e9, 9e9))
  return {
    method: 'POST',
    path: '/aibot',
    query: { msg_signature: signatureOf(BOT.token, timestamp, nonce, sealed), timestamp, nonce },
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ encrypt: sealed })),
    gone: new AbortController().signal,
  }
}

/** The message inside an encrypted answer of ours; its seal and signature are checked. */
export function openedAnswer(answer: CallbackAnswer): unknown {
  const { encrypt, msgsignature, timestamp, nonce } = SealedAnswer.parse(JSON.parse(String(answer.body)))
  if (signatureOf(BOT.token, String(timestamp), nonce, encrypt) !== msgsignature) throw new Error('signature')
  const plain = decryptRaw(BOT.aesKey, encrypt)
  const length = plain.readUInt32BE(16)
  return JSON.parse(plain.subarray(20, 20 + length).toString('utf8'))
}

const SealedAnswer = z.strictObject({
  encrypt: z.string().min(1),
  msgsignature: z.string(),
  timestamp: z.int(),
  nonce: z.string(),
})
