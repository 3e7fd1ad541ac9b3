import { beforeAll, expect, it } from 'vitest'
import type { AtRiskItem } from '../../src/cards/at-risk.ts'
import { digestCard } from '../../src/cards/digest.ts'
import type { Card } from '../../src/model/card.ts'
import { textFor } from '../../src/text/index.ts'
import { customer, openCase, outFor, seedCompany, send, speaker, today } from '../support/talk.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

describeEachDatabase('the morning digest stays true while its buttons are pressed', (ctxNow) => {
  let ctx: TestCtx
  let digest: Card
  let deliver: () => Promise<Card>

  beforeAll(async () => {
    ctx = ctxNow()
    const { members } = await seedCompany(ctx)
    const items: AtRiskItem[] = []
    for (const [index, name] of ['甲公司', '乙公司'].entries()) {
      const id = await customer(ctx, { name, owner: members.wang })
      const caseId = await openCase(ctx, { customer: id, owner: members.wang })
      const place = { rank: index + 1, reason: 'priority' as const }
      const state = { tier: 'A' as const, band: 'high' as const, stage: 'retention', value12m: 1, risk: null }
      items.push({ caseId, customerId: id, customerName: name, ...state, evidence: [], orderReason: place })
    }
    deliver = async () => {
      const day = today(ctx)
      const input = { repName: '王芳', day, items, more: 0, due: [], asOf: day - 1 }
      const card = digestCard(input, textFor('zh-CN'))
      await ctx.db
        .insertInto('outbox')
        .values({
          id: `digest:${members.wang}:${day}`,
          platform: 'playground',
          kind: 'send',
          target_json: '{}',
          address: 'dm:wang',
          card_json: JSON.stringify(card),
          lane: 'digest',
          state: 'sent',
          attempts: 1,
          not_before: 0,
          lease_until: null,
          created_at: 0,
          sent_at: 1,
          receipt: JSON.stringify({ messageId: '77', update: { message: 77 }, notShown: [] }),
          error: null,
          case_id: null,
          score_run_id: null,
          seq: day,
        })
        .execute()
      return card
    }
    digest = await deliver()
  })

  const linesOf = (card: Card | undefined) => (card?.items ?? []).map((item) => item.lines.join())

  it('已联系 on one item marks it in place and keeps the other', async () => {
    const said = await speaker(ctx, 'wang').presses('已联系', digest)
    expect(said.cards).toHaveLength(1)
    expect(linesOf(said.updates[0])).toEqual(['✓ 跟进中', '数据不足'])
    expect(said.updates[0]?.items?.[0]?.actions?.map((one) => one.label)).toEqual(['为什么'])
  })

  it('a text follow-up of the other item changes the delivered digest too', async () => {
    const said = await speaker(ctx, 'wang').says('跟进 乙公司 有意向 下周三')
    expect(linesOf(said.updates[0])).toEqual(['✓ 跟进中', '✓ 待结果'])
    const row = await ctx.db
      .selectFrom('outbox')
      .select('target_json')
      .where('id', 'like', 'refresh:%')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(row.target_json)).toEqual({ message: 77 })
  })

  it('撤销 brings the item back with its buttons', async () => {
    const said = await speaker(ctx, 'wang').says('撤销')
    expect(linesOf(said.updates[0])).toEqual(['✓ 跟进中', '数据不足'])
    expect(said.updates[0]?.items?.[1]).toEqual(digest.items?.[1])
  })

  it('稍后 asks on a card of its own; the choice changes that card and the digest', async () => {
    const wang = speaker(ctx, 'wang')
    const asked = await wang.presses('稍后', { ...digest, items: digest.items?.slice(1) ?? [] })
    expect(asked.text).toContain('什么时候再提醒')
    const done = await wang.presses('下周一')
    expect(done.cards).toEqual([])
    expect(done.updates[0]?.title).toContain('乙公司')
    expect(linesOf(done.updates[1])[1]).toContain('稍后')
  })

  it('the same click delivered twice has one effect', async () => {
    const action = digest.items?.[0]?.actions?.[0]
    if (!action) throw new Error('no button')
    const who = { platform: 'playground', id: 'wang', name: null }
    const where = { kind: 'dm' as const, id: 'wang' }
    const click = { id: 'twice', at: 0, who, where, kind: 'action' as const, update: null, ...action }
    await send(ctx, click)
    await send(ctx, click)
    expect((await outFor(ctx, 'twice')).cards).toHaveLength(1)
    expect(await touches()).toHaveLength(1)
  })

  it('a week later the same case asks anew: nothing is ticked beforehand, and the call is logged', async () => {
    const wang = speaker(ctx, 'wang')
    ctx.clock.advanceTo(ctx.clock.now() + 7 * 86_400_000)
    const old = digest
    digest = await deliver()
    const before = (await touches()).length
    const tapped = await wang.presses('已联系', digest)
    expect(tapped.text).not.toContain('已经记过')
    expect(linesOf(tapped.updates[0])).toEqual(['✓ 跟进中', '数据不足'])
    expect(await touches()).toHaveLength(before + 1)
    expect((await wang.presses('已联系', digest)).text).toContain('已经记过')
    expect((await wang.presses('已联系', old)).text).toContain('已经记过')
    expect(await touches()).toHaveLength(before + 1)
    await wang.says('撤销')
    expect(await touches()).toHaveLength(before)
  })

  const touches = () => ctx.db.selectFrom('follow_ups').selectAll().where('undone_at', 'is', null).execute()
})
