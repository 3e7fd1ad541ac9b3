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
  return async (http, next) => {
    if (http.path !== prefix && !http.path.startsWith(`${prefix}/`)) return next()
    const body = await rawBody(http.req, options.bodyLimitBytes)
    const answer = await adapter.callback({
      method: http.method,
      path: http.path.slice(prefix.length) || '/',
      query: Object.fromEntries(new URLSearchParams(http.querystring)),
      headers: singleHeaders(http),
      body,
      gone: AbortSignal.any([options.closing, goneSignal(http)]),
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

function goneSignal(http: Context): AbortSignal {
  const gone = new AbortController()
  // A reason of our own: the default one is an error with a stack, made for every request.
  http.res.once('close', () => gone.abort('gone'))
  return gone.signal
}

function write(http: Context, { status, headers, body }: CallbackAnswer): void {
  http.status = status
  http.set({ ...headers })
  const stream = typeof body !== 'string' && !Buffer.isBuffer(body)
  http.body = stream ? Readable.from(body) : body
}
