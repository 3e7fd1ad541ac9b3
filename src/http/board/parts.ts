import type { Context } from 'koa'
import type { Clock } from '../../clock.ts'
import type { Ctx } from '../../context.ts'
import type { PageLogin } from '../../model/login.ts'
import { textFor } from '../../text/index.ts'
import { cookieJar } from '../cookie-jar.ts'
import type { PageFrame } from '../pages/layout.ts'
import { type PendingLogins, pendingLogins } from '../pending-login.ts'
import { createSessions, type Sessions } from '../sessions.ts'

/** What the pages of the board share. */
export interface PageParts {
  /** On the real clock: a demo whose days are skipped must not log anybody out. */
  readonly ctx: Ctx
  readonly frame: PageFrame
  readonly logins: readonly PageLogin[]
  readonly sessions: Sessions
  readonly pending: PendingLogins
  /** Without an account one may choose who to be: the playground, on this machine only. */
  readonly demo: boolean
  /** The address of the pages as browsers know it, without a slash at the end. */
  originOf(http: Context): string
}

export function pageParts(ctx: Ctx, clock: Clock, logins: readonly PageLogin[]): PageParts {
  const { publicUrl } = ctx.settings.http
  const { locale } = ctx.settings
  const real = { ...ctx, clock }
  const jar = cookieJar(publicUrl !== null)
  return {
    ctx: real,
    frame: { text: textFor(locale), locale },
    logins,
    sessions: createSessions(real, jar),
    pending: pendingLogins(clock, jar),
    demo: publicUrl === null,
    originOf: (http) => publicUrl ?? `http://${http.get('Host')}`,
  }
}
