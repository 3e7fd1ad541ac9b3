/** What an error of DingTalk is about. The words for people stand in the text catalogue, by code and by kind. */
export type FaultKind =
  | 'busy'
  | 'rate'
  | 'banned'
  | 'quota'
  | 'daily'
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
  | 'login'
  | 'doubt'
  | 'unknown'

const DENIED = 'Forbidden.AccessDenied'

/**
 * Names of the new API (`prefix.*`: everything below it), numbers of the legacy one.
 * Source: the error tables of the DingTalk developer documentation, API by API and the global one of the legacy API.
 */
const CODES: readonly (readonly [FaultKind, readonly string[]])[] = [
  ['busy', ['system.busy', 'system.error', 'systemError', 'server.error', 'unknownError']],
  ['busy', ['ServiceUnavailable', 'send.ding.exception', 'too.many.people', 'too.many.group']],
  ['busy', ['-1', '15', '88']],
  ['rate', [`${DENIED}.QpsLimitForApi`, `${DENIED}.QpsLimitForAppkeyAndApi`]],
  ['rate', [`${DENIED}.QpmLimitForAppkeyAndApi`, 'send.too.fast', 'send.byToken.tooFast']],
  ['rate', ['request.too.frequent', '130101', '660026', '90018', '410100']],
  ['rate', Array.from({ length: 10 }, (_, n) => String(90001 + n))],
  ['quota', [`${DENIED}.ApiCountLimitForOrg`, '90020']],
  ['daily', ['daily.call.limit']],
  ['token', ['InvalidAuthentication', '40014', '40001', '42001']],
  ['credentials', ['invalidClientIdOrSecret', 'authFailed', '40096', '40089']],
  ['credentials', ['invalid.client', 'unauthorized.client']],
  ['network', [`${DENIED}.IpNotInWhiteList`, 'ip.not.match', '60020']],
  ['permission', [`${DENIED}.AccessTokenPermissionDenied`, '60011', 'unauthorized', 'auth.error']],
  ['permission', ['systemError.appNotExists', 'crm.not.installed', 'systemError.notPermittedAccess']],
  ['robot', ['invalidParameter.robotCode.*', 'bot.stopped', 'bot.forbidden.sendMessage', 'send.forbidden']],
  ['robot', ['chatbotId.notAllow.sendOTO', 'resource.not.found', 'resource.unavailable']],
  ['robot', ['310000', '400101', '400102']],
  ['recipient', ['staffId.notExisted', 'robot.oto.notExist', 'illegal.receivers', 'receivers.exceed']],
  ['recipient', ['param.userIdNotExist', 'creatorUserId.not.exists', '33012', '60121', '60003']],
  ['recipient', ['50002', '50004', '40104']],
  ['group', ['group.disbanded', 'invalid.openConversationId', 'conversation.org.notMatch']],
  ['group', ['miss.openConversationId', 'session.expired', 'session.notExisted', '300001', '300005']],
  ['group', ['400013', '400106', 'only.groupAdmin.canAtAll']],
  ['content', ['contain.unsafe.url', 'contain.notAllowed.*', 'param.contentUnsafe']],
  ['content', ['430101', '430102', '430103', '430104']],
  ['template', ['param.templateNotExist', 'param.templateUnpublished', 'param.cardTemplateIdEmpty']],
  ['template', ['template.not.existed', 'template.stopped']],
  ['exists', ['param.cardAlreadyExist']],
  ['login', ['40078']],
  ['doubt', ['unknown.send.result', '504']],
  ['payload', ['invalidParameter.*', 'miss.param.*', 'param.*', 'AuthenticationFailed.MissingParameter']],
  ['payload', ['invalid.processQueryKey', 'processQueryKey.expireTime', 'sendMessage.model.notMatch']],
  ['payload', ['count.exceeds.limit', 'same.data.exists', 'data.format.error', 'noPermission.to.setField']],
  ['payload', ['unsupported.grant.type', '101002', '460101', '40035', '400002', '40004', '22', '404']],
  ['payload', ['400105', '43004']],
]

const EXACT = new Map(CODES.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))
const PREFIXES = [...EXACT].filter(([code]) => code.endsWith('.*'))

/** Null for a code that is in no table. */
export function kindOf(code: string): FaultKind | null {
  return EXACT.get(code) ?? PREFIXES.find(([name]) => code.startsWith(name.slice(0, -1)))?.[1] ?? null
}

/** The rate says for how long it holds: a second, but for these. */
export const LONG_RESTS: ReadonlyMap<string, number> = new Map([
  [`${DENIED}.QpmLimitForAppkeyAndApi`, 60_000],
  ['660026', 60_000],
  // A group robot that sent more than 20 messages within a minute.
  ['410100', 600_000],
])
