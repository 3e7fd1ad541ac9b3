import type { CallbackAnswer, CallbackRequest } from '../../src/model/chat.ts'

/** A call of the playground's own page. */
export function request(method: string, path: string, more: Partial<CallbackRequest> = {}): CallbackRequest {
  const headers = { host: 'localhost:1', 'content-type': 'application/json', origin: 'http://localhost:1' }
  const gone = new AbortController().signal
  return { method, path, query: {}, headers, body: Buffer.alloc(0), gone, ...more }
}

export function json(answer: CallbackAnswer) {
  return JSON.parse(String(answer.body))
}
