import { createDingtalk, type Dingtalk } from '../../adapters/dingtalk/app.ts'
import type { DingtalkPorts, DingtalkSettings } from '../../adapters/dingtalk/ports.ts'
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
  readonly counts: Map<string, number>
  /** A second process of the same app. */
  another(): Dingtalk
  close(): Promise<void>
}

export interface DingtalkCaseOptions {
  readonly settings?: Partial<DingtalkSettings>
  readonly drawChart?: DingtalkPorts['drawChart']
  readonly log?: Log
}

/** The adapter on a fake DingTalk; `close` fails when anything broke the documentation. */
export async function dingtalkCase(clock: Clock, options: DingtalkCaseOptions = {}): Promise<DingtalkCase> {
  const fake = await startFakeDingtalk(clock)
  const shared = memoryValues()
  const counts = new Map<string, number>()
  const made: Dingtalk[] = []
  const { corpId, clientId, clientSecret, robotCode, templateId } = APP
  const ports: DingtalkPorts = {
    settings: {
      ...{ corpId, clientId, clientSecret, robotCode, templateId },
      apiUrl: fake.url,
      legacyUrl: fake.url,
      pageUrl: null,
      monthly: { api: 5000, stream: 3000 },
      ...options.settings,
    },
    words: textFor('zh-CN').dingtalk,
    log: options.log ?? createLog('silent'),
    clock,
    shared,
    async count(name, by) {
      counts.set(name, (counts.get(name) ?? 0) + by)
      return counts.get(name) ?? 0
    },
    drawChart: options.drawChart ?? null,
  }
  const another = (): Dingtalk => {
    const app = createDingtalk(ports)
    made.push(app)
    return app
  }
  return {
    fake,
    app: another(),
    ports,
    shared,
    counts,
    another,
    async close() {
      await Promise.all(made.map((one) => one.stop()))
      await fake.close()
      fake.verify()
    },
  }
}
