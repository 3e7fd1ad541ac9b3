import { expect, it } from 'vitest'
import { loadSettings } from '../../src/config.ts'
import { platformUrl } from '../../src/settings-platform-url.ts'
import { Aibot } from '../../src/settings-wecom-aibot.ts'

const accepts = (official: string, text: string): boolean => platformUrl(official).safeParse(text).success

it('credentials go to the platform, or to this machine over the same kind of connection', () => {
  for (const [official, local] of [
    ['https://qyapi.weixin.qq.com', 'http://127.0.0.1:8080'],
    ['wss://openws.work.weixin.qq.com', 'ws://127.0.0.1:8080'],
  ] as const) {
    expect(accepts(official, official)).toBe(true)
    expect(accepts(official, local)).toBe(true)
    for (const foreign of ['https://evil.example', 'wss://evil.example', `${official}.evil.example`, 'x'])
      expect(accepts(official, foreign), foreign).toBe(false)
    expect(accepts(official, official.replace(/s:/, ':'))).toBe(false)
  }
  expect(accepts('https://qyapi.weixin.qq.com', 'ws://127.0.0.1:8080')).toBe(false)
  expect(accepts('wss://openws.work.weixin.qq.com', 'https://127.0.0.1:8080')).toBe(false)
})

it('each mode of the smart robot names all that it misses', () => {
  const missing = (mode: string) =>
    Aibot.safeParse({ enabled: true, mode }).error?.issues.map(({ path, message }) => `${path} ${message}`)
  expect(missing('callback')).toEqual([
    expect.stringMatching(/^token .*LIUKE_WECOM_BOT_TOKEN/),
    expect.stringMatching(/^aesKey .*LIUKE_WECOM_BOT_AES_KEY/),
  ])
  expect(missing('connection')).toEqual([
    expect.stringMatching(/^botId .*LIUKE_WECOM_BOT_ID/),
    expect.stringMatching(/^secret .*LIUKE_WECOM_BOT_SECRET/),
  ])
  const env = { LIUKE_WECOM_BOT_ID: 'id', LIUKE_WECOM_BOT_SECRET: 'secret' }
  expect(loadSettings(null, env).wecom.aibot).toMatchObject({ botId: 'id', secret: 'secret' })
})
