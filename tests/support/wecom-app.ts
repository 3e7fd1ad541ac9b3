import type { SwappableValues } from '../../adapters/shared/shared-values.ts'
import { createWecomApp } from '../../adapters/wecom/app.ts'
import type { WecomAppPorts, WecomAppSettings } from '../../adapters/wecom/ports.ts'
import type { Clock } from '../../src/clock.ts'
import { createLog, type Log } from '../../src/log.ts'
import type { CustomerChange, TransferFailure } from '../../src/model/address-book.ts'
import type { Adapter } from '../../src/model/chat.ts'
import { textFor } from '../../src/text/index.ts'
import { CORP, type FakeWecom, startFakeWecom } from './fake-wecom/index.ts'

/** Shared values in memory, as the store keeps them for all processes. */
export function memoryValues(): SwappableValues & { readonly all: Map<string, string> } {
  const all = new Map<string, string>()
  return {
    all,
    get: async (name) => all.get(name) ?? null,
    set: async (name, value) => void all.set(name, value),
    async swap(name, before, after) {
      if ((all.get(name) ?? null) !== before) return false
      all.set(name, after)
      return true
    },
  }
}

export interface WecomCase {
  readonly fake: FakeWecom
  readonly app: Adapter
  readonly ports: WecomAppPorts
  readonly shared: ReturnType<typeof memoryValues>
  /** Changes between members and customers that were told. */
  readonly changes: readonly (CustomerChange | TransferFailure)[]
  /** A second process of the same company. */
  another(): Adapter
  close(): Promise<void>
}

export interface WecomCaseOptions {
  readonly settings?: Partial<WecomAppSettings>
  readonly drawChart?: WecomAppPorts['drawChart']
  readonly log?: Log
}

/** The app channel on a fake WeCom; `close` fails when a call broke the documentation. */
export async function wecomCase(clock: Clock, options: WecomCaseOptions = {}): Promise<WecomCase> {
  const fake = await startFakeWecom(clock)
  const shared = memoryValues()
  const changes: (CustomerChange | TransferFailure)[] = []
  const { members, ...corp } = CORP
  const ports: WecomAppPorts = {
    settings: {
      ...corp,
      baseUrl: fake.url,
      publicUrl: null,
      pageUrl: null,
      plainText: false,
      accounts: null,
      ...options.settings,
    },
    words: textFor('zh-CN').wecom,
    log: options.log ?? createLog('silent'),
    clock,
    shared,
    drawChart: options.drawChart ?? null,
    customerChanged: async (change) => void changes.push(change),
  }
  const app = createWecomApp(ports)
  return {
    fake,
    app,
    ports,
    shared,
    changes,
    another: () => createWecomApp(ports),
    async close() {
      await app.stop()
      await fake.close()
      fake.verify()
    },
  }
}
