import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Context, Middleware } from 'koa'
import type { Adapter, CallbackAnswer } from '../model/chat.ts'
import { rawBody } from './raw-body.ts'

export interface MountOptions {
  readonly bodyLimitBytes: number
  /** Aborts when the server stops: open streams end. */
  readonly closing: AbortSignal
}

/** Hands every request at or below `prefix` to the adapter's `callback`. */
export function mountAdapter(prefix: string, adapter: Adapter, options: MountOptions): Middleware {
  const below = `${prefix}/`
  const goneOf = createGone(options.closing)
  return async (http, next) => {
    const { path } = http
    if (path !== prefix && !path.startsWith(below)) return next()
    let gone: AbortSignal | null = null
    const answer = await adapter.callback({
      method: http.method,
      path: path.slice(prefix.length) || '/',
      query: Object.fromEntries(new URLSearchParams(http.querystring)),
      headers: singleHeaders(http),
      body: await rawBody(http.req, options.bodyLimitBytes),
      get gone() {
        gone ??= goneOf(http.res)
        return gone
      },
    })
    write(http, answer)
  }
}

function singleHeaders(http: Context): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(http.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

/**
 * Signals that abort when the caller has gone before the answer was complete, or when the server stops. Made only for
 * requests that look at them, and cheaply: a signal of two others costs as much as the rest of a small request.
 */
function createGone(closing: AbortSignal): (response: ServerResponse) => AbortSignal {
  const waiting = new Set<AbortController>()
  closing.addEventListener('abort', () => {
    for (const one of waiting) one.abort('closing')
  })
  return (response) => {
    // A reason of our own: the default one is an error with a stack.
    if (closing.aborted || response.closed) return AbortSignal.abort('gone')
    const controller = new AbortController()
    waiting.add(controller)
    response.once('close', () => {
      waiting.delete(controller)
      if (!response.writableFinished) controller.abort('gone')
    })
    return controller.signal
  }
}

function write(http: Context, { status, headers, body }: CallbackAnswer): void {
  http.status = status
  http.set({ ...headers })
  const stream = typeof body !== 'string' && !Buffer.isBuffer(body)
  http.body = stream ? Readable.from(body) : body
}
