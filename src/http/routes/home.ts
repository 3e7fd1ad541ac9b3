import type Router from '@koa/router'
import type { Ctx } from '../../context.ts'
import { textFor } from '../../text/index.ts'
import { homePage } from '../pages/home.ts'

/** `/` leads to the playground when there is one, and says that the service runs otherwise. */
export function homeRoute(router: Router, ctx: Ctx, playground: boolean): void {
  router.get('/', (http) => {
    if (playground) return http.redirect('/playground/')
    http.type = 'html'
    http.body = homePage(textFor(ctx.settings.locale), ctx.settings.locale)
  })
  router.get('/playground', async (http, next) => {
    // Relative addresses of the page need the slash; `/playground/` has one already and goes on.
    if (playground && !http.path.endsWith('/')) return http.redirect('/playground/')
    await next()
  })
}
