import type Router from '@koa/router'
import type { Metrics } from '../metrics.ts'

/** `/metrics` in the Prometheus text format. */
export function metricsRoute(router: Router, metrics: Metrics): void {
  router.get('/metrics', async (http) => {
    http.body = await metrics.scrape()
    http.set('Content-Type', metrics.contentType)
  })
}
