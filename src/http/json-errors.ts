import type { Middleware } from 'koa'
import type { Ctx } from '../context.ts'
import { asAppError, isRetryable } from '../errors.ts'
import { textFor } from '../text/index.ts'
import { statusOf } from './status-of.ts'

/** Turns whatever was thrown into one JSON sentence; bugs are logged with their stack, never shown. */
export function jsonErrors(ctx: Ctx): Middleware {
  const sentences = textFor(ctx.settings.locale).common.errors
  return async (http, next) => {
    try {
      await next()
      if (http.status === 404 && http.body === undefined) {
        http.status = 404
        http.body = { error: 'not-found', message: sentences['not-found'] }
      }
    } catch (thrown) {
      const error = asAppError(thrown)
      const requestId: unknown = http.state.requestId
      http.status = statusOf(error)
      if (error.retryAfterMs !== undefined) {
        http.set('Retry-After', String(Math.ceil(error.retryAfterMs / 1000)))
      }
      http.body = { error: error.code, message: error.say ?? sentences[error.code], requestId }
      if (isRetryable(error)) ctx.log.warn({ err: error, requestId }, 'request failed for now')
      else if (http.status >= 500) ctx.log.error({ err: error, requestId }, 'request failed')
    }
  }
}
