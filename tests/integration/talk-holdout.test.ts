import { beforeAll, expect, it } from 'vitest'
import { HOLDOUT } from '../../src/model/experiment.ts'
import { alignHoldout } from '../../src/retention/align-holdout.ts'
import { withSavedSettings } from '../../src/scoring/preview/settings-in-force.ts'
import { addAssignments } from '../../src/store/assignments.ts'
import { runningExperiment } from '../../src/store/experiments.ts'
import { customer, seedCompany, speaker, today } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

describeEachDatabase('对照组', (ctx) => {
  const shareNow = async () => (await withSavedSettings(ctx())).settings.retention.holdout.share
  /** What the next morning's job does. */
  const morning = async () => alignHoldout(await withSavedSettings(ctx()), today(ctx()))

  beforeAll(async () => {
    const { members } = await seedCompany(ctx())
    for (let n = 0; n < 10; n++) await customer(ctx(), { name: `客户${n}`, owner: members.wang })
  })

  it('is for administrators, and off until one turns it on', async () => {
    expect((await speaker(ctx(), 'wang').says('对照组')).text).toContain('只有管理员')
    expect((await speaker(ctx(), 'lead').says('对照组 开 10%')).text).toContain('只有管理员')
    expect((await speaker(ctx(), 'admin').says('对照组')).text).toContain('对照组关着')
    await morning()
    expect(await runningExperiment(ctx(), HOLDOUT)).toBeNull()
  })

  it('says what it would do and how many it needs; nothing changes before 确认', async () => {
    const admin = speaker(ctx(), 'admin')
    await admin.says('对照组')
    const asked = await admin.presses('打开 10 %')
    expect(asked.text).toMatch(/打开对照组：抽 10 %？[\s\S]*晚 30 天提醒；A 类不参加/)
    expect(asked.text).toMatch(/约需提醒组 \d+ 家、对照组 \d+ 家/)
    expect(asked.text).toContain('还没有改')
    expect((await admin.presses('不改了')).text).toMatch(/没有改动[\s\S]*A 类不参加/)
    expect(await shareNow()).toBe(0)
  })

  it.each([
    ['开 60%', '1 % 到 50 %'],
    ['开 0%', '1 % 到 50 %'],
    ['开 很多', '可发：对照组'],
    ['-10%', '可发：对照组'],
    ['关', '已经是这样了'],
  ])('%s is answered with a hint', async (words, hint) => {
    expect((await speaker(ctx(), 'admin').says(`对照组 ${words}`)).text).toContain(hint)
    expect(await shareNow()).toBe(0)
  })

  it('confirmed, it holds from the next morning on, with an audit row of who did it', async () => {
    const admin = speaker(ctx(), 'admin')
    const asked = await admin.says('对照组 开 20％')
    expect((await admin.presses('确认打开')).text).toMatch(/已打开对照组：20 %[\s\S]*下个工作日早上开始抽签/)
    expect(await shareNow()).toBe(0.2)
    expect((await admin.presses('确认打开', asked.cards[0])).text).toContain('设置刚被改过')
    await morning()
    expect(await runningExperiment(ctx(), HOLDOUT)).toMatchObject({ share: 0.2, delayDays: 30 })
    const audit = ctx().db.selectFrom('audit').innerJoin('members', 'members.id', 'audit.member_id')
    const rows = await audit.select(['members.name', 'audit.action']).execute()
    expect(rows).toEqual([{ name: '管理员', action: 'settings.save' }])
  })

  it('shows since when, how many in each arm, and how many wait today', async () => {
    const trial = await runningExperiment(ctx(), HOLDOUT)
    const customers = await ctx().db.selectFrom('customers').select('id').orderBy('id').execute()
    const lots = customers.map(({ id }, place) => {
      const arm = place < 2 ? ('control' as const) : ('treated' as const)
      return { customerId: Number(id), day: today(ctx()) - (place === 0 ? 40 : 1), stratum: 'B', place, arm }
    })
    await addAssignments(ctx(), trial?.id ?? 0, lots)
    const said = await speaker(ctx(), 'admin').says('对照组')
    expect(said.text).toMatch(
      /对照组开着：20 %\n开始 11\/23（周一）\n提醒组 8 家\n对照组 2 家\n今天在等 1 家/,
    )
    expect((await speaker(ctx(), 'admin').says('对照组 开 10')).text).toContain('现在这一轮会结束')
  })

  it('关 releases who waits; 撤销 brings it back', async () => {
    const admin = speaker(ctx(), 'admin')
    expect((await admin.says('对照组 关')).text).toMatch(/关闭对照组？\n等着的 1 家/)
    expect((await admin.presses('确认关闭')).text).toMatch(
      /已关闭对照组[\s\S]*下个工作日早上结束，等着的 1 家照常提醒/,
    )
    expect(await shareNow()).toBe(0)
    expect((await admin.says('撤销')).text).toMatch(/已撤销[\s\S]*对照组比例 = 0.2/)
    expect(await shareNow()).toBe(0.2)
    await morning()
    expect(await runningExperiment(ctx(), HOLDOUT)).toMatchObject({ share: 0.2 })
    await admin.says('对照组 关')
    await admin.presses('确认关闭')
    await morning()
    expect(await runningExperiment(ctx(), HOLDOUT)).toBeNull()
    expect((await admin.says('对照组')).text).toMatch(/对照组关着\n上一轮从 11\/23（周一）开始，已结束/)
  })
})
