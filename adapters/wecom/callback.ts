import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import type { Log } from '../../src/log.ts'
import type { CallbackAnswer, CallbackRequest } from '../../src/model/chat.ts'
import { type CallbackCrypto, type CallbackKeys, createCrypto, type Signed } from './crypto.ts'
import { createReplays } from './replay.ts'
import { parseXml, textOf } from './xml.ts'

/** Why a request was refused; for counting, never told to the caller. */
export type Refusal = 'method' | 'size' | 'query' | 'time' | 'body' | 'signature' | 'sealed'

export interface Callback {
  handle(request: CallbackRequest): Promise<CallbackAnswer>
  /** Refused requests since the start, by reason. */
  refusals(): Readonly<Partial<Record<Refusal, number>>>
}

export interface CallbackParts {
  readonly keys: CallbackKeys
  readonly clock: Clock
  readonly log: Log
  /**
   * Takes the decrypted message; resolves once it is stored, with the plain text of the answer where there is one. A
   * failure makes WeCom send it again. `gone` aborts when the caller waits no more.
   */
  readonly take: (message: string, gone: AbortSignal) => Promise<string | null> | Promise<void>
  /** An encrypted and signed answer in the form of the channel. */
  readonly answerOf?: (sealed: SealedAnswer) => CallbackAnswer
  /** The encrypted part of a body, null when there is none; absent: that of XML. */
  readonly sealedIn?: (body: Buffer) => string | null
}

export type SealedAnswer = ReturnType<CallbackCrypto['seal']>

/** An encrypted text message has at most 2048 bytes of content; a card event with ten answers far less than this. */
const MAX_BODY_BYTES = 65_536
/** How far the timestamp of a request may be from our clock. Retries of WeCom come within seconds. */
export const TIME_WINDOW_MS = 10 * 60_000
const MAX_REPLAYS = 50_000

const STATUS: Record<Refusal, number> = {
  method: 405,
  size: 413,
  query: 400,
  time: 403,
  body: 400,
  signature: 403,
  sealed: 403,
}
const NOTHING: CallbackAnswer = { status: 200, headers: { 'Content-Type': 'text/plain' }, body: '' }

/**
 * The callback of one receiver: checks bounds, time, signature and seal in this order, so that an unsigned request
 * costs next to nothing; answers the URL check with the plain bytes and everything else with an empty 200, once
 * `take` resolved without an answer. A repeated request that had none is acknowledged and not taken again.
 */
export function createCallback({
  keys,
  clock,
  log,
  take,
  sealedIn = sealedXml,
  answerOf,
}: CallbackParts): Callback {
  const crypto = createCrypto(keys)
  // A timestamp may lie the whole window ahead and is then valid for twice as long.
  const replays = createReplays(clock, 2 * TIME_WINDOW_MS, MAX_REPLAYS)
  const counts = new Map<Refusal, number>()

  function refuse(reason: Refusal): CallbackAnswer {
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
    log.info({ reason }, 'a WeCom callback was refused')
    return { ...NOTHING, status: STATUS[reason] }
  }

  function open(query: Query, sealed: string): { message: string } | Refusal {
    const signed: Signed = { timestamp: query.timestamp, nonce: query.nonce, encrypt: sealed }
    if (Math.abs(clock.now() - Number(query.timestamp) * 1000) > TIME_WINDOW_MS) return 'time'
    if (!crypto.signedBy(query.signature, signed)) return 'signature'
    const message = crypto.open(sealed)
    return message === null ? 'sealed' : { message }
  }

  const now = (): string => String(Math.floor(clock.now() / 1000))

  function checkUrl(request: CallbackRequest, query: Query): CallbackAnswer {
    // A `+` that was not escaped arrives as a space; base64 has none of its own.
    const opened = open(query, (request.query.echostr ?? '').replaceAll(' ', '+'))
    return typeof opened === 'string' ? refuse(opened) : { ...NOTHING, body: opened.message }
  }

  async function takeMessage(request: CallbackRequest, query: Query): Promise<CallbackAnswer> {
    const sealed = sealedIn(request.body)
    if (sealed === null) return refuse('body')
    const opened = open(query, sealed)
    if (typeof opened === 'string') return refuse(opened)
    const answer = await replays.once(query.signature, async () => {
      const taken = await take(opened.message, request.gone)
      return typeof taken === 'string' ? taken : null
    })
    return answer === null || !answerOf ? NOTHING : answerOf(crypto.seal(answer, now(), query.nonce))
  }

  return {
    async handle(request) {
      const { method } = request
      if (method !== 'GET' && method !== 'POST') return refuse('method')
      if (request.body.length > MAX_BODY_BYTES) return refuse('size')
      const query = queryOf(request)
      if (!query) return refuse('query')
      return method === 'GET' ? checkUrl(request, query) : takeMessage(request, query)
    },
    refusals: () => Object.fromEntries(counts),
  }
}

interface Query {
  readonly signature: string
  readonly timestamp: string
  readonly nonce: string
}

/** Null unless all three are there in their own shape. */
function queryOf({ query }: CallbackRequest): Query | null {
  const { msg_signature: signature = '', timestamp = '', nonce = '' } = query
  if (!/^\d{10}$/.test(timestamp) || !/^[\x21-\x7e]{1,128}$/.test(nonce)) return null
  return { signature, timestamp, nonce }
}

/** The encrypted part of the outer XML. `ToUserName` beside it is not signed and not read. */
function sealedXml(body: Buffer): string | null {
  try {
    return textOf(parseXml(body.toString('utf8')), 'Encrypt') || null
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
