import { AppError } from '../../src/errors.ts'
import { boundedText, reasonOf } from '../shared/answer-text.ts'

export interface HttpCall {
  /** For messages and logs: `robot/oToMessages/batchSend`. Never the address, which may carry a credential. */
  readonly api: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or a form for uploads; none for GET. */
  readonly body?: object
  readonly signal: AbortSignal
}

/** `body`: the parsed JSON, or null for anything else (an HTML page of a proxy, XML, nothing). */
export interface HttpAnswer {
  readonly status: number
  readonly body: unknown
}

export type Transport = (call: HttpCall) => Promise<HttpAnswer>

const MAX_ANSWER_BYTES = 4 * 1024 * 1024
/** The request never reached the platform: repeating it doubles nothing. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
])

/**
 * One request over `fetch`. No redirects are followed: they would carry the token elsewhere.
 * @throws AppError `upstream` when there is no answer; `data.doubt` tells whether the request may have taken effect
 */
export const transport: Transport = async ({ api, method, url, headers, body, signal }) => {
  const form = body instanceof FormData
  try {
    const answer = await fetch(url, {
      method,
      redirect: 'error',
      signal,
      headers: {
        accept: 'application/json',
        ...(body && !form && { 'content-type': 'application/json; charset=utf-8' }),
        ...headers,
      },
      ...(body && { body: form ? body : JSON.stringify(body) }),
    })
    return { status: answer.status, body: parsed(await boundedText(answer, MAX_ANSWER_BYTES)) }
  } catch (error) {
    const reason = reasonOf(error)
    const data = { api, reason, doubt: !NOT_SENT.has(reason) }
    throw new AppError('upstream', `DingTalk ${api} did not answer: ${reason}`, { data })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
