import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'koa'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { type CookieJar, LOGIN_MS } from './cookie-jar.ts'
import { returnPath } from './return-path.ts'

const NAME = 'liuke-login'

const Pending = z.strictObject({
  state: z.string().regex(/^[0-9a-f]{64}$/),
  platform: z.string(),
  /** Where the person wanted to go. */
  back: z.string(),
  at: z.number(),
})
type Pending = z.infer<typeof Pending>

export interface PendingLogins {
  /** Remembers in the browser that it has begun a login; gives the state that the platform must hand back. */
  begin(http: Context, platform: string, back: string): string
  /** The login this browser has begun under that state, once; null for any other. */
  take(http: Context, platform: string, state: string): Pick<Pending, 'state' | 'back'> | null
}

/**
 * Binds a login to the browser that began it: the state stands in a cookie and in the address, and both must agree.
 * Nothing is stored for a login that may never be finished, so a flood of them fills no database.
 */
export function pendingLogins(clock: Clock, jar: CookieJar): PendingLogins {
  return {
    begin(http, platform, back) {
      const state = randomBytes(32).toString('hex')
      const pending: Pending = { state, platform, back, at: clock.now() }
      jar.set(http, NAME, Buffer.from(JSON.stringify(pending)).toString('base64url'), LOGIN_MS)
      return state
    },
    take(http, platform, state) {
      const pending = parse(jar.get(http, NAME))
      jar.clear(http, NAME)
      if (!pending || pending.platform !== platform || !same(pending.state, state)) return null
      const age = clock.now() - pending.at
      return age >= 0 && age < LOGIN_MS ? { state, back: returnPath(pending.back) } : null
    },
  }
}

function parse(cookie: string | undefined): Pending | null {
  try {
    return Pending.parse(JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString()))
  } catch {
    // Not what we set: as good as absent.
    return null
  }
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
