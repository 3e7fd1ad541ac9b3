import { AppError } from '../../src/errors.ts'

/** What an error code of WeCom is about. The words for people stand in the text catalogue, by code and by kind. */
export type FaultKind =
  | 'busy'
  | 'rate'
  | 'token'
  | 'configuration'
  | 'permission'
  | 'recipient'
  | 'payload'
  | 'card'
  | 'group'
  | 'bot'
  | 'customer'
  | 'login'
  | 'unknown'

/**
 * What to do about it. `retry`: the same call again, later. `pause`: no call of this API for a while. `renew`: a new
 * access token, then once more. `stop`: no call at all until an administrator has acted. `drop`: this message cannot
 * be delivered, however often it is tried.
 */
export type FaultAction = 'retry' | 'pause' | 'renew' | 'stop' | 'drop'

export interface Fault {
  readonly errcode: number
  readonly kind: FaultKind
  readonly action: FaultAction
  /** For `stop`: no call of the app works, and not only this one. */
  readonly everything: boolean
}

const ACTIONS: Record<FaultKind, FaultAction> = {
  busy: 'retry',
  rate: 'pause',
  token: 'renew',
  configuration: 'stop',
  permission: 'stop',
  recipient: 'drop',
  payload: 'drop',
  card: 'drop',
  group: 'drop',
  bot: 'drop',
  customer: 'drop',
  login: 'drop',
  unknown: 'retry',
}

/** Source: the global error code table of the WeCom developer documentation (path 90313), by class. */
const CODES: readonly (readonly [FaultKind, readonly number[]])[] = [
  ['busy', [-1, 6000, 45033]],
  ['rate', [45009]],
  ['token', [40001, 40014, 42001, 41001]],
  ['configuration', [40013, 40091, 40056, 301002, 41002, 41004, 50003, 301007]],
  ['permission', [48002, 48006, 48009, 60020, 43012, 84074]],
  ['recipient', [81013, 60111, 40003, 40031, 40032, 82001, 82002, 82003, 82004, 84061, 60011, 50002, 60021]],
  [
    'payload',
    [40058, 40063, 40008, 40033, 44004, 45002, 45008, 40007, 40004, 40005, 40006, 40009, 40123, 45001, 85002],
  ],
  [
    'card',
    [
      42014, 42015, 42016, 42017, 42018, 42019, 42020, 42027, 42028, 42029, 42030, 42031, 42033, 42035, 42036,
      42037, 42038, 42039, 42040, 42041, 42042, 42043, 42044, 42045, 42046, 42047, 42049, 42050, 42051, 42052,
    ],
  ],
  ['group', [86001, 86003, 86004, 86005, 86006, 86007, 86008, 86207, 86215, 86216]],
  ['bot', [93000, 93001, 93004, 93006, 93008, 93017, 93018, 846605, 846608]],
  ['customer', [40096, 40097, 40098, 40099, 40100, 40128, 40129, 40130, 40131, 84083, 41050, 41051, 81017]],
  ['login', [40029, 50001]],
]

/** The smart robot: the request that is answered is unknown, or its stream has ended. The chat can still be written to. */
export const ANSWER_GONE: ReadonlySet<number> = new Set([846605, 846608])

/** The server's own address is not among the trusted ones. */
const UNTRUSTED_ADDRESS = 60020
const KINDS = new Map(CODES.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))

/** A wrong secret, an app that was disabled, or a token of an earlier secret. */
const BAD_SECRET = 40001

/**
 * @param login the call was `gettoken`: no new token would help
 * @param renewed the token was got for this call: then 40001 is about the app. 40014 and 42001 may still be the doing of
 *   another process that got a token since.
 */
export function faultOf(errcode: number, { login = false, renewed = false } = {}): Fault {
  const known = KINDS.get(errcode) ?? 'unknown'
  const lasting = (login && known === 'token') || (renewed && errcode === BAD_SECRET)
  const kind = lasting ? 'configuration' : known
  const everything = kind === 'configuration' || errcode === UNTRUSTED_ADDRESS
  return { errcode, kind, action: ACTIONS[kind], everything }
}

/** How often a stopped app may be tried again: an administrator needs minutes, and wrong secrets block the address. */
export const STOP_MS = 10 * 60_000

/** The error the house understands. A pause and a stop are no attempts: the message waits until calls are taken again. */
export function faultError(api: string, fault: Fault, say: string, waitMs: number): AppError {
  const message = `WeCom ${api}: ${fault.errcode} ${fault.kind}`
  const data = { api, errcode: fault.errcode, kind: fault.kind }
  if (fault.action === 'drop') {
    return new AppError(fault.kind === 'recipient' ? 'not-found' : 'bad-input', message, { say, data })
  }
  if (fault.action === 'retry' || fault.action === 'renew') {
    return new AppError('upstream', message, { say, data })
  }
  const halt = fault.action === 'stop' ? 'stop' : 'pause'
  return new AppError('busy', message, { say, data, retryAfterMs: waitMs, halt })
}
