import type { Middleware } from 'koa'

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
}

/** The strictest headers by default; a page that needs more says so itself. */
export const securityHeaders: Middleware = async (http, next) => {
  http.set(HEADERS)
  await next()
}
