import { createWecomAibot } from '../../adapters/wecom/aibot.ts'
import type { LeasePort, WecomAibotPorts } from '../../adapters/wecom/ports.ts'
import type { Clock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import type { Adapter } from '../../src/model/chat.ts'
import { textFor } from '../../src/text/index.ts'
import { BOT } from './fake-wecom/aibot.ts'
import { type FakeWecom, startFakeWecom } from './fake-wecom/index.ts'
import { shownText } from './fake-wecom/robot-schema.ts'
import { memoryValues } from './wecom-app.ts'

export interface AibotCase {
  readonly fake: FakeWecom
  readonly adapter: Adapter
  readonly ports: WecomAibotPorts
  /** Another process of the same company. */
  another(more?: Partial<WecomAibotPorts>): Adapter
  /** What was answered in a chat, oldest first. */
  answers(chat: string): string[]
  close(): Promise<void>
}

/** A lease in memory, as the store keeps it for all processes. */
export function memoryLease(clock: Clock): () => LeasePort {
  let held: { by: symbol; at: number } | null = null
  return () => {
    const me = Symbol('process')
    return {
      async take(ms) {
        if (held && held.by !== me && clock.now() - held.at < ms) return false
        held = { by: me, at: clock.now() }
        return true
      },
      async release() {
        if (held?.by === me) held = null
      },
    }
  }
}

/** The smart robot on a fake WeCom; `close` stops every process and fails when a call broke the documentation. */
export async function aibotCase(
  clock: Clock,
  more: Partial<WecomAibotPorts> = {},
  kind: WecomAibotPorts['settings']['mode']['kind'] = 'callback',
): Promise<AibotCase> {
  const fake = await startFakeWecom(clock)
  const { name, token, aesKey, id: botId } = BOT
  const lease = memoryLease(clock)
  const made: Adapter[] = []
  const ports: WecomAibotPorts = {
    settings: {
      name,
      baseUrl: fake.url,
      mode:
        kind === 'callback'
          ? { kind, token, aesKey }
          : { kind, botId, secret: fake.robot.secret, socketUrl: fake.socketUrl },
    },
    words: textFor('zh-CN').wecom,
    log: createLog('silent'),
    clock,
    shared: memoryValues(),
    lease: lease(),
    userOf: async (id) => id,
    ...more,
  }
  const another = (other: Partial<WecomAibotPorts> = {}): Adapter => {
    const adapter = createWecomAibot({ ...ports, lease: lease(), ...other })
    made.push(adapter)
    return adapter
  }
  return {
    fake,
    adapter: another({ lease: ports.lease }),
    ports,
    another,
    answers: (chat) =>
      kind === 'connection'
        ? fake.robot.texts(chat)
        : [...fake.state.replies.values()].flatMap((one) =>
            one.chat === chat && one.body ? [shownText(one.body)] : [],
          ),
    async close() {
      await Promise.all(made.map((one) => one.stop()))
      await fake.close()
      fake.verify()
    },
  }
}
