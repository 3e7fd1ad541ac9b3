import { z } from 'zod'
import { AppError, type Halt } from '../../src/errors.ts'
import { type FaultKind, kindOf, LONG_RESTS } from './code-table.ts'
import type { HttpAnswer } from './transport.ts'

/**
 * What to do about it. `retry`: the same call again, later. `pause`: no call of this API for a while. `renew`: a new
 * access token, then once more. `stop`: no call of this API until an administrator has acted; `stop-all`: no call at
 * all. `drop`: it cannot be delivered, however often it is tried. `doubt`: it may have been delivered.
 */
export type FaultAction = 'retry' | 'pause' | 'renew' | 'stop' | 'stop-all' | 'drop' | 'doubt'

export interface Fault {
  /** The platform's code: a name of the new API, a number of the legacy one, else the HTTP status. */
  readonly code: string
  readonly kind: FaultKind
  readonly action: FaultAction
  /** For `pause` and both stops. */
  readonly waitMs: number
  /** Permissions that the app lacks, as the platform names them. */
  readonly scopes: readonly string[]
}

const MINUTE_MS = 60_000
/** An administrator needs minutes; a quota may be bought at any time. */
const ADMIN_MS = 10 * MINUTE_MS
const QUOTA_MS = 4 * 60 * MINUTE_MS

const ACTIONS: Record<FaultKind, readonly [FaultAction, number]> = {
  busy: ['retry', 0],
  rate: ['pause', 1_000],
  banned: ['stop-all', 5 * MINUTE_MS],
  quota: ['stop-all', QUOTA_MS],
  daily: ['stop', QUOTA_MS],
  token: ['renew', 0],
  credentials: ['stop-all', ADMIN_MS],
  network: ['stop-all', ADMIN_MS],
  permission: ['stop', ADMIN_MS],
  robot: ['stop', ADMIN_MS],
  recipient: ['drop', 0],
  group: ['drop', 0],
  content: ['drop', 0],
  payload: ['drop', 0],
  template: ['drop', 0],
  exists: ['drop', 0],
  login: ['drop', 0],
  doubt: ['doubt', 0],
  unknown: ['drop', 0],
}

/** What only an administrator mends; every other rest ends by itself. */
const FOR_ADMIN: ReadonlySet<FaultKind> = new Set(['quota', 'credentials', 'network', 'permission', 'robot'])

const text = z.union([z.string(), z.number()]).transform(String)
/** Both shapes at once; the new API spells the detail in several ways. */
const Body = z.looseObject({
  code: text.optional(),
  errcode: text.optional(),
  sub_code: text.optional(),
  errmsg: z.string().optional(),
  sub_msg: z.string().optional(),
  accessdenieddetail: z.looseObject({ requiredScopes: z.array(z.string()).optional() }).optional(),
  punish: z.string().optional(),
})

/** What was refused, or null when the call succeeded: the legacy API says so in the body, under HTTP 200. */
export function faultOf({ status, body }: HttpAnswer): Fault | null {
  const parsed = Body.safeParse(body)
  const fields = parsed.success ? parsed.data : {}
  if (fields.punish !== undefined) return faultNamed('banned', 'banned')
  const good = status >= 200 && status < 300
  if (good && fields.errcode === '0') return null
  if (good && fields.errcode !== undefined) {
    const fault = faultNamed(codeOf(fields.errcode, fields.sub_code), null)
    return { ...fault, scopes: scopesIn(`${fields.sub_msg ?? ''} ${fields.errmsg ?? ''}`) }
  }
  // A page in place of JSON: a proxy, or the ban of this address.
  if (good) return parsed.success ? null : faultNamed('not JSON', 'busy')
  const scopes = fields.accessdenieddetail?.requiredScopes ?? []
  return { ...faultNamed(fields.code ?? String(status), statusKind(status)), scopes }
}

/** Code 88 wraps the code of the platform; without one the authentication service timed out. */
function codeOf(errcode: string, sub: string | undefined): string {
  return errcode === '88' && sub ? sub : errcode
}

/** The legacy API names missing permissions within a sentence: `requiredScopes=[a,b]`. */
function scopesIn(message: string): readonly string[] {
  const [, list = ''] = /requiredScopes=\[([^\]]*)\]/.exec(message) ?? []
  return list.split(',').flatMap((scope) => scope.trim() || [])
}

/** For codes that are in no table: 401 is an expired token, other 4xx are final, 5xx pass. */
function statusKind(status: number): FaultKind | null {
  if (status === 401) return 'token'
  if (status === 429) return 'rate'
  if (status === 504) return 'doubt'
  return status >= 500 ? 'busy' : null
}

/** What a code stands for; `otherwise` for one that is in no table. */
export function faultNamed(code: string, otherwise: FaultKind | null): Fault {
  const kind = kindOf(code) ?? otherwise ?? 'unknown'
  const [action, waitMs] = ACTIONS[kind]
  return { code, kind, action, waitMs: LONG_RESTS.get(code) ?? waitMs, scopes: [] }
}

/** The error the house understands. A rest is no attempt: the message waits until calls are taken again. */
export function faultError(
  api: string,
  { code, kind, action, waitMs, scopes }: Fault,
  say: string,
): AppError {
  const message = `DingTalk ${api}: ${code} (${kind})`
  const data = { api, errcode: code, kind, doubt: action === 'doubt', ...(scopes.length > 0 && { scopes }) }
  if (action === 'drop') {
    const gone = kind === 'recipient' || kind === 'group'
    return new AppError(gone ? 'not-found' : 'bad-input', message, { say, data })
  }
  if (action === 'retry' || action === 'renew' || action === 'doubt') {
    return new AppError('upstream', message, { say, data })
  }
  const halt: Halt = FOR_ADMIN.has(kind) ? 'stop' : 'pause'
  return new AppError('busy', message, { say, data, retryAfterMs: waitMs, halt })
}
