import { beforeAll, expect, it } from 'vitest'
import { inTransaction } from '../../src/context.ts'
import { playsOfPush } from '../../src/jobs/plays-of-push.ts'
import { addFollowUp, NOTHING_READ } from '../../src/store/follow-ups.ts'
import { type Company, customer, event, openCase, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const SILENT = [{ signal: 'overdue', points: 30, facts: [] }]
const PRICE = [{ signal: 'nps', points: 30, facts: [] }]

interface Past {
  readonly owner?: 'wang' | 'li' | 'zhao'
  readonly state?: 'won' | 'lost' | 'false-alarm' | 'expired'
  readonly worked?: boolean
  /** Days after the alert. */
  readonly ordered?: number | null
  readonly channel?: string
  readonly evidence?: typeof SILENT
  readonly segment?: string
}

describeEachDatabase('同类挽回', (ctx) => {
  let company: Company
  let number = 0

  beforeAll(async () => {
    company = await seedCompany(ctx())
    await opened('张三制造', 'wang', SILENT)
  })

  async function opened(name: string, owner: 'wang' | 'li' | 'zhao', evidence: typeof SILENT) {
    const customerId = await customer(ctx(), { name, owner: company.members[owner] })
    await event(ctx(), customerId, { kind: 'order', day: today(ctx()) - 300, amount: 1 })
    const caseId = await openCase(ctx(), { customer: customerId, owner: company.members[owner], evidence })
    await inTransaction(ctx(), (inner) => playsOfPush.start(inner, { customerId, caseId, day: today(ctx()) }))
    return { customerId, caseId }
  }

  /** A case opened 100 days ago, worked on a day later and closed. */
  async function past(given: Past): Promise<number> {
    const {
      owner = 'li',
      state = 'won',
      worked = true,
      ordered = 10,
      channel = 'phone',
      evidence = SILENT,
    } = given
    const { customerId, caseId } = await opened(`旧客户${number++}`, owner, evidence)
    const day = today(ctx()) - 100
    await ctx()
      .db.updateTable('customers')
      .set({ segment: given.segment ?? 'default' })
      .where('id', '=', customerId)
      .execute()
    await ctx()
      .db.updateTable('cases')
      .set({ state, opened_on: day, closed_at: 1 })
      .where('id', '=', caseId)
      .execute()
    const content = { ...NOTHING_READ, channel, outcome: 'interested', effective: true, note: '' }
    const row = {
      customerId,
      caseId,
      memberId: company.members[owner],
      day: day + 1,
      inboundKey: `past-${number}`,
    }
    if (worked) await addFollowUp(ctx(), { ...content, ...row })
    if (ordered !== null) await event(ctx(), customerId, { kind: 'order', day: day + ordered, amount: 1 })
    return customerId
  }

  const said = async (person: string) => (await speaker(ctx(), person).says('打法 张三制造')).text

  it('says so while there are too few', async () => {
    for (const ordered of [10, 20, 30]) await past({ ordered })
    await past({ state: 'lost', ordered: null })
    expect(await said('wang')).toContain('同类已结 4 家，样本不足')
  })

  it('counts worked cases of the same cause and segment, proven by an order, and says how', async () => {
    await past({ ordered: null, channel: 'visit' })
    await past({ state: 'expired', ordered: 40, channel: 'visit' })
    for (const other of [
      { worked: false },
      { state: 'false-alarm' },
      { evidence: PRICE },
      { segment: 'saas' },
      { owner: 'zhao' },
    ] as const) {
      await past(other)
    }
    expect(await said('wang')).toContain(
      '同类挽回 3/6 家：多是「一条消息问近况」，电话，有意向，约 20 天下单',
    )
    expect(await said('lead')).toContain('同类挽回 3/6 家')
    expect(await said('admin')).toContain('同类挽回 4/7 家')
  })

  it('names no customer of a colleague', async () => {
    expect(await said('wang')).not.toContain('旧客户')
  })

  it('reads what was taken back as never written', async () => {
    await ctx().db.updateTable('follow_ups').set({ undone_at: 1 }).where('channel', '=', 'visit').execute()
    expect(await said('wang')).toContain('样本不足')
    await ctx().db.updateTable('follow_ups').set({ undone_at: null }).execute()
    expect(await said('wang')).toContain('3/6')
  })
})
