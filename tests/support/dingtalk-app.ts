import { createDingtalk, type Dingtalk } from '../../adapters/dingtalk/app.ts'
import type { DingtalkPorts, DingtalkSettings } from '../../adapters/dingtalk/ports.ts'
import { createQuota, type Quota, type QuotaParts } from '../../adapters/dingtalk/quota.ts'
import type { Clock } from '../../src/clock.ts'
import { createLog, type Log } from '../../src/log.ts'
import { textFor } from '../../src/text/index.ts'
import { APP, type FakeDingtalk, startFakeDingtalk } from './fake-dingtalk/index.ts'
import { memoryValues } from './wecom-app.ts'

export interface DingtalkCase {
  readonly fake: FakeDingtalk
  readonly app: Dingtalk
  readonly ports: DingtalkPorts
  readonly shared: ReturnType<typeof memoryValues>
  /** Of the first process. */
  readonly quota: Quota
  /** A second process of the same app. */
  another(): Dingtalk
  close(): Promise<void>
}

export interface DingtalkCaseOptions {
  readonly settings?: Partial<DingtalkSettings>
  readonly drawChart?: DingtalkPorts['drawChart']
  readonly log?: Log
  readonly monthly?: QuotaParts['monthly']
  readonly tell?: QuotaParts['tell']
}

/** The adapter on a fake DingTalk; `close` fails when anything broke the documentation. */
export async function dingtalkCase(clock: Clock, options: DingtalkCaseOptions = {}): Promise<DingtalkCase> {
  const fake = await startFakeDingtalk(clock)
  const shared = memoryValues()
  const counts = new Map<string, number>()
  const made: Dingtalk[] = []
  const { corpId, clientId, clientSecret, robotCode, templateId } = APP
  const log = options.log ?? createLog('silent')
  const meter = (): Quota =>
    createQuota({
      name: clientId,
      monthly: options.monthly ?? { api: 5000, stream: 3000 },
      async count(name, by) {
        counts.set(name, (counts.get(name) ?? 0) + by)
        return counts.get(name) ?? 0
      },
      clock,
      log,
      tell: options.tell ?? (async () => undefined),
    })
  const quota = meter()
  const ports: DingtalkPorts = {
    quota,
    settings: {
      ...{ corpId, clientId, clientSecret, robotCode, templateId },
      apiUrl: fake.url,
      legacyUrl: fake.url,
      publicUrl: null,
      pageUrl: null,
      ...options.settings,
    },
    words: textFor('zh-CN').dingtalk,
    log,
    clock,
    shared,
    drawChart: options.drawChart ?? null,
  }
  const another = (own = meter()): Dingtalk => {
    const app = createDingtalk({ ...ports, quota: own })
    made.push(app)
    return app
  }
  return {
    fake,
    app: another(quota),
    ports,
    shared,
    quota,
    another: () => another(),
    async close() {
      await Promise.all(made.map((one) => one.stop()))
      await fake.close()
      fake.verify()
    },
  }
}
