import type { Api } from '../../adapters/wecom/api.ts'
import { createWecomApp } from '../../adapters/wecom/app.ts'
import { readDirectory } from '../../adapters/wecom/sources.ts'
import { wecomAppPorts } from '../../src/main/wecom-ports.ts'
import { wecomApi, wecomSources } from '../../src/main/wecom-sources.ts'
import { Settings } from '../../src/settings.ts'
import { directory } from '../../src/sync/connectors/directory.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import { customerXml, postOf } from './fake-wecom/callbacks.ts'
import { CORP, type FakeWecom, startFakeWecom } from './fake-wecom/index.ts'
import type { FakeCorp } from './fake-wecom/state.ts'
import type { TestCtx } from './test-ctx.ts'

const { members: _members, corpId, ...APP } = CORP

const TABLES = [
  'outbox',
  'case_log',
  'customer_plays',
  'cases',
  'events',
  'customers',
  'identities',
  'members',
  'teams',
  'state',
  'wecom_relations',
  'wecom_waiting',
  'wecom_behaviour',
] as const

/** A company on WeCom with customer contact switched on, its members synchronised, and nothing else in the database. */
export interface ContactCase {
  readonly ctx: TestCtx
  readonly fake: FakeWecom
  readonly api: Api
  /** The service's own source of that name. */
  sync(source: 'wecom-customers' | 'wecom-behaviour', signal?: AbortSignal): ReturnType<typeof runSync>
  /** A callback as WeCom posts it, three times over. */
  told(change: string, who: { user: string; customer: string; more?: string }): Promise<void>
  /** The same company, changed. */
  become(corp: Partial<FakeCorp>): Promise<ContactCase>
  close(): Promise<void>
}

export async function contactCase(base: TestCtx, corp: Partial<FakeCorp>): Promise<ContactCase> {
  for (const table of TABLES) await base.db.deleteFrom(table).execute()
  return connected(base, corp)
}

async function connected(base: TestCtx, corp: Partial<FakeCorp>): Promise<ContactCase> {
  // Tokens of another fake are worth nothing.
  await base.db.deleteFrom('state').where('name', 'like', 'wecom.token%').execute()
  const fake = await startFakeWecom(base.clock, { ...CORP, ...corp })
  const wecom = { corpId, baseUrl: fake.url, app: { enabled: true, ...APP }, customers: { enabled: true } }
  const ctx = { ...base, settings: Settings.parse({ wecom }) }
  const api = wecomApi(ctx)
  const read = (signal: AbortSignal) => readDirectory(api, signal)
  await runSync(ctx, directory(ctx, { source: 'wecom-directory', platform: 'wecom', admins: [], read }))
  async function close(): Promise<void> {
    await fake.close()
    fake.verify()
  }
  return {
    ctx,
    fake,
    api,
    close,
    sync(source, signal) {
      const connector = wecomSources(ctx).find((one) => one.name === source)
      if (!connector) throw new Error(`no source ${source}`)
      return runSync(ctx, connector, signal ? { signal } : {})
    },
    async told(change, { user, customer, more = '' }) {
      const app = createWecomApp({ ...wecomAppPorts(ctx, null), clock: ctx.clock })
      await app.start(async () => undefined)
      const xml = customerXml(fake.state, change, { user, customer, more })
      for (let attempt = 0; attempt < 3; attempt++) {
        const answer = await app.callback(postOf(fake.state, xml))
        if (answer.status !== 200 || answer.body !== '') throw new Error(`answered ${answer.status}`)
      }
      await app.stop()
    },
    async become(next) {
      await close()
      return connected(base, next)
    },
  }
}
