import { randomUUID } from 'node:crypto'
import type { Middleware } from 'koa'
import { stopwatch } from '../clock.ts'
import type { Ctx } from '../context.ts'

/**
 * Gives every request an id and one log line: method, path, status, seconds. Never the query or the body: they
 * may carry names, text and signatures.
 */
export function requestLog(ctx: Ctx): Middleware {
  return async (http, next) => {
    const requestId = randomUUID()
    const seconds = stopwatch()
    http.state.requestId = requestId
    http.set('X-Request-Id', requestId)
    try {
      await next()
    } finally {
      const facts = {
        requestId,
        method: http.method,
        path: http.path,
        status: http.status,
        seconds: seconds(),
      }
      if (http.status >= 500) ctx.log.warn(facts, 'http request')
      else if (http.status >= 400) ctx.log.info(facts, 'http request')
      else ctx.log.debug(facts, 'http request')
    }
  }
}
