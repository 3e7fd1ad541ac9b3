import { afterEach, expect, it } from 'vitest'
import type { FakeBehaviour, FakeCorp, FakeCustomer } from '../support/fake-wecom/state.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'
import { type ContactCase, contactCase } from '../support/wecom-contact.ts'

const DAY_S = 86_400

/** Members with one customer each. */
function followers(count: number): { users: string[]; customers: FakeCustomer[] } {
  const users = Array.from({ length: count }, (_, n) => `rep${String(n).padStart(3, '0')}`)
  return { users, customers: users.map((user, n) => ({ user, id: `wo-${n}`, name: `客户${n}` })) }
}

describeEachDatabase('reading WeCom customer contact', (base) => {
  let one: ContactCase
  const start = async (corp: Partial<FakeCorp>): Promise<ContactCase> => {
    one = await contactCase(base(), corp)
    return one
  }
  afterEach(() => one.close())

  const relations = async (): Promise<number> => {
    const { n } = await one.ctx.db
      .selectFrom('wecom_relations')
      .select((eb) => eb.fn.countAll().as('n'))
      .executeTakeFirstOrThrow()
    return Number(n)
  }
  const callsOf = (api: string): number => one.fake.calls.filter((call) => call === api).length
  const READ = 'externalcontact/batch/get_by_user'

  it('one member who may not be read does not keep the others from it; the administrator hears whom and what to do', async () => {
    const { users, customers } = followers(4)
    const { ctx, sync } = await start({
      customers,
      followers: users,
      refusedUsers: { rep001: 60011, rep002: 84061 },
    })
    await ctx.db.updateTable('members').set({ role: 'admin' }).where('name', '=', '李静').execute()
    expect((await sync('wecom-customers')).customers).toMatchObject({ added: 2 })
    const told = await ctx.db.selectFrom('outbox').select(['address', 'card_json']).execute()
    expect(told.map((row) => row.address)).toEqual(['dm:lijing'])
    expect(told[0]?.card_json).toContain('rep001：')
    expect(told[0]?.card_json).toContain('可见范围')
    expect(told[0]?.card_json).not.toContain('rep002')
    await sync('wecom-customers')
    expect(await ctx.db.selectFrom('outbox').select('id').execute()).toHaveLength(1)
  })

  it('customers of a member who could not be read are not taken for lost; of one who was read they are', async () => {
    const { users, customers } = followers(2)
    await start({ customers, followers: users })
    await one.sync('wecom-customers')
    one.ctx.clock.advanceTo(one.ctx.clock.now() + 60_000)
    one = await one.become({ customers: [], followers: users, refusedUsers: { rep000: 60011 } })
    await one.sync('wecom-customers')
    const rows = await one.ctx.db
      .selectFrom('wecom_relations')
      .select(['person', 'lost_by'])
      .orderBy('person')
      .execute()
    expect(rows).toEqual([
      { person: 'rep000', lost_by: null },
      { person: 'rep001', lost_by: 'list' },
    ])
  })

  it('an interrupted reading goes on behind the last members that were read', async () => {
    const { users, customers } = followers(120)
    const { sync, fake } = await start({ customers, followers: users })
    // Two of three groups of members are read; the third breaks off.
    fake.disturb((api) => (api === READ && callsOf(READ) > 55 ? { errcode: -1 } : null))
    await expect(sync('wecom-customers')).rejects.toMatchObject({ code: 'upstream' })
    fake.disturb(() => null)
    const [had, before] = [await relations(), callsOf(READ)]
    expect(had).toBeGreaterThanOrEqual(100)
    expect((await sync('wecom-customers')).customers).toMatchObject({ added: 120 })
    expect(callsOf(READ) - before).toBeLessThan(20)
    expect(await relations()).toBe(120)
  })

  it('without the permission of customer contact nothing else stops', async () => {
    const { sync, fake } = await start({})
    fake.inject({ api: 'externalcontact/get_follow_user_list', errcode: 84074 })
    await expect(sync('wecom-customers')).rejects.toMatchObject({
      say: expect.stringContaining('可调用接口的应用'),
    })
  })

  const midnight = (daysAgo: number): number => {
    const now = one.ctx.clock.now() / 1000
    return Math.floor((now + 8 * 3600) / DAY_S) * DAY_S - 8 * 3600 - daysAgo * DAY_S
  }

  it('reads what members did a day at a time, only what is new, and keeps absent apart from zero', async () => {
    await start({ followers: ['wangxiaoming', 'lijing'] })
    const behaviour: FakeBehaviour[] = [
      { user: 'wangxiaoming', stat_time: midnight(40), chat_cnt: 9 },
      { user: 'wangxiaoming', stat_time: midnight(3), chat_cnt: 10, reply_percentage: 80, avg_reply_time: 5 },
      { user: 'wangxiaoming', stat_time: midnight(1), chat_cnt: 0, negative_feedback_cnt: 0 },
    ]
    one = await one.become({
      followers: ['wangxiaoming', 'lijing'],
      behaviour,
      refusedUsers: { lijing: 60011 },
    })
    await one.sync('wecom-behaviour')
    const rows = await one.ctx.db
      .selectFrom('wecom_behaviour')
      .select(['chats', 'reply_percent', 'negative'])
      .orderBy('day')
      .execute()
    expect(
      rows.map((row) => [
        Number(row.chats),
        row.reply_percent,
        row.negative === null ? null : Number(row.negative),
      ]),
    ).toEqual([
      [10, 80, null],
      [0, null, 0],
    ])
    const calls = callsOf('externalcontact/get_user_behavior_data')
    await one.sync('wecom-behaviour')
    // Only the member who was refused is asked for again.
    expect(callsOf('externalcontact/get_user_behavior_data') - calls).toBe(1)
  })
})
