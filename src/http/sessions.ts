import { createHash, randomBytes } from 'node:crypto'
import type { Context } from 'koa'
import { type Ctx, inTransaction } from '../context.ts'
import type { Member } from '../model/member.ts'
import { memberByIdentity } from '../store/members.ts'
import { endSession, forgetSessions, keepSession, sessionUnder } from '../store/page-sessions.ts'
import { type CookieJar, LOGIN_MS } from './cookie-jar.ts'

const HOUR_MS = 3_600_000
/** A workday and a half; then the platform is asked again. */
export const SESSION_MS = 12 * HOUR_MS
const NAME = 'liuke'
const TOKEN = /^[\w-]{43}$/

export interface Sessions {
  /** Logs the browser in; a session it had before ends, so that nobody goes on with a value known to another. */
  signIn(http: Context, who: { platform: string; person: string }, member: Member): Promise<void>
  /**
   * Who is logged in. Asked anew at every request: whoever left, was unbound, or was bound to somebody else since
   * has no access any more.
   */
  memberOf(http: Context): Promise<Member | null>
  signOut(http: Context): Promise<void>
}

/**
 * Sessions are rows of the store, not sealed cookies: a logout ends them for every copy of the cookie, and all
 * processes know them without sharing a key. The browser has 256 random bits; the store has their hash, so that
 * neither a backup nor the time a comparison takes tells a value that works.
 */
export function createSessions(ctx: Ctx, jar: CookieJar): Sessions {
  async function signOut(http: Context): Promise<void> {
    const key = keyIn(jar.get(http, NAME))
    if (key !== null) await endSession(ctx, key)
    jar.clear(http, NAME)
  }

  return {
    signOut,
    async signIn(http, { platform, person }, member) {
      const now = ctx.clock.now()
      const token = randomBytes(32).toString('base64url')
      await inTransaction(ctx, async (ctx) => {
        const before = keyIn(jar.get(http, NAME))
        if (before !== null) await endSession(ctx, before)
        await forgetSessions(ctx, { session: now - SESSION_MS, login: now - LOGIN_MS })
        await keepSession(ctx, hashOf(token), { platform, person, memberId: member.id, since: now })
      })
      jar.set(http, NAME, token, SESSION_MS)
    },
    async memberOf(http) {
      const key = keyIn(jar.get(http, NAME))
      const session = key === null ? null : await sessionUnder(ctx, key)
      if (!session || ctx.clock.now() - session.since >= SESSION_MS) return null
      const member = await memberByIdentity(ctx, session.platform, session.person)
      return member?.active && member.id === session.memberId ? member : null
    },
  }
}

function keyIn(token: string | undefined): string | null {
  return token !== undefined && TOKEN.test(token) ? hashOf(token) : null
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
