import Router from '@koa/router'
import Koa from 'koa'
import type { Ctx } from '../context.ts'
import type { Adapter } from '../model/chat.ts'
import { PLAYGROUND } from '../model/playground.ts'
import { jsonErrors } from './json-errors.ts'
import { loopbackOnly } from './loopback-only.ts'
import { createMetrics } from './metrics.ts'
import { mountAdapter } from './mount-adapter.ts'
import { mountPages, type PagesGiven } from './mount-pages.ts'
import { requestLog } from './request-log.ts'
import { healthRoutes } from './routes/health.ts'
import { homeRoute } from './routes/home.ts'
import { metricsRoute } from './routes/metrics.ts'
import { surveysRoute } from './routes/surveys.ts'
import { securityHeaders } from './security-headers.ts'

export interface HttpParts {
  readonly adapters: readonly Adapter[]
  /** Aborts when the server stops: open streams end. */
  readonly closing: AbortSignal
  readonly pages: PagesGiven
}

/** Everything Liuke answers over HTTP, as a Koa application that listens nowhere yet. */
export function createApp(ctx: Ctx, parts: HttpParts): Koa {
  const app = new Koa()
  app.silent = true
  app.use(requestLog(ctx))
  app.use(securityHeaders)
  app.use(jsonErrors(ctx))
  // Callbacks first: they are most of the traffic, and matching the router's paths costs more than theirs.
  mountCallbacks(app, ctx, parts)
  app.use(ownRoutes(ctx, parts.adapters).routes())
  const playground = parts.adapters.some((adapter) => adapter.name === PLAYGROUND)
  if (playground || ctx.settings.http.publicUrl !== null) mountPages(app, ctx, parts.pages)
  mountPlayground(app, ctx, parts)
  return app
}

function ownRoutes(ctx: Ctx, adapters: readonly Adapter[]): Router {
  const router = new Router()
  healthRoutes(router, ctx, adapters)
  metricsRoute(router, createMetrics(ctx, adapters))
  const { writeKey } = ctx.settings.http
  if (writeKey !== undefined) surveysRoute(router, ctx, writeKey)
  homeRoute(
    router,
    ctx,
    adapters.some((adapter) => adapter.name === PLAYGROUND),
  )
  return router
}

function mountCallbacks(app: Koa, ctx: Ctx, { adapters, closing }: HttpParts): void {
  const options = { bodyLimitBytes: ctx.settings.http.bodyLimitBytes, closing }
  for (const adapter of adapters) {
    if (adapter.name !== PLAYGROUND) app.use(mountAdapter(`/callbacks/${adapter.name}`, adapter, options))
  }
}

function mountPlayground(app: Koa, ctx: Ctx, { adapters, closing }: HttpParts): void {
  const playground = adapters.find((adapter) => adapter.name === PLAYGROUND)
  if (!playground) return
  const options = { bodyLimitBytes: ctx.settings.http.bodyLimitBytes, closing }
  const mount = mountAdapter('/playground', playground, options)
  app.use((http, next) => {
    if (!http.path.startsWith('/playground')) return next()
    if (ctx.settings.playground.trustRemote) return mount(http, next)
    return loopbackOnly(http, async () => void (await mount(http, next)))
  })
}
