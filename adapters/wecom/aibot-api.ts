import { AppError } from '../../src/errors.ts'
import { boundedText, reasonOf } from '../shared/answer-text.ts'
import { faultError, faultOf, STOP_MS } from './codes.ts'
import type { WecomWords } from './ports.ts'
import { Outcome } from './schema.ts'

const TIMEOUT_MS = 15_000
const MAX_ANSWER_BYTES = 100_000
const API = 'response_url'

/** Posts one answer: Markdown or a card. The address came sealed and signed; still it must lead to WeCom. */
export async function postReply(
  address: string,
  baseUrl: string,
  body: object,
  words: Pick<WecomWords, 'codes' | 'kinds'>,
): Promise<void> {
  if (!URL.canParse(address) || new URL(address).origin !== new URL(baseUrl).origin) {
    throw new AppError('bad-input', 'the address for an answer leads elsewhere')
  }
  const code = await post(address, JSON.stringify(body))
  if (code === 0) return
  const fault = faultOf(code)
  throw faultError(API, fault, words.codes[code] ?? words.kinds[fault.kind], STOP_MS)
}

async function post(address: string, body: string): Promise<number> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await boundedText(answer, MAX_ANSWER_BYTES)
    if (answer.status !== 200) throw new Error(`HTTP status ${answer.status}`)
    return Outcome.parse(JSON.parse(text)).errcode
  } catch (error) {
    // The text of the error may hold the address.
    throw new AppError('upstream', `WeCom ${API} did not answer: ${reasonOf(error)}`)
  }
}
