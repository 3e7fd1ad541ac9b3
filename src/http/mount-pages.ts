import Router from '@koa/router'
import type Koa from 'koa'
import type { Clock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import type { PageLogin } from '../model/login.ts'
import { pageParts } from './board/parts.ts'
import { loopbackOnly } from './loopback-only.ts'
import { pageErrors } from './page-errors.ts'
import { STYLES, STYLES_PATH } from './pages/layout.ts'
import { boardRoutes } from './routes/board.ts'
import { loginRoutes } from './routes/login.ts'
import { sameOrigin } from './same-origin.ts'

const YEAR_S = 31_536_000

export interface PagesGiven {
  readonly logins: readonly PageLogin[]
  /** The real one, for logins and sessions. */
  readonly clock: Clock
}

/**
 * The pages for people: login and board. With a public address they are open to browsers anywhere, by a platform's
 * login; without one they are part of the demo, on this machine only, where one chooses who to be.
 */
export function mountPages(app: Koa, ctx: Ctx, { logins, clock }: PagesGiven): void {
  const { publicUrl } = ctx.settings.http
  const parts = pageParts(ctx, clock, publicUrl === null ? [] : logins)
  const router = new Router()
  router.get(STYLES_PATH, (http) => {
    http.type = 'css'
    http.set('Cache-Control', `public, max-age=${YEAR_S}, immutable`)
    http.body = STYLES
  })
  if (publicUrl === null) router.use(['/login', '/logout', '/board'], loopbackOnly)
  router.use(['/login', '/logout', '/board'], pageErrors(parts), sameOrigin(publicUrl))
  loginRoutes(router, parts)
  boardRoutes(router, ctx, parts)
  app.use(router.routes())
}
