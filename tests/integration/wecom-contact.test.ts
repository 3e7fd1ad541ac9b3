import { afterEach, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { calendarFor } from '../../src/calendar.ts'
import { customerCard } from '../../src/cards/customer.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { customerView } from '../../src/chat/customer-view.ts'
import { inTransaction } from '../../src/context.ts'
import { eventsLane } from '../../src/jobs/events-lane.ts'
import type { Member } from '../../src/model/member.ts'
import { memberByIdentity } from '../../src/store/members.ts'
import { addHandOver, failedTransfer, giveCustomer } from '../../src/store/transfers.ts'
import { textFor } from '../../src/text/index.ts'
import type { FakeCorp, FakeCustomer } from '../support/fake-wecom/state.ts'
import { addCustomer } from '../support/people.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'
import { type ContactCase, contactCase } from '../support/wecom-contact.ts'

const WANG = { user: 'WangXiaoMing', customer: 'woAJ-Zhang' }
const LI = { user: 'lijing', customer: 'woAJ-Zhang' }
const MINUTE = 60_000

const ZHANG: FakeCustomer = { user: 'WangXiaoMing', id: 'woAJ-Zhang', name: '张总', company: '华联超市' }
const CUSTOMERS: readonly FakeCustomer[] = [
  { ...ZHANG, createtime: 1_700_000_000 },
  { ...ZHANG, user: 'lijing', createtime: 1_690_000_000, remark: '老张' },
  {
    user: 'lijing',
    id: 'woaj-zhang',
    name: '另一位',
    createtime: 1_690_000_000,
    tags: ['重点', '续费'],
    addWay: 16,
  },
]

describeEachDatabase('WeCom customer contact', (base) => {
  let one: ContactCase
  const start = async (corp: Partial<FakeCorp> = { customers: CUSTOMERS }): Promise<ContactCase> => {
    one = await contactCase(base(), corp)
    return one
  }
  afterEach(() => one.close())

  const member = (user: string) => memberByIdentity(one.ctx, 'wecom', user)
  const events = () =>
    one.ctx.db.selectFrom('events').select(['kind', 'note']).orderBy('at').orderBy('id').execute()
  const later = (ms = MINUTE) => one.ctx.clock.advanceTo(one.ctx.clock.now() + ms)
  const look = () => eventsLane.run(one.ctx, one.ctx.clock.now(), new AbortController().signal)
  const cards = () =>
    one.ctx.db.selectFrom('outbox').select(['address', 'card_json', 'not_before']).orderBy('seq').execute()

  it('brings customers through empty pages: the first member owns, ids keep their case, tags and the way stay', async () => {
    const { ctx, sync } = await start()
    expect((await sync('wecom-customers')).customers).toMatchObject({ added: 2, rejected: 0 })
    const rows = await ctx.db
      .selectFrom('customers')
      .select(['source_key', 'name', 'short_name', 'owner_id', 'tags'])
      .orderBy('name')
      .execute()
    const li = (await member('lijing'))?.id
    expect(
      rows.map((row) => [row.source_key, row.name, row.short_name, Number(row.owner_id), row.tags]),
    ).toEqual(
      expect.arrayContaining([
        ['woAJ-Zhang', '华联超市', '老张', li, null],
        ['woaj-zhang', '另一位', null, li, '重点、续费、来源：获客链接'],
      ]),
    )
    expect((await sync('wecom-customers')).customers).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
  })

  it('A29: a customer who deletes its rep becomes one card for the owner at the next look of the event lane', async () => {
    const { ctx, sync, told } = await start({ customers: [ZHANG] })
    const owner = await member('wangxiaoming')
    const known = await addCustomer(ctx, { name: '华联超市', ownerId: owner?.id ?? null })
    await sync('wecom-customers')
    await look()
    await told('del_follow_user', WANG)
    const stored = await ctx.db.selectFrom('events').select(['customer_id', 'kind', 'note']).execute()
    expect(stored.map((row) => [Number(row.customer_id), row.kind, row.note])).toEqual([
      [known, 'contact-deleted', '王晓明'],
    ])
    expect(await look()).toMatchObject({ cards: 1 })
    const [card] = await cards()
    expect(card?.address).toBe('dm:wangxiaoming')
    expect(card?.card_json).toContain('客户删除好友')
    expect(card?.card_json).toContain('客户删除了王晓明的企业微信好友')
    expect(Number(card?.not_before)).toBeLessThanOrEqual(ctx.clock.now())
  })

  it('§7.4: the customer stays listed after deleting the rep, and that takes nothing back', async () => {
    const { ctx, sync, told } = await start({ customers: [ZHANG] })
    await sync('wecom-customers')
    await told('del_follow_user', WANG)
    later()
    await sync('wecom-customers')
    expect((await events()).map(({ kind }) => kind)).toEqual(['contact-deleted'])
    const [relation] = await ctx.db.selectFrom('wecom_relations').select('lost_by').execute()
    expect(relation?.lost_by).toBe('customer')
  })

  it('who deletes one rep and keeps another: the note names whom, and the owner who was not meant gets no card', async () => {
    const { sync, told } = await start()
    await sync('wecom-customers')
    await look()
    await told('del_follow_user', WANG)
    expect(await events()).toEqual([{ kind: 'contact-deleted', note: '王晓明/李静' }])
    expect(await look()).toMatchObject({ events: 1, cards: 0 })
    later()
    await told('del_follow_user', LI)
    expect((await events()).at(-1)).toEqual({ kind: 'contact-deleted', note: '李静' })
    expect(await look()).toMatchObject({ cards: 1 })
  })

  it('added again: an event takes the deletion back, and what was taken back in time makes no card', async () => {
    const { sync, told } = await start({ customers: [ZHANG] })
    await sync('wecom-customers')
    await look()
    await told('del_follow_user', WANG)
    later()
    await told('add_half_external_contact', WANG)
    await told('add_external_contact', WANG)
    expect(await events()).toEqual([
      { kind: 'contact-deleted', note: '王晓明' },
      { kind: 'contact-added', note: '王晓明' },
    ])
    expect(await look()).toMatchObject({ cards: 0 })
  })

  it('added again without a callback: the next sync finds it by its new date, once', async () => {
    await start({ customers: [ZHANG] })
    await one.sync('wecom-customers')
    await one.told('del_follow_user', WANG)
    later(60 * MINUTE)
    const createtime = Math.floor(one.ctx.clock.now() / 1000) - 60
    one = await one.become({ customers: [{ ...ZHANG, createtime }] })
    await one.sync('wecom-customers')
    later()
    await one.sync('wecom-customers')
    expect((await events()).map(({ kind }) => kind)).toEqual(['contact-deleted', 'contact-added'])
  })

  it('a rep who deletes the customer is another fact, of which no card speaks', async () => {
    const { sync, told } = await start({ customers: [ZHANG] })
    await sync('wecom-customers')
    await look()
    await told('del_external_contact', WANG)
    expect(await events()).toEqual([{ kind: 'contact-dropped', note: '王晓明' }])
    expect(await look()).toMatchObject({ events: 0, cards: 0 })
  })

  it('deleted by the customer, then by the rep, then added: still taken back', async () => {
    const { sync, told } = await start({ customers: [ZHANG] })
    await sync('wecom-customers')
    for (const change of ['del_follow_user', 'del_external_contact', 'add_external_contact']) {
      await told(change, WANG)
      later()
    }
    expect((await events()).map(({ kind }) => kind)).toEqual([
      'contact-deleted',
      'contact-dropped',
      'contact-added',
    ])
  })

  it('the event of a customer that no sync has brought waits, and joins the right customer at the next one', async () => {
    const { ctx, sync, told } = await start({ customers: [ZHANG] })
    const known = await addCustomer(ctx, {
      name: '华联超市',
      ownerId: (await member('wangxiaoming'))?.id ?? null,
    })
    await look()
    await told('del_follow_user', WANG)
    expect(await events()).toEqual([])
    await sync('wecom-customers')
    const [event] = await ctx.db.selectFrom('events').select(['customer_id', 'kind']).execute()
    expect([Number(event?.customer_id), event?.kind]).toEqual([known, 'contact-deleted'])
    expect(await look()).toMatchObject({ cards: 1 })
    expect(await ctx.db.selectFrom('wecom_waiting').selectAll().execute()).toEqual([])
    const created = await ctx.db.selectFrom('customers').select('name').execute()
    expect(created).toEqual([{ name: '华联超市' }])
  })

  it.each([
    ['a handover', 'del_external_contact', '<Source>DELETE_BY_TRANSFER</Source>'],
    ['a new customer', 'add_external_contact', '<WelcomeCode>x</WelcomeCode>'],
    ['an edited remark', 'edit_external_contact', ''],
    ['a change of tomorrow', 'something_new', ''],
  ])('%s is no news', async (_what, change, more) => {
    const { sync, told } = await start({ customers: [ZHANG] })
    await sync('wecom-customers')
    await told(change, { ...WANG, more })
    expect(await events()).toEqual([])
  })

  it('after a handover the customer belongs to who took over', async () => {
    await start()
    await one.sync('wecom-customers')
    await one.told('del_external_contact', { ...LI, more: '<Source>DELETE_BY_TRANSFER</Source>' })
    later()
    one = await one.become({ customers: CUSTOMERS.filter((row) => row.user !== 'lijing') })
    await one.sync('wecom-customers')
    const row = await one.ctx.db
      .selectFrom('customers')
      .select('owner_id')
      .where('source_key', '=', 'woAJ-Zhang')
      .executeTakeFirstOrThrow()
    expect(Number(row.owner_id)).toBe((await member('wangxiaoming'))?.id)
  })

  it('tells administrators and the lead of a handover that failed, once', async () => {
    const { ctx, sync, told } = await start()
    await sync('wecom-customers')
    await ctx.db.updateTable('members').set({ role: 'lead' }).where('name', '=', '陈立').execute()
    await ctx.db.updateTable('members').set({ role: 'admin' }).where('name', '=', '李静').execute()
    const team = await ctx.db
      .selectFrom('members')
      .select('team_id')
      .where('name', '=', '陈立')
      .executeTakeFirstOrThrow()
    await ctx.db.updateTable('members').set({ team_id: team.team_id }).where('name', '=', '王晓明').execute()
    await told('transfer_fail', { ...WANG, more: '<FailReason>customer_refused</FailReason>' })
    const sent = await cards()
    expect(sent.map((row) => row.address).toSorted()).toEqual(['dm:chenli', 'dm:lijing'])
    expect(sent[0]?.card_json).toContain('客户转接失败：华联超市')
    expect(sent[0]?.card_json).toContain('客户拒绝了转接')
    expect(await events()).toEqual([])
  })

  it('marks the hand-over of ours that failed until the customer goes to somebody else; the card says why', async () => {
    const { ctx, sync, told } = await start()
    await sync('wecom-customers')
    const [wang, li] = [await member('wangxiaoming'), await member('lijing')]
    const row = ctx.db
      .selectFrom('customers')
      .select(['id', 'owner_id'])
      .where('source_key', '=', 'woAJ-Zhang')
    const id = Number((await row.executeTakeFirstOrThrow()).id)
    const give = (to: Member | null, from: Member | null) =>
      inTransaction(ctx, async (ctx) => {
        const by = { memberId: from?.id ?? null, byId: from?.id ?? null }
        const handOverId = await addHandOver(ctx, { kind: 'customer', ...by })
        return giveCustomer(
          ctx,
          { id, ownerId: from?.id ?? null },
          { handOverId, toId: to?.id ?? 0, byId: by.byId },
        )
      })
    await told('transfer_fail', { ...WANG, more: '<FailReason>customer_refused</FailReason>' })
    expect(await failedTransfer(ctx, id)).toBeNull()
    expect(await give(wang, li)).toBe(true)
    later()
    await told('transfer_fail', { ...WANG, more: '<FailReason>customer_refused</FailReason>' })
    const today = calendarFor(ctx.settings).dayOf(ctx.clock.now())
    const view = wang && (await customerView(ctx, { actor: wang, scope: UNSCOPED, today }, id, 3))
    if (!view) throw new Error('no such customer')
    expect(view.failedTransfer).toMatchObject({ to: '王晓明', on: today, reason: 'customer-refused' })
    const card = customerCard({ ...view, id, name: '华联超市', today }, textFor('zh-CN'))
    expect(cardLines(card).join()).toMatch(/企业微信转接 .*转给 王晓明 没成功：客户拒绝/)
    expect(await give(li, wang)).toBe(true)
    expect(await failedTransfer(ctx, id)).toBeNull()
  })
})
