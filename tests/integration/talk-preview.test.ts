import { beforeAll, expect, it } from 'vitest'
import { previewAsked } from '../../src/jobs/preview-asked.ts'
import type { Card } from '../../src/model/card.ts'
import { withSavedSettings } from '../../src/scoring/preview/settings-in-force.ts'
import { scoreCustomers } from '../../src/scoring/score-customers.ts'
import { activeSettings } from '../../src/store/settings-versions.ts'
import { customer, event, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

describeEachDatabase('试算', (ctxNow) => {
  let ctx: TestCtx

  const bands = async () => (await withSavedSettings(ctx)).settings.scoring.bands
  const auditRows = () =>
    ctx.db.selectFrom('audit').select('action').where('action', 'like', 'settings.%').orderBy('id').execute()

  /** The minute's job, and the card it sent to the administrator. */
  async function answered(): Promise<Card> {
    await previewAsked.run(ctx, ctx.clock.now(), new AbortController().signal)
    const row = await ctx.db
      .selectFrom('outbox')
      .select(['card_json', 'address'])
      .where('id', 'like', 'preview:%')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(row.address).toBe('dm:admin')
    return JSON.parse(row.card_json)
  }

  beforeAll(async () => {
    ctx = ctxNow()
    const { members } = await seedCompany(ctx)
    for (let n = 0; n < 20; n++) {
      const id = await customer(ctx, { name: `客户${n}`, owner: n % 2 ? members.wang : members.li })
      for (let k = 0; k < 8; k++) {
        await event(ctx, id, { kind: 'order', day: today(ctx) - 1 - n * 4 - k * 30, amount: 100_000 })
      }
    }
    await scoreCustomers(ctx, { asOf: today(ctx) - 1 })
  })

  it('is for administrators', async () => {
    expect((await speaker(ctx, 'wang').says('试算 高=0.7')).text).toContain('只有管理员')
    expect((await speaker(ctx, 'lead').says('试算 高=0.7')).text).toContain('只有管理员')
  })

  it('shows what would change, saves nothing before 保存, and then from the next run on', async () => {
    const admin = speaker(ctx, 'admin')
    const asked = await admin.says('试算 高=70% 中＝0.5')
    expect(asked.text).toContain('正在试算')
    expect(asked.text).toContain('高：0.6 → 0.7')
    expect(await activeSettings(ctx)).toBeNull()
    const card = await answered()
    expect(card.title).toMatch(/^本次改动影响 \d+ 家$/)
    expect(card.facts?.join('\n')).toMatch(/风险等级变化 \d+ 家/)
    expect(card.facts?.join('\n')).toContain('按过去 12 周重算')
    expect(card.actions?.map((one) => one.label)).toEqual(['保存', '放弃'])
    expect((await bands()).high).toBe(0.6)

    const saved = await admin.presses('保存', card)
    expect(saved.text).toContain('已保存，下一次评分起生效')
    expect(await bands()).toMatchObject({ high: 0.7, medium: 0.5, urgent: 0.8 })
    expect((await admin.presses('保存', card)).text).toContain('设置已经变了')
    expect((await admin.says('试算')).text).toContain('高 = 0.7')
    expect(await auditRows()).toEqual([{ action: 'settings.save' }])
  })

  it('a further change builds on it, and the version before can be brought back', async () => {
    const admin = speaker(ctx, 'admin')
    await admin.says('试算 紧急=0.9')
    const saved = await admin.presses('保存', await answered())
    expect(await bands()).toMatchObject({ high: 0.7, urgent: 0.9 })
    expect((await admin.presses('恢复上一版', saved.updates[0])).text).toContain('已恢复上一版')
    expect(await bands()).toMatchObject({ high: 0.7, urgent: 0.8 })
    expect((await admin.says('撤销')).text).toContain('已撤销')
    expect(await bands()).toMatchObject({ urgent: 0.9 })
    expect((await admin.says('撤销')).text).toContain('已撤销')
    expect(await bands()).toMatchObject({ high: 0.7, urgent: 0.8 })
  })

  it('放弃 and a newer draft leave nothing behind; an old card saves nothing', async () => {
    const admin = speaker(ctx, 'admin')
    await admin.says('试算 高=0.75')
    const old = await answered()
    await admin.says('试算 高=0.78')
    const card = await answered()
    expect((await admin.presses('保存', old)).text).toContain('请重新试算')
    expect((await admin.presses('放弃', card)).text).toContain('已放弃')
    expect((await admin.presses('保存', card)).text).toContain('请重新试算')
    expect((await bands()).high).toBe(0.7)
  })

  it('is not fooled by a draft that is not previewed yet', async () => {
    const admin = speaker(ctx, 'admin')
    await admin.says('试算 高=0.75')
    const row = await ctx.db
      .selectFrom('settings_versions')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const payload = { version: Number(row.id), do: 'save' }
    const card: Card = { summary: 'x', title: 'x', actions: [{ action: 'preview', label: '保存', payload }] }
    expect((await admin.presses('保存', card)).text).toContain('请重新试算')
    expect((await bands()).high).toBe(0.7)
  })

  it('begins a stopped draft again, but gives up after hours', async () => {
    await speaker(ctx, 'admin').says('试算 高=0.75')
    const begin = () => previewAsked.run(ctx, ctx.clock.now(), AbortSignal.abort())
    await expect(begin()).rejects.toThrow()
    await expect(begin()).rejects.toThrow()
    ctx.clock.advanceTo(ctx.clock.now() + 2 * 3_600_000)
    await begin()
    expect(await begin()).toEqual({ asked: 0 })
  })

  it('says what does not hold, and which settings there are', async () => {
    const admin = speaker(ctx, 'admin')
    expect((await admin.says('试算 高=0.2')).text).toContain('watch < medium < high < urgent')
    expect((await admin.says('试算 高=7')).text).toContain('这样的设置不成立：高')
    expect((await admin.says('试算 额度=9')).text).toContain('没看懂「额度」')
    expect((await admin.says('试算 push.perDay=50')).text).toContain('不成立')
    expect((await admin.says('试算 高=0.7')).text).toContain('没有改动')
    expect((await admin.says('试算 随便写点什么')).text).toContain('没看懂')
  })
})
