import { type Api, createApi } from '../../adapters/dingtalk/api.ts'
import { createLimits } from '../../adapters/dingtalk/limits.ts'
import { transport } from '../../adapters/dingtalk/transport.ts'
import type { Clock } from '../../src/clock.ts'
import { textFor } from '../../src/text/index.ts'
import { APP, type FakeDingtalk } from './fake-dingtalk/index.ts'
import { memoryValues } from './wecom-app.ts'

/** The calls of the fake's app on the clock of a test; `spend` hears of each that counts for the month. */
export function dingtalkApiOf(fake: FakeDingtalk, clock: Clock, spend: () => void): Api {
  const { corpId, clientId, clientSecret, robotCode } = APP
  const shared = memoryValues()
  return createApi({
    settings: {
      ...{ corpId, clientId, clientSecret, robotCode, templateId: null, publicUrl: null, pageUrl: null },
      ...{ apiUrl: fake.url, legacyUrl: fake.url, monthly: { api: 1, stream: 1 } },
    },
    transport,
    limits: createLimits({ clock, shared, clientId }),
    quota: { spend },
    clock,
    shared,
    words: textFor('zh-CN').dingtalk,
    heard: () => undefined,
  })
}
