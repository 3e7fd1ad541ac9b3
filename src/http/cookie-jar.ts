import type { Context } from 'koa'

/** How long a login that was begun may take. */
export const LOGIN_MS = 10 * 60_000

export interface CookieJar {
  get(http: Context, name: string): string | undefined
  set(http: Context, name: string, value: string, lifeMs: number): void
  clear(http: Context, name: string): void
}

/**
 * Cookies that no script reads and no other site's form sends. With `secure` they travel over https only and no other
 * name of the domain can plant them (`__Host-`); without it, on this machine's own http, browsers would drop such.
 */
export function cookieJar(secure: boolean): CookieJar {
  const nameOf = (name: string): string => (secure ? `__Host-${name}` : name)
  const put = (http: Context, name: string, value: string | null, maxAge: number): void => {
    // TLS ends at the proxy in front of us: the connection itself does not show it.
    http.cookies.secure = secure
    http.cookies.set(nameOf(name), value, { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge })
  }
  return {
    get: (http, name) => http.cookies.get(nameOf(name)),
    set: put,
    clear: (http, name) => put(http, name, null, 0),
  }
}
