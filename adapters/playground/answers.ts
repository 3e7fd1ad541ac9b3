import type { CallbackAnswer } from '../../src/model/chat.ts'

const NO_STORE = { 'Cache-Control': 'no-store' }

export function json(status: number, value: unknown): CallbackAnswer {
  return {
    status,
    headers: { ...NO_STORE, 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  }
}

export function eventStream(body: AsyncIterable<string>): CallbackAnswer {
  return {
    status: 200,
    headers: {
      ...NO_STORE,
      'Content-Type': 'text/event-stream; charset=utf-8',
      // Proxies must pass events on at once.
      'X-Accel-Buffering': 'no',
    },
    body,
  }
}
