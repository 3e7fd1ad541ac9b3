import { describe, expect, it } from 'vitest'
import { faultError, faultOf } from '../../adapters/wecom/codes.ts'
import { loadSettings } from '../../src/config.ts'
import { isRetryable } from '../../src/errors.ts'
import { Settings } from '../../src/settings.ts'
import { textFor } from '../../src/text/index.ts'

describe('error codes', () => {
  it.each([
    [-1, 'busy', 'retry'],
    [45033, 'busy', 'retry'],
    [45009, 'rate', 'pause'],
    [42001, 'token', 'renew'],
    [40014, 'token', 'renew'],
    [60020, 'permission', 'stop'],
    [40013, 'configuration', 'stop'],
    [301002, 'configuration', 'stop'],
    [60011, 'recipient', 'drop'],
    [81013, 'recipient', 'drop'],
    [40058, 'payload', 'drop'],
    [42035, 'card', 'drop'],
    [86008, 'group', 'drop'],
    [93000, 'bot', 'drop'],
    [84083, 'customer', 'drop'],
    [40029, 'login', 'drop'],
    [123_456, 'unknown', 'retry'],
  ])('%i is %s: %s', (errcode, kind, action) => {
    expect(faultOf(errcode)).toMatchObject({ errcode, kind, action })
  })

  it('a refused secret is no token that ended', () => {
    expect(faultOf(40001)).toMatchObject({ action: 'renew' })
    expect(faultOf(40001, { login: true })).toMatchObject({ kind: 'configuration', action: 'stop' })
  })

  it('become errors that the house tries again exactly when trying helps', () => {
    for (const code of [-1, 45009, 42001, 60020, 60011, 40058, 123_456]) {
      const fault = faultOf(code)
      const error = faultError('message/send', fault, 'say', 1000)
      expect(isRetryable(error), String(code)).toBe(fault.action !== 'drop')
      expect(error.retryAfterMs, String(code)).toBe(
        ['stop', 'pause'].includes(fault.action) ? 1000 : undefined,
      )
    }
  })

  it.each(['zh-CN', 'en'] as const)('have words for an administrator in %s', (locale) => {
    const { codes, kinds } = textFor(locale).wecom
    for (const code of Object.keys(codes)) expect(faultOf(Number(code)).kind).not.toBe('unknown')
    for (const words of [...Object.values(codes), ...Object.values(kinds)]) expect(words).not.toBe('')
    expect(Object.keys(codes)).toEqual(Object.keys(textFor('zh-CN').wecom.codes))
  })
})

describe('settings', () => {
  const env = {
    LIUKE_WECOM_SECRET: 's',
    LIUKE_WECOM_TOKEN: 'QDG6eK',
    LIUKE_WECOM_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  }

  it('are off by default, and take secrets from the environment', () => {
    expect(Settings.parse({}).wecom.app.enabled).toBe(false)
    expect(loadSettings(null, env).wecom.app).toMatchObject({ secret: 's', token: 'QDG6eK' })
    expect(() => loadSettings(null, { LIUKE_WECOM_AES_KEY: 'short' })).toThrow(
      expect.objectContaining({ say: expect.stringContaining('wecom.app.aesKey') }),
    )
  })

  it('say everything that a channel needs once it is on', () => {
    const { error } = Settings.safeParse({ wecom: { app: { enabled: true } } })
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([
      'wecom.corpId',
      'wecom.app.agentId',
      'wecom.app.secret',
      'wecom.app.token',
      'wecom.app.aesKey',
    ])
  })

  it.each([
    'https://qyapi.weixin.qq.com.evil.example',
    'http://qyapi.weixin.qq.com',
    'https://user@qyapi.weixin.qq.com',
    'https://qyapi.weixin.qq.com:8443',
    'https://qyapi.weixin.qq.com/other',
    'file:///etc/passwd',
    'http://10.0.0.1',
    'http://127.0.0.1.evil.example',
    'nonsense',
  ])('send credentials nowhere else: %s', (baseUrl) => {
    expect(Settings.safeParse({ wecom: { baseUrl } }).success).toBe(false)
  })

  it.each(['https://qyapi.weixin.qq.com', 'http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:1'])(
    'allow %s',
    (baseUrl) => {
      expect(Settings.safeParse({ wecom: { baseUrl } }).success).toBe(true)
    },
  )
})
