import type { Middleware } from 'koa'
import { asAppError, isRetryable } from '../errors.ts'
import type { PageParts } from './board/parts.ts'
import { PAGE_HEADERS } from './pages/layout.ts'
import { troublePage } from './pages/login-page.ts'
import { statusOf } from './status-of.ts'

/** Headers of every page, and one sentence for a person in place of whatever was thrown. */
export function pageErrors({ ctx, frame }: PageParts): Middleware {
  return async (http, next) => {
    http.set(PAGE_HEADERS)
    http.type = 'html'
    try {
      await next()
    } catch (thrown) {
      const error = asAppError(thrown)
      http.status = statusOf(error)
      http.type = 'html'
      http.body = troublePage(error.say ?? frame.text.common.errors[error.code], frame)
      if (isRetryable(error)) ctx.log.warn({ err: error }, 'a page failed for now')
      else if (http.status >= 500) ctx.log.error({ err: error }, 'a page failed')
    }
  }
}
