import { AppError } from '../../src/errors.ts'
import { boundedText, reasonOf } from '../shared/answer-text.ts'

export interface HttpCall {
  /** For messages and logs: `message/send`. Never the address, which carries the token. */
  readonly api: string
  readonly method: 'GET' | 'POST'
  readonly query: Readonly<Record<string, string>>
  /** JSON, or a form for uploads. */
  readonly body?: object
  readonly signal: AbortSignal
}

/** Sends one request and gives the parsed JSON. */
export type Transport = (call: HttpCall) => Promise<unknown>

/** The longest answer read, in bytes: a department of ten thousand members is about 4 MB. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

/**
 * The HTTP side of the API over `fetch`. No redirects are followed: they would carry the token elsewhere.
 * @throws AppError `upstream` whenever there is no JSON answer; whether the request took effect is then unknown
 */
export function createTransport(baseUrl: string): Transport {
  return async ({ api, method, query, body, signal }) => {
    const url = new URL(`/cgi-bin/${api}?${new URLSearchParams(query)}`, baseUrl)
    const form = body instanceof FormData
    const answer = await tried(api, () =>
      fetch(url, {
        method,
        redirect: 'error',
        signal,
        ...(body && { body: form ? body : JSON.stringify(body) }),
        ...(body && !form && { headers: { 'content-type': 'application/json; charset=utf-8' } }),
      }),
    )
    if (answer.status !== 200) {
      await answer.body?.cancel()
      throw failed(api, `HTTP status ${answer.status}`)
    }
    return tried(api, async () => JSON.parse(await boundedText(answer, MAX_ANSWER_BYTES)))
  }
}

/** Whatever goes wrong on the way is one kind of failure; its text may hold the address and is not kept. */
async function tried<T>(api: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw failed(api, reasonOf(error))
  }
}

function failed(api: string, reason: string): AppError {
  return new AppError('upstream', `WeCom ${api} did not answer: ${reason}`, { data: { api, reason } })
}
