import { describe, expect, it } from 'vitest'
import { faultError, faultOf } from '../../adapters/wecom/codes.ts'
import { loadSettings } from '../../src/config.ts'
import { isRetryable } from '../../src/errors.ts'
import { Settings } from '../../src/settings.ts'
import { textFor } from '../../src/text/index.ts'

/** Every code of the developer documentation that a call of ours can meet, by what it is about. */
const DOCUMENTED = [
  ['busy', '-1 6000 45033'],
  ['rate', '45009'],
  ['token', '40001 40014 42001 41001'],
  ['configuration', '40013 40091 40056 301002 41002 41004 50003 301007'],
  ['permission', '48002 48006 48009 60020 43012 84074'],
  ['recipient', '81013 60111 40003 40031 40032 82001 82002 82003 82004 84061 60011 50002 60021'],
  ['payload', '40058 40063 40008 40033 44004 45002 45008 40007 40004 40005 40006 40009 40123 45001 85002'],
  [
    'card',
    '42014 42015 42016 42017 42018 42019 42020 42027 42028 42029 42030 42031 42033 42035 42036 42037 42038 42039 42040 42041 42042 42043 42044 42045 42046 42047 42049 42050 42051 42052',
  ],
  ['group', '86001 86003 86004 86005 86006 86007 86008 86207 86215 86216'],
  ['bot', '93000 93001 93004 93006 93008 93017 93018'],
  ['customer', '40096 40097 40098 40099 40100 40128 40129 40130 40131 84083 41050 41051 81017'],
  ['login', '40029 50001'],
] as const

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
    expect(faultOf(40001, { renewed: true })).toMatchObject({ kind: 'configuration', action: 'stop' })
    expect(faultOf(42001, { renewed: true })).toMatchObject({ action: 'renew' })
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

  it.each(DOCUMENTED)('every documented code is known: %s', (kind, text) => {
    for (const code of text.split(' ').map(Number)) expect(faultOf(code).kind, String(code)).toBe(kind)
  })

  it.each(['zh-CN', 'en'] as const)('what an administrator must mend says what to click, in %s', (locale) => {
    const { codes } = textFor(locale).wecom
    const mend = DOCUMENTED.flatMap(([, text]) => text.split(' ').map(Number)).filter(
      (code) => faultOf(code).action === 'stop',
    )
    // A request of ours without them: nothing an administrator could click.
    const ours = [41002, 41004]
    for (const code of [...mend, 40001, 60011, 60021, 50002, 81013, 84083, 93000, 93001, 93004, 93008])
      if (!ours.includes(code)) expect(codes[code], String(code)).toBeTruthy()
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
