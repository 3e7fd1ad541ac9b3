import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Api } from '../../adapters/wecom/api.ts'
import { readDirectory } from '../../adapters/wecom/sources.ts'
import { wecomApi } from '../../src/main/wecom-sources.ts'
import { Settings } from '../../src/settings.ts'
import { memberByIdentity } from '../../src/store/members.ts'
import { directory } from '../../src/sync/connectors/directory.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import { CORP, type FakeWecom, startFakeWecom } from '../support/fake-wecom/index.ts'
import type { FakeCorp } from '../support/fake-wecom/state.ts'
import { addMember } from '../support/people.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

const { members: MEMBERS, corpId, ...APP } = CORP
const DEPARTMENTS = { 1: '总部', 2: '华东组' }

describeEachDatabase('WeCom as a source', (base) => {
  let fake: FakeWecom
  let ctx: TestCtx

  async function company(more: Partial<FakeCorp> = {}): Promise<Api> {
    fake = await startFakeWecom(base().clock, { ...CORP, departments: DEPARTMENTS, ...more })
    const wecom = { corpId, baseUrl: fake.url, app: { enabled: true, ...APP }, customers: { enabled: true } }
    ctx = { ...base(), settings: Settings.parse({ wecom }) }
    // The database is shared by the tests, the tokens of an earlier fake are not.
    await ctx.db.deleteFrom('state').execute()
    return wecomApi(ctx)
  }

  beforeEach(async () => {
    for (const table of [
      'outbox',
      'case_log',
      'customer_plays',
      'cases',
      'events',
      'customers',
      'identities',
      'members',
      'teams',
    ] as const) {
      await base().db.deleteFrom(table).execute()
    }
  })
  afterEach(async () => {
    await fake.close()
    fake.verify()
  })

  const syncDirectory = (api: Api, admins: string[] = []) =>
    runSync(
      ctx,
      directory(ctx, {
        source: 'wecom-directory',
        platform: 'wecom',
        admins,
        read: (signal) => readDirectory(api, signal),
      }),
    )
  const member = (user: string) => memberByIdentity(ctx, 'wecom', user)

  it('brings members with their teams, leads and administrators, bound to their accounts', async () => {
    const api = await company()
    expect((await syncDirectory(api, ['LiJing'])).members).toMatchObject({ added: 3, rejected: 0 })
    expect(await member('wangxiaoming')).toMatchObject({ name: '王晓明', role: 'rep', teamName: '总部' })
    expect(await member('chenli')).toMatchObject({ name: '陈立', role: 'lead', teamName: '华东组' })
    expect(await member('lijing')).toMatchObject({ name: '李静', role: 'admin' })
    expect((await syncDirectory(api, ['LiJing'])).members).toMatchObject({ added: 0, changed: 0 })
  })

  it('makes who left, was disabled or is shown no more inactive, and brings back who returns', async () => {
    await syncDirectory(await company())
    await fake.close()
    const [wang, li] = MEMBERS
    if (!wang || !li) throw new Error('no members')
    const api = await company({ members: [{ ...wang, status: 5 }, li] })
    await syncDirectory(api)
    expect(await member('wangxiaoming')).toMatchObject({ active: false })
    expect(await member('chenli')).toMatchObject({ active: false, role: 'lead' })
    expect(await member('lijing')).toMatchObject({ active: true })
    await fake.close()
    await syncDirectory(await company())
    expect(await member('chenli')).toMatchObject({ active: true })
  })

  it('does not believe that most of the company left at once', async () => {
    const many = Array.from({ length: 12 }, (_, n) => ({ userid: `u${n}`, name: `人${n}`, department: [1] }))
    await syncDirectory(await company({ members: many }))
    await fake.close()
    const api = await company({ members: many.slice(0, 2) })
    await expect(syncDirectory(api)).rejects.toMatchObject({ say: expect.stringContaining('可见范围') })
    expect(await member('u11')).toMatchObject({ active: true })
  })

  it('leaves people alone whom another source brought', async () => {
    const api = await company()
    await addMember(ctx, { name: '李静（ERP）', platform: null })
    const [row] = await ctx.db.selectFrom('members').select('id').execute()
    const bound = { platform: 'wecom', person: 'lijing', member_id: Number(row?.id), bound_at: 0 }
    await ctx.db.insertInto('identities').values(bound).execute()
    expect((await syncDirectory(api)).members).toMatchObject({ added: 2 })
    expect(await member('lijing')).toMatchObject({ name: '李静（ERP）' })
  })
})
