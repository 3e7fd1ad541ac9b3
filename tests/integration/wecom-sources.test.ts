import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Api } from '../../adapters/wecom/api.ts'
import { createWecomApp } from '../../adapters/wecom/app.ts'
import { readCustomers, readDirectory } from '../../adapters/wecom/sources.ts'
import { eventsLane } from '../../src/jobs/events-lane.ts'
import { wecomAppPorts } from '../../src/main/wecom-ports.ts'
import { wecomApi } from '../../src/main/wecom-sources.ts'
import { Settings } from '../../src/settings.ts'
import { memberByIdentity } from '../../src/store/members.ts'
import { directory } from '../../src/sync/connectors/directory.ts'
import { wecomCustomers } from '../../src/sync/connectors/wecom-customers.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import { customerXml, postOf } from '../support/fake-wecom/callbacks.ts'
import { CORP, type FakeWecom, startFakeWecom } from '../support/fake-wecom/index.ts'
import type { FakeCorp, FakeCustomer } from '../support/fake-wecom/state.ts'
import { addCustomer, addMember } from '../support/people.ts'
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
  const syncCustomers = (api: Api) =>
    runSync(
      ctx,
      wecomCustomers(ctx, (signal) => readCustomers(api, signal)),
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

  const CUSTOMERS: readonly FakeCustomer[] = [
    { user: 'WangXiaoMing', id: 'woAJ-Zhang', name: '张总', company: '华联超市', createtime: 1_700_000_000 },
    { user: 'lijing', id: 'woAJ-Zhang', name: '张总', company: '华联超市', createtime: 1_690_000_000 },
    { user: 'lijing', id: 'woaj-zhang', name: '另一位', createtime: 1_690_000_000, tags: ['重点', '续费'] },
  ]

  it('brings WeChat customers through empty pages: the first member owns, ids keep their case', async () => {
    const api = await company({ customers: CUSTOMERS })
    await syncDirectory(api)
    expect((await syncCustomers(api)).customers).toMatchObject({ added: 2, rejected: 0 })
    const rows = await ctx.db
      .selectFrom('customers')
      .select(['source_key', 'name', 'owner_id', 'tags'])
      .orderBy('name')
      .execute()
    const li = await member('lijing')
    expect(rows.map((row) => [row.source_key, row.name, Number(row.owner_id), row.tags])).toEqual(
      expect.arrayContaining([
        ['woAJ-Zhang', '华联超市', li?.id, null],
        ['woaj-zhang', '另一位', li?.id, '重点、续费'],
      ]),
    )
  })

  /** The app as the service runs it, with a callback posted to it. */
  async function told(change: string, more = ''): Promise<void> {
    const app = createWecomApp({ ...wecomAppPorts(ctx, null), clock: ctx.clock })
    await app.start(async () => undefined)
    const xml = customerXml(fake.state, change, { user: 'WangXiaoMing', customer: 'woAJ-Zhang', more })
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await app.callback(postOf(fake.state, xml))).toMatchObject({ status: 200, body: '' })
    }
    await app.stop()
  }

  it('A29: a customer who deletes a member becomes one card for the owner at the next look of the event lane', async () => {
    const api = await company({ customers: CUSTOMERS })
    await syncDirectory(api)
    const owner = await member('wangxiaoming')
    const known = await addCustomer(ctx, { name: '华联超市', ownerId: owner?.id ?? null })
    expect((await syncCustomers(api)).customers).toMatchObject({ added: 1 })
    await told('del_follow_user')
    const events = await ctx.db.selectFrom('events').select(['customer_id', 'note']).execute()
    expect(events.map((one) => [Number(one.customer_id), one.note])).toEqual([
      [known, '客户删除了王晓明的企业微信'],
    ])
    expect(await eventsLane.run(ctx, ctx.clock.now(), new AbortController().signal)).toMatchObject({
      cards: 1,
    })
    const [card] = await ctx.db.selectFrom('outbox').select(['address', 'card_json', 'not_before']).execute()
    expect(card).toMatchObject({
      address: 'dm:wangxiaoming',
      card_json: expect.stringContaining('客户删除了王晓明'),
    })
    expect(Number(card?.not_before)).toBeLessThanOrEqual(ctx.clock.now())
  })

  it('a customer that no sync has brought belongs to the member who was deleted', async () => {
    const api = await company()
    await syncDirectory(api)
    await told('del_external_contact')
    const [row] = await ctx.db.selectFrom('customers').selectAll().execute()
    expect(Number(row?.owner_id)).toBe((await member('wangxiaoming'))?.id)
    const events = await ctx.db.selectFrom('events').select('note').execute()
    expect(events).toEqual([{ note: '王晓明删除了客户的企业微信' }])
  })

  it.each([
    ['a handover', 'del_external_contact', '<Source>DELETE_BY_TRANSFER</Source>'],
    ['a new customer', 'add_external_contact', '<WelcomeCode>x</WelcomeCode>'],
    ['an edited remark', 'edit_external_contact', ''],
    ['a change of tomorrow', 'something_new', ''],
  ])('%s is no news', async (_what, change, more) => {
    await company()
    await told(change, more)
    expect(await ctx.db.selectFrom('events').select('id').execute()).toEqual([])
  })

  it('without the permission of customer contact nothing else stops', async () => {
    const api = await company()
    fake.inject({ api: 'externalcontact/get_follow_user_list', errcode: 84074 })
    await expect(syncCustomers(api)).rejects.toMatchObject({
      say: expect.stringContaining('可调用接口的应用'),
    })
    await expect(syncCustomers(api)).rejects.toMatchObject({ code: 'busy' })
    expect((await syncDirectory(api)).members).toMatchObject({ added: 3 })
  })
})
