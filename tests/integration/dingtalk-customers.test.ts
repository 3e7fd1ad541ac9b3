import { afterEach, beforeEach, expect, it } from 'vitest'
import { readCustomers } from '../../adapters/dingtalk/crm.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { crmCustomers } from '../../src/sync/connectors/crm-customers.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import { dingtalkApiOf } from '../support/dingtalk-api.ts'
import { APP, type FakeDingtalk, startFakeDingtalk } from '../support/fake-dingtalk/index.ts'
import { addCustomer, addMember } from '../support/people.ts'
import { describeEachDatabase, frozenClock, MONDAY_9AM, type TestCtx } from '../support/test-ctx.ts'

const DAY_MS = 86_400_000
const OPERATOR = 'manager1234'

const record = (n: number, more: object = {}) => ({
  instanceId: `inst-${n}`,
  objectType: 'crm_customer',
  creatorUserId: OPERATOR,
  data: { customer_name: `客户${n}`, customer_phone: 13_800_000_000 + n, 'TextField-1': { any: 'thing' } },
  permission: { ownerStaffIds: [OPERATOR], participantStaffIds: [] },
  createTime: '2019-12-25 15:33:12',
  ...more,
})

describeEachDatabase('customers of DingTalk’s CRM', (base) => {
  let fake: FakeDingtalk
  let ctx: TestCtx
  let spent: number

  beforeEach(async () => {
    for (const table of ['state', 'customers', 'identities', 'members'] as const)
      await base().db.deleteFrom(table).execute()
    ctx = { ...base(), clock: frozenClock(MONDAY_9AM) }
    spent = 0
  })
  afterEach(async () => {
    await fake.close()
    fake.verify()
  })

  async function crm(records: readonly unknown[], operator = OPERATOR) {
    fake = await startFakeDingtalk(ctx.clock, { ...APP, crm: { operator, records } })
    const { clock } = ctx
    const api = dingtalkApiOf(fake, clock, () => void spent++)
    const parts = { api, clock, operator: OPERATOR, kind: 'crm_customer' } as const
    return () =>
      runSync(
        ctx,
        crmCustomers(ctx, (cursor) => readCustomers(parts, cursor)),
      )
  }

  const stored = () =>
    ctx.db
      .selectFrom('customers')
      .select(['source_key', 'name', 'phone', 'owner_id', 'since_on'])
      .where('source', '=', 'dingtalk-customers')
      .orderBy('source_key')
      .execute()

  it('brings all pages with owners, one call for a hundred, once a day', async () => {
    const { id } = await addMember(ctx, { platform: null })
    await bindIdentity(ctx, { platform: 'dingtalk', person: OPERATOR, memberId: id })
    const sync = await crm(Array.from({ length: 230 }, (_, n) => record(n)))
    expect((await sync()).customers).toMatchObject({ read: 230, added: 230, rejected: 0 })
    const [first] = await stored()
    expect(first).toMatchObject({ source_key: 'inst-0', name: '客户0', phone: '13800000000' })
    expect(Number(first?.owner_id)).toBe(id)
    expect((await sync()).customers).toMatchObject({ read: 0 })
    expect(spent).toBe(3)
    ctx.clock.advanceTo(MONDAY_9AM + DAY_MS)
    expect((await sync()).customers).toMatchObject({ read: 230, added: 0, changed: 0 })
  })

  it('goes on after an interruption where the last whole page ended', async () => {
    const sync = await crm(Array.from({ length: 230 }, (_, n) => record(n)))
    let calls = 0
    fake.disturb((path) =>
      path.endsWith('customerInstances') && ++calls === 3
        ? { answer: { status: 400, body: { code: 'systemError.notPermittedAccess' } } }
        : null,
    )
    await expect(sync()).rejects.toMatchObject({ code: 'busy' })
    expect(await stored()).toHaveLength(200)
    ctx.clock.advanceTo(ctx.clock.now() + 3_600_000)
    expect((await sync()).customers).toMatchObject({ read: 30, added: 30 })
  })

  it('refuses records without a name or of another shape, and takes the others', async () => {
    const nameless = record(2, { data: { customer_name: ' ' } })
    const bad = [null, 'text', {}, record(3, { data: 'no map' }), nameless]
    const sync = await crm([record(1), ...bad])
    const { customers } = await sync()
    expect(customers).toMatchObject({ read: 6, added: 1, rejected: 5 })
    expect(customers.rejects.at(-1)).toMatchObject({ line: 6, field: 'key' })
  })

  it('an unknown owner leaves the owner alone, the public pool has none', async () => {
    const rep = await addMember(ctx, { platform: null })
    await bindIdentity(ctx, { platform: 'dingtalk', person: OPERATOR, memberId: rep.id })
    await (await crm([record(1), record(2)]))()
    await fake.close()
    ctx.clock.advanceTo(MONDAY_9AM + DAY_MS)
    const stranger = record(1, { permission: { ownerStaffIds: ['nobody'] } })
    const pool = record(2, { permission: { ownerStaffIds: [] } })
    await (await crm([stranger, pool]))()
    const owners = (await stored()).map(({ owner_id }) => (owner_id === null ? null : Number(owner_id)))
    expect(owners).toEqual([rep.id, null])
  })

  it('one whose name another source has is that customer', async () => {
    await addCustomer(ctx, { name: '客户1' })
    const sync = await crm([record(1), record(2)])
    expect((await sync()).customers).toMatchObject({ added: 1 })
    expect((await stored()).map(({ name }) => name)).toEqual(['客户2'])
  })

  it.each([
    ['a page that names itself as the next', { result: { nextToken: 'next-100', values: [] } }],
    ['an answer without values', { result: { nextToken: null } }],
  ])('%s ends the run', async (_what, body) => {
    const sync = await crm(Array.from({ length: 130 }, (_, n) => record(n)))
    fake.disturb((path) => (path.endsWith('customerInstances') ? { answer: { status: 200, body } } : null))
    await expect(sync()).rejects.toMatchObject({ code: 'upstream' })
  })

  it('tells what a missing right is', async () => {
    const sync = await crm([record(1)], 'somebody-else')
    await expect(sync()).rejects.toMatchObject({ data: { errcode: 'systemError.notPermittedAccess' } })
  })
})
