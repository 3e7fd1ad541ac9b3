import type { Middleware } from 'koa'
import { AppError } from '../errors.ts'

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i
const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/i

/**
 * Lets only this machine in. The name in `Host` is checked too: a web page elsewhere can point its own name at
 * 127.0.0.1 (DNS rebinding), but it cannot make the browser send `Host: localhost`.
 */
export const loopbackOnly: Middleware = async (http, next) => {
  const near = LOOPBACK_ADDRESS.test(http.req.socket.remoteAddress ?? '')
  if (!near || !LOOPBACK_HOST.test(http.get('Host'))) {
    throw new AppError('not-allowed', 'this page answers this machine only')
  }
  await next()
}
