import { describe, expect, it } from 'vitest'
import { faultError, faultOf } from '../../adapters/dingtalk/codes.ts'
import { createQuota } from '../../adapters/dingtalk/quota.ts'
import { loadSettings } from '../../src/config.ts'
import { AppError, isRetryable } from '../../src/errors.ts'
import { createLog } from '../../src/log.ts'
import { Settings } from '../../src/settings.ts'
import { textFor } from '../../src/text/index.ts'
import { fc } from '../support/fast-check.ts'
import { frozenClock } from '../support/test-ctx.ts'

const modern = (status: number, code: string) =>
  faultOf({ status, body: { code, message: 'x', requestid: 'r' } })
const legacy = (errcode: unknown) => faultOf({ status: 200, body: { errcode } })

describe('errors of the new API', () => {
  it.each([
    ['staffId.notExisted', 'recipient'],
    ['group.disbanded', 'group'],
    ['param.templateNotExist', 'template'],
    ['param.cardAlreadyExist', 'exists'],
    ['param.somethingElse', 'payload'],
    ['invalidParameter.robotCode.notExsit', 'robot'],
    ['contain.notAllowed.picture', 'content'],
  ])('%s is about the %s', (code, kind) => {
    expect(modern(400, code)).toMatchObject({ code, kind })
  })

  it('tell which permission is missing', () => {
    const accessdenieddetail = { requiredScopes: ['Card.Instance.Write'] }
    const code = 'Forbidden.AccessDenied.AccessTokenPermissionDenied'
    expect(faultOf({ status: 403, body: { code, accessdenieddetail } })?.scopes).toEqual([
      'Card.Instance.Write',
    ])
  })
})

describe('errors of the legacy API, under HTTP 200', () => {
  it('tell which permissions are missing within their sentence', () => {
    const sub_msg = '没有调用该接口的权限,requiredScopes=[qyapi_get_department_member, qyapi_base]'
    expect(faultOf({ status: 200, body: { errcode: 88, sub_code: '60011', sub_msg } })).toMatchObject({
      kind: 'permission',
      scopes: ['qyapi_get_department_member', 'qyapi_base'],
    })
  })

  it('numbers may be words; success has no fault', () => {
    expect(legacy('0')).toBeNull()
    expect(legacy(0)).toBeNull()
    expect(faultOf({ status: 200, body: { processQueryKey: 'k' } })).toBeNull()
  })

  it('pages in place of answers are no success', () => {
    expect(faultOf({ status: 200, body: null })).toMatchObject({ kind: 'busy' })
    expect(faultOf({ status: 502, body: null })).toMatchObject({ kind: 'busy' })
    const ban = { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'u' }
    expect(faultOf({ status: 200, body: ban })).toMatchObject({ kind: 'banned', waitMs: 300_000 })
  })

  it('whatever is answered makes no exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 100, max: 599 }), (body, status) => {
        const fault = faultOf({ status, body })
        if (status >= 300) expect(fault).not.toBeNull()
      }),
    )
  })
})

describe('errors of the house', () => {
  it('are tried again exactly when trying helps', () => {
    const retried = ['system.busy', 'send.too.fast', 'InvalidAuthentication', 'bot.stopped', 'authFailed']
    const final = ['staffId.notExisted', 'contain.unsafe.url', 'never.seen', 'param.templateNotExist']
    for (const code of [...retried, ...final]) {
      const fault = modern(400, code)
      if (!fault) throw new Error('no fault')
      expect(isRetryable(faultError('api', fault, 'say')), code).toBe(retried.includes(code))
    }
  })

  it.each(['zh-CN', 'en'] as const)('have words for an administrator in %s', (locale) => {
    const { codes, kinds } = textFor(locale).dingtalk
    for (const code of Object.keys(codes)) {
      // `310000 sign`: one of several causes of a code.
      expect(modern(400, code.replace(/ .*/, ''))?.kind, code).not.toBe('unknown')
    }
    for (const words of [...Object.values(codes), ...Object.values(kinds)]) expect(words).not.toBe('')
    expect(Object.keys(codes)).toEqual(Object.keys(textFor('zh-CN').dingtalk.codes))
  })
})

describe('the meter', () => {
  it('begins anew with each month in China', async () => {
    const clock = frozenClock(Date.UTC(2026, 10, 30, 15, 59, 59))
    const totals = new Map<string, number>()
    const quota = createQuota({
      name: 'app',
      monthly: { api: 100, stream: 100 },
      clock,
      log: createLog('silent'),
      tell: async () => undefined,
      async count(name, by) {
        totals.set(name, (totals.get(name) ?? 0) + by)
        return totals.get(name) ?? 0
      },
    })
    quota.spend('api')
    await quota.settled()
    clock.advanceTo(Date.UTC(2026, 10, 30, 16))
    quota.spend('api')
    quota.spend('api')
    await quota.settled()
    expect([...totals]).toEqual([
      ['dingtalk.calls.app.2026-11.api', 1],
      ['dingtalk.calls.app.2026-12.api', 2],
    ])
  })

  it('that cannot count keeps nobody from sending', async () => {
    const lines: string[] = []
    const quota = createQuota({
      name: 'app',
      monthly: { api: 1, stream: 1 },
      clock: frozenClock(0),
      log: createLog('warn', { write: (line) => void lines.push(line) }),
      tell: async () => undefined,
      count: async () => {
        throw new AppError('busy', 'locked')
      },
    })
    quota.spend('api')
    await quota.settled()
    expect(lines).toHaveLength(1)
  })
})

describe('settings', () => {
  it('are off by default, take the secret from the environment, and are complete when on', () => {
    expect(Settings.parse({}).dingtalk.enabled).toBe(false)
    expect(loadSettings(null, { LIUKE_DINGTALK_SECRET: 's' }).dingtalk.clientSecret).toBe('s')
    const { error } = Settings.safeParse({ dingtalk: { enabled: true } })
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([
      'dingtalk.corpId',
      'dingtalk.clientId',
      'dingtalk.clientSecret',
    ])
  })

  it.each([
    'https://api.dingtalk.com.evil.example',
    'http://api.dingtalk.com',
    'https://u@api.dingtalk.com',
    'x',
  ])('send credentials nowhere else: %s', (apiUrl) => {
    expect(Settings.safeParse({ dingtalk: { apiUrl } }).success).toBe(false)
  })
})
