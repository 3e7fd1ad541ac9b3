import { describe, expect, it } from 'vitest'
import { type Fault, faultError, faultOf } from '../../adapters/dingtalk/codes.ts'
import type { AppError } from '../../src/errors.ts'
import { textFor } from '../../src/text/index.ts'

/** What becomes of a message: `admin` waits until somebody has acted, `waits` goes on by itself. */
type Fate = 'final' | 'again' | 'renew' | 'waits' | 'admin' | 'doubt'

const DENIED = 'Forbidden.AccessDenied'
const below = (prefix: string, names: string): string[] => names.split(' ').map((name) => `${prefix}.${name}`)

/** Every code that the documentation of the new API names for the calls we make: [HTTP status, fate, codes]. */
const MODERN: readonly (readonly [number, Fate, readonly string[]])[] = [
  [400, 'renew', ['InvalidAuthentication']],
  [401, 'renew', ['anything']],
  [401, 'admin', ['authFailed', 'unauthorized.client']],
  [400, 'admin', ['invalidClientIdOrSecret', 'invalid.client']],
  [400, 'final', ['AuthenticationFailed.MissingParameter', 'unsupported.grant.type']],
  [403, 'admin', below(DENIED, 'AccessTokenPermissionDenied IpNotInWhiteList ApiCountLimitForOrg')],
  [403, 'waits', below(DENIED, 'QpsLimitForApi QpsLimitForAppkeyAndApi QpmLimitForAppkeyAndApi')],
  [404, 'final', ['anything']],
  [429, 'waits', ['anything']],
  [500, 'again', ['unknownError', 'system.error', 'system.busy', 'ServiceUnavailable', 'server.error']],
  [500, 'again', ['send.ding.exception', 'systemError', 'anything']],
  [503, 'again', ['anything']],
  [504, 'doubt', ['anything']],
  [400, 'doubt', ['unknown.send.result']],
  [400, 'waits', ['send.too.fast', 'send.byToken.tooFast', 'request.too.frequent', 'daily.call.limit']],
  [400, 'again', ['too.many.people', 'too.many.group']],
  [400, 'final', below('invalidParameter', 'robotCode userIds.empty userIds.overMax userId.empty')],
  [400, 'final', below('invalidParameter', 'msgKey.empty msgKey.invalid msgParam.invalid msgParam.tooLong')],
  [400, 'final', below('invalidParameter', 'msgBody.invalid param.invalid msg.unsupport')],
  [
    400,
    'final',
    ['invalidParameter.processQueryKey.missing', 'miss.param.anything', 'miss.openConversationId'],
  ],
  [400, 'final', ['invalid.processQueryKey', 'processQueryKey.expireTime', 'sendMessage.model.notMatch']],
  [400, 'admin', below('invalidParameter.robotCode', 'empty notExsit auth invalid coolApp')],
  [400, 'final', ['template.not.existed', 'template.stopped']],
  [
    400,
    'admin',
    ['bot.stopped', 'bot.forbidden.sendMessage', 'send.forbidden', 'chatbotId.notAllow.sendOTO'],
  ],
  [
    400,
    'admin',
    ['unauthorized', 'auth.error', 'resource.not.found', 'resource.unavailable', 'ip.not.match'],
  ],
  [
    400,
    'final',
    ['staffId.notExisted', 'robot.oto.notExist', 'group.disbanded', 'invalid.openConversationId'],
  ],
  [400, 'final', ['conversation.org.notMatch', 'illegal.receivers', 'receivers.exceed', 'session.expired']],
  [400, 'final', ['only.groupAdmin.canAtAll', 'session.notExisted', 'contain.unsafe.url']],
  [400, 'final', below('contain.notAllowed', 'text picture content')],
  [400, 'final', below('param', 'empty invalid outTrackIdEmpty openSpaceIdEmpty openSpaceIdInvalid')],
  [400, 'final', below('param', 'openDeliverModelEmpty openDeliverModelError openSpaceModelInvalid')],
  [400, 'final', below('param', 'cardTemplateIdEmpty cardPublicDataEmpty userIdEmpty userIdNotExist')],
  [400, 'final', below('param', 'contentUnsafe cardNotExist cardAlreadyExist templateNotExist')],
  [400, 'final', below('param', 'templateUnpublished cardDataAndPrivateDataBothEmpty')],
  [
    400,
    'final',
    ['count.exceeds.limit', 'same.data.exists', 'data.format.error', 'creatorUserId.not.exists'],
  ],
  [400, 'final', ['noPermission.to.setField']],
  [400, 'admin', ['systemError.appNotExists', 'crm.not.installed', 'systemError.notPermittedAccess']],
  [400, 'final', ['never.seen']],
]

/** The legacy API: always HTTP 200, the code in the body, or in `sub_code` beside 88. */
const LEGACY: readonly (readonly [Fate, readonly number[]])[] = [
  ['renew', [40014, 40001, 42001]],
  ['admin', [60011, 60020, 90020, 40096, 40089]],
  ['waits', [90018, 90001, 90002, 90003, 90004, 90005, 90006, 90007, 90008, 90009, 90010, 130101, 660026]],
  ['again', [15, -1]],
  ['final', [22, 404, 33012, 60121, 60003, 50002, 50004, 400002, 40035, 40104, 40078, 40004, 123_456]],
  // Answers over the webhook of a chat.
  ['final', [300001, 300005, 460101, 101002]],
  // Group robots.
  ['admin', [310000, 400101, 400102]],
  ['waits', [410100]],
  ['final', [400013, 400105, 400106, 430101, 430102, 430103, 430104, 43004]],
]

const fates = (fault: Fault): Fate => fateOf(faultError('api', fault, 'say'))

function fateOf({ code, halt, data }: AppError): Fate {
  if (data.doubt === true) return 'doubt'
  if (halt !== undefined) return halt === 'stop' ? 'admin' : 'waits'
  return code === 'upstream' ? 'again' : 'final'
}

function refused(status: number, body: object): Fault {
  const fault = faultOf({ status, body })
  if (!fault) throw new Error('no fault')
  return fault
}

const modern = MODERN.flatMap(([status, fate, codes]) => codes.map((code) => [status, code, fate] as const))
const legacy = LEGACY.flatMap(([fate, codes]) => codes.map((code) => [code, fate] as const))

describe('every documented code has a fate', () => {
  it.each(modern)('HTTP %i %s: %s', (status, code, fate) => {
    const fault = refused(status, { code, message: 'x', requestid: 'r' })
    expect(fault.action === 'renew' ? 'renew' : fates(fault)).toBe(fate)
  })

  it.each(legacy)('errcode %i: %s, the same when 88 wraps it', (code, fate) => {
    for (const body of [
      { errcode: code },
      { errcode: String(code) },
      { errcode: 88, sub_code: String(code) },
    ]) {
      const fault = refused(200, { ...body, errmsg: 'x' })
      expect(fault.action === 'renew' ? 'renew' : fates(fault)).toBe(fate)
      expect(fault.code).toBe(String(code))
    }
  })

  it('88 alone is a time-out of the platform', () => {
    for (const body of [{ errcode: 88 }, { errcode: 88, sub_code: '' }])
      expect(fates(refused(200, body))).toBe('again')
  })

  it.each(['zh-CN', 'en'] as const)('and a sentence for the administrator in %s', (locale) => {
    const { codes, kinds } = textFor(locale).dingtalk
    const known = [
      ...modern.map(([status, code]) => refused(status, { code })),
      ...legacy.map(([errcode]) => refused(200, { errcode })),
    ]
    for (const { code, kind } of known) expect(codes[code] ?? kinds[kind], code).toMatch(/[。.]$/)
  })

  it('a rest lasts as long as the platform’s own', () => {
    expect(refused(403, { code: `${DENIED}.QpsLimitForApi` }).waitMs).toBe(1_000)
    expect(refused(403, { code: `${DENIED}.QpmLimitForAppkeyAndApi` }).waitMs).toBe(60_000)
    expect(refused(200, { errcode: 660_026 }).waitMs).toBe(60_000)
    expect(refused(200, { errcode: 410_100 }).waitMs).toBe(600_000)
    expect(refused(403, { status: 1111, wait: 5, punish: 'deny' })).toMatchObject({
      kind: 'banned',
      waitMs: 300_000,
    })
  })
})
