import type { Middleware } from 'koa'
import { AppError } from '../errors.ts'

/**
 * Lets only forms of our own pages post: browsers name the page a POST comes from, and one that does not say counts
 * as foreign. `origin` is the public address; null on a machine of its own, where the name in `Host` stands for it.
 */
export function sameOrigin(origin: string | null): Middleware {
  return async (http, next) => {
    const own = origin ?? `http://${http.get('Host')}`
    if (http.method === 'POST' && http.get('Origin') !== own) {
      throw new AppError('not-allowed', 'the request comes from another site')
    }
    await next()
  }
}
