import { z } from 'zod'
import { AppError } from '../../src/errors.ts'
import type { HttpAnswer } from './transport.ts'

/** What an error of DingTalk is about. The words for people stand in the text catalogue, by code and by kind. */
export type FaultKind =
  | 'busy'
  | 'rate'
  | 'banned'
  | 'quota'
  | 'token'
  | 'credentials'
  | 'network'
  | 'permission'
  | 'robot'
  | 'recipient'
  | 'group'
  | 'content'
  | 'payload'
  | 'template'
  | 'exists'
  | 'doubt'
  | 'unknown'

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
  doubt: ['doubt', 0],
  unknown: ['drop', 0],
}

/** Names of the new API (`prefix.*`: everything below it), numbers of the legacy one. */
const CODES: readonly (readonly [FaultKind, readonly string[]])[] = [
  [
    'busy',
    [
      'system.busy',
      'system.error',
      'systemError',
      'unknownError',
      'ServiceUnavailable',
      'send.ding.exception',
    ],
  ],
  ['busy', ['too.many.people', 'too.many.group', '-1', '15', '88']],
  ['rate', ['Forbidden.AccessDenied.QpsLimitForApi', 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi']],
  ['rate', ['Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', 'send.too.fast', 'send.byToken.tooFast']],
  ['rate', ['request.too.frequent', '130101', '660026', '90018', '410100']],
  ['rate', Array.from({ length: 10 }, (_, n) => String(90001 + n))],
  ['quota', ['Forbidden.AccessDenied.ApiCountLimitForOrg', '90020', 'daily.call.limit']],
  ['token', ['InvalidAuthentication', '40014', '40001', '42001']],
  [
    'credentials',
    ['invalidClientIdOrSecret', 'authFailed', '40096', '40089', 'invalid.client', 'unauthorized.client'],
  ],
  ['network', ['Forbidden.AccessDenied.IpNotInWhiteList', 'ip.not.match', '60020']],
  [
    'permission',
    ['Forbidden.AccessDenied.AccessTokenPermissionDenied', '60011', 'unauthorized', 'auth.error'],
  ],
  ['robot', ['invalidParameter.robotCode.*', 'bot.stopped', 'bot.forbidden.sendMessage', 'send.forbidden']],
  ['robot', ['chatbotId.notAllow.sendOTO', 'resource.not.found', 'resource.unavailable']],
  ['recipient', ['staffId.notExisted', 'robot.oto.notExist', 'illegal.receivers', 'receivers.exceed']],
  ['recipient', ['param.userIdNotExist', '33012', '60121', '50002']],
  [
    'group',
    ['group.disbanded', 'invalid.openConversationId', 'conversation.org.notMatch', 'miss.openConversationId'],
  ],
  ['group', ['session.expired', 'session.notExisted', '300001', '300005']],
  ['content', ['contain.unsafe.url', 'contain.notAllowed.*', 'param.contentUnsafe']],
  ['template', ['param.templateNotExist', 'param.templateUnpublished', 'param.cardTemplateIdEmpty']],
  ['template', ['template.not.existed', 'template.stopped']],
  ['exists', ['param.cardAlreadyExist']],
  ['doubt', ['unknown.send.result', '504']],
  ['payload', ['invalidParameter.*', 'miss.param.*', 'param.*', 'AuthenticationFailed.MissingParameter']],
  ['payload', ['101002', '460101', '40035', '400002', '40004', '22', '404']],
]

const EXACT = new Map(CODES.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))
const PREFIXES = [...EXACT].filter(([code]) => code.endsWith('.*'))

const text = z.union([z.string(), z.number()]).transform(String)
/** Both shapes at once; the new API spells the detail in several ways. */
const Body = z.looseObject({
  code: text.optional(),
  errcode: text.optional(),
  sub_code: text.optional(),
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
  if (good && fields.errcode !== undefined) return faultNamed(codeOf(fields.errcode, fields.sub_code), null)
  // A page in place of JSON: a proxy, or the ban of this address.
  if (good) return parsed.success ? null : faultNamed('not JSON', 'busy')
  const scopes = fields.accessdenieddetail?.requiredScopes ?? []
  return { ...faultNamed(fields.code ?? String(status), statusKind(status)), scopes }
}

/** Code 88 wraps the code of the platform; without one the authentication service timed out. */
function codeOf(errcode: string, sub: string | undefined): string {
  return errcode === '88' && sub ? sub : errcode
}

/** For codes that are in no table: 401 is an expired token, other 4xx are final, 5xx pass. */
function statusKind(status: number): FaultKind | null {
  if (status === 401) return 'token'
  if (status === 504) return 'doubt'
  return status >= 500 ? 'busy' : null
}

/** What a code stands for; `otherwise` for one that is in no table. */
export function faultNamed(code: string, otherwise: FaultKind | null): Fault {
  const prefix = PREFIXES.find(([name]) => code.startsWith(name.slice(0, -1)))?.[1]
  const kind = EXACT.get(code) ?? prefix ?? otherwise ?? 'unknown'
  const [action, waitMs] = ACTIONS[kind]
  return {
    code,
    kind,
    action,
    waitMs: code.includes('.Qpm') || code === '660026' ? MINUTE_MS : waitMs,
    scopes: [],
  }
}

/** The error the house understands. Stops are `busy` too: the message waits while an administrator acts. */
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
  return new AppError('busy', message, { say, data, retryAfterMs: waitMs })
}
