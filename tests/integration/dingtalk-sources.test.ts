import { afterEach, beforeEach, expect, it } from 'vitest'
import { pullSources } from '../../src/jobs/pull-sources.ts'
import { dingtalkSources } from '../../src/main/dingtalk-sources.ts'
import { Settings } from '../../src/settings.ts'
import { bindIdentity, memberByIdentity } from '../../src/store/members.ts'
import { directory } from '../../src/sync/connectors/directory.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import { APP, type FakeDingtalk, startFakeDingtalk } from '../support/fake-dingtalk/index.ts'
import type { FakeApp, FakePerson } from '../support/fake-dingtalk/state.ts'
import { addMember } from '../support/people.ts'
import { send } from '../support/talk.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

const DEPARTMENTS = [
  { id: 10, name: '销售部', above: 1 },
  { id: 11, name: '华东组', above: 10 },
  { id: 12, name: '华南组', above: 10 },
]
const STAFF: readonly FakePerson[] = [
  { userId: 'manager1234', name: '王晓明', departments: [11] },
  { userId: 'LiJing', name: '李静' },
  { userId: '0157', name: '陈立', departments: [10, 11], leads: [11] },
  { userId: '0158', name: '周岚', departments: [12, 11] },
]

describeEachDatabase('DingTalk as a source', (base) => {
  let fake: FakeDingtalk
  let ctx: TestCtx

  async function company(more: Partial<FakeApp> = {}, book: object = {}): Promise<void> {
    fake = await startFakeDingtalk(base().clock, { ...APP, departments: DEPARTMENTS, staff: STAFF, ...more })
    const { corpId, clientId, clientSecret } = APP
    const addresses = { apiUrl: fake.url, legacyUrl: fake.url }
    const dingtalk = { corpId, clientId, clientSecret, ...addresses, directory: { enabled: true, ...book } }
    ctx = { ...base(), settings: Settings.parse({ dingtalk }) }
    // The database is shared by the tests, the tokens of an earlier fake are not.
    await ctx.db.deleteFrom('state').execute()
  }

  beforeEach(async () => {
    for (const table of ['outbox', 'inbox', 'audit', 'identities', 'members', 'teams'] as const)
      await base().db.deleteFrom(table).execute()
  })
  afterEach(async () => {
    await fake.close()
    fake.verify()
  })

  async function sync() {
    const [connector] = dingtalkSources(ctx)
    if (!connector) throw new Error('switched off')
    return (await runSync(ctx, connector)).members
  }
  const member = (user: string) => memberByIdentity(ctx, 'dingtalk', user)

  it('reads all departments below, page by page, and each person once', async () => {
    await company({ pageSize: 1 }, { admins: ['LiJing'] })
    expect(await sync()).toMatchObject({ added: 4, rejected: 0 })
    expect(await member('manager1234')).toMatchObject({ name: '王晓明', role: 'rep', teamName: '华东组' })
    expect(await member('LiJing')).toMatchObject({ role: 'admin', teamName: '总部' })
    expect(await sync()).toMatchObject({ added: 0, changed: 0 })
    expect(fake.state.counted).toBe(0)
  })

  it('puts a person of several departments where the person leads, else where the person stands first', async () => {
    await company()
    await sync()
    expect(await member('0157')).toMatchObject({ role: 'lead', teamName: '华东组' })
    expect(await member('0158')).toMatchObject({ role: 'rep', teamName: '华南组' })
    expect(await member('lijing')).toBeNull()
  })

  it('starts at the departments of the settings', async () => {
    await company({}, { departments: [12, 11] })
    await sync()
    expect(await member('LiJing')).toBeNull()
    expect(await member('0158')).toMatchObject({ teamName: '华南组' })
  })

  it('makes who is gone inactive, and active again on return', async () => {
    await company()
    await sync()
    await fake.close()
    await company({ staff: STAFF.slice(1) })
    await sync()
    expect(await member('manager1234')).toMatchObject({ active: false, teamName: '华东组' })
    expect(await member('LiJing')).toMatchObject({ active: true })
    await fake.close()
    await company()
    await sync()
    expect(await member('manager1234')).toMatchObject({ active: true })
  })

  it('believes no empty address book, however few people there were', async () => {
    await company()
    await sync()
    await fake.close()
    await company({ staff: [] })
    await expect(sync()).rejects.toMatchObject({ say: expect.stringContaining('一个人也看不到') })
    expect(await member('LiJing')).toMatchObject({ active: true })
  })

  it('does not believe that most of the company left, and tells the administrators once a day', async () => {
    const many = Array.from({ length: 12 }, (_, n) => ({ userId: `u${n}`, name: `人${n}` }))
    await company({ staff: many })
    await sync()
    await fake.close()
    await company({ staff: many.slice(0, 2) })
    await addMember(ctx, { role: 'admin' })
    for (let slot = 0; slot < 2; slot++) {
      const counts = await pullSources(ctx, dingtalkSources(ctx), new AbortController().signal)
      expect(counts).toMatchObject({ sources: 1, failed: 1, changed: 0 })
    }
    expect(await member('u11')).toMatchObject({ active: true })
    const notices = await ctx.db.selectFrom('outbox').select('card_json').execute()
    expect(notices).toEqual([{ card_json: expect.stringContaining('钉钉通讯录里少了 10 人') }])
  })

  it('a page that cannot be read changes nobody', async () => {
    await company()
    await sync()
    let calls = 0
    const answer = { status: 200, body: { errcode: 88, sub_code: '50004' } }
    fake.disturb((path) => (path.endsWith('user/list') && ++calls > 2 ? { answer } : null))
    await expect(sync()).rejects.toMatchObject({ data: { errcode: '50004' } })
    for (const { userId } of STAFF) expect(await member(userId)).toMatchObject({ active: true })
  })

  it('names the permission that is missing, and does not ask again at once', async () => {
    await company()
    fake.state.lacking.add('qyapi_get_department_member')
    await expect(sync()).rejects.toMatchObject({
      say: expect.stringContaining('权限'),
      data: { scopes: ['qyapi_get_department_member'] },
    })
  })

  it('tells the administrators what to apply for, and nothing while DingTalk is only busy', async () => {
    await company()
    await addMember(ctx, { role: 'admin' })
    const pull = () => pullSources(ctx, dingtalkSources(ctx), new AbortController().signal)
    const notices = () => ctx.db.selectFrom('outbox').select('card_json').execute()
    fake.inject({ api: 'department/get', times: 3, answer: { status: 503, body: '' } })
    expect(await pull()).toMatchObject({ failed: 1 })
    expect(await notices()).toEqual([])
    fake.state.lacking.add('qyapi_get_department_list')
    expect(await pull()).toMatchObject({ failed: 1 })
    const [notice, ...more] = await notices()
    expect(notice?.card_json).toContain('权限管理')
    expect(notice?.card_json).toContain('dingtalk-directory')
    expect(more).toEqual([])
  })

  it('tells the administrators once a day of a source that is busy for days, until it works again', async () => {
    await company()
    await addMember(ctx, { role: 'admin' })
    const busy = async (days: number) => {
      ctx.clock.advanceTo(ctx.clock.now() + days * 86_400_000)
      fake.inject({ api: 'department/get', times: 3, answer: { status: 503, body: '' } })
      await pullSources(ctx, dingtalkSources(ctx), new AbortController().signal)
      return ctx.db.selectFrom('outbox').select('card_json').orderBy('seq').execute()
    }
    expect(await busy(0)).toEqual([])
    expect(await busy(1)).toEqual([{ card_json: expect.stringContaining('已 1 天没有同步成功') }])
    expect(await busy(0)).toHaveLength(1)
    expect((await busy(1))[1]?.card_json).toContain('已 2 天')
    await pullSources(ctx, dingtalkSources(ctx), new AbortController().signal)
    expect(await busy(0)).toHaveLength(2)
  })

  it('leaves people alone whom another source brought', async () => {
    await company()
    const erp = await addMember(ctx, { name: '李静（ERP）', platform: null })
    await bindIdentity(ctx, { platform: 'dingtalk', person: 'LiJing', memberId: erp.id })
    expect(await sync()).toMatchObject({ added: 3 })
    expect(await member('LiJing')).toMatchObject({ name: '李静（ERP）' })
  })

  it('shares teams with the address book of WeCom, and 绑定 makes one of a person who is in both', async () => {
    await company({}, { admins: ['LiJing'] })
    const person = { user: 'wangxm', name: '王晓明', department: '华东组', leads: false, employed: true }
    const wecom = () =>
      directory(ctx, { source: 'wecom-directory', platform: 'wecom', admins: [], read: async () => [person] })
    await runSync(ctx, wecom())
    await sync()
    const onWecom = await memberByIdentity(ctx, 'wecom', 'wangxm')
    const double = await member('manager1234')
    expect(onWecom?.teamId).toBe(double?.teamId)
    expect(onWecom?.id).not.toBe(double?.id)

    const who = { platform: 'dingtalk', id: 'LiJing', name: null }
    const where = { kind: 'dm', id: 'LiJing' } as const
    await send(ctx, { id: 'bind', at: 0, who, where, kind: 'text', text: '绑定 manager1234 王晓明' })
    expect(await member('manager1234')).toEqual(onWecom)

    await sync()
    await runSync(ctx, wecom())
    expect(await member('manager1234')).toMatchObject({ id: onWecom?.id, active: true })
    const active = await ctx.db.selectFrom('members').select('name').where('active', '=', 1).execute()
    expect(active.map(({ name }) => name).toSorted()).toEqual(['周岚', '李静', '王晓明', '陈立'].toSorted())
  })
})
