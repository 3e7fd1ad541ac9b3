import { createWecomAibot } from '../../adapters/wecom/aibot.ts'
import type { WecomAibotPorts } from '../../adapters/wecom/ports.ts'
import type { Clock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import type { Adapter } from '../../src/model/chat.ts'
import { textFor } from '../../src/text/index.ts'
import { BOT } from './fake-wecom/aibot.ts'
import { type FakeWecom, startFakeWecom } from './fake-wecom/index.ts'
import { memoryValues } from './wecom-app.ts'

export interface AibotCase {
  readonly fake: FakeWecom
  readonly adapter: Adapter
  readonly ports: WecomAibotPorts
  /** What was answered in a chat, oldest first. */
  answers(chat: string): string[]
  close(): Promise<void>
}

export async function aibotCase(clock: Clock, more: Partial<WecomAibotPorts> = {}): Promise<AibotCase> {
  const fake = await startFakeWecom(clock)
  const { name, token, aesKey } = BOT
  const ports: WecomAibotPorts = {
    settings: { name, token, aesKey, baseUrl: fake.url },
    words: textFor('zh-CN').wecom,
    log: createLog('silent'),
    clock,
    shared: memoryValues(),
    userOf: async (id) => id,
    ...more,
  }
  const adapter = createWecomAibot(ports)
  return {
    fake,
    adapter,
    ports,
    answers: (chat) =>
      [...fake.state.replies.values()].flatMap((one) =>
        one.chat === chat && one.content !== null ? [one.content] : [],
      ),
    async close() {
      await adapter.stop()
      await fake.close()
      fake.verify()
    },
  }
}
