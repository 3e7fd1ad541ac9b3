import type { WecomRobot, WecomWebhookPorts } from '../../adapters/wecom/ports.ts'
import { createWecomWebhook } from '../../adapters/wecom/webhook.ts'
import type { Clock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import type { Adapter } from '../../src/model/chat.ts'
import { textFor } from '../../src/text/index.ts'
import { CORP, type FakeWecom, startFakeWecom } from './fake-wecom/index.ts'
import { memoryValues } from './wecom-app.ts'

export const ROBOT_KEY = '693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa'

export interface WebhookCase {
  readonly fake: FakeWecom
  readonly adapter: Adapter
  close(): Promise<void>
}

/** The robot 华东 of one group on a fake WeCom. */
export async function webhookCase(
  clock: Clock,
  {
    robot = {},
    drawChart = null,
  }: { robot?: Partial<WecomRobot>; drawChart?: WecomWebhookPorts['drawChart'] } = {},
): Promise<WebhookCase> {
  const fake = await startFakeWecom(clock, { ...CORP, robots: [ROBOT_KEY] })
  const adapter = createWecomWebhook({
    baseUrl: fake.url,
    robots: [{ name: '华东', key: ROBOT_KEY, mention: [], plainText: false, ...robot }],
    words: textFor('zh-CN').wecom,
    log: createLog('silent'),
    clock,
    shared: memoryValues(),
    drawChart,
  })
  return {
    fake,
    adapter,
    async close() {
      await adapter.stop()
      await fake.close()
      fake.verify()
    },
  }
}
