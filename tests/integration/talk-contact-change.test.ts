import { beforeAll, expect, it } from 'vitest'
import { eventsLane } from '../../src/jobs/events-lane.ts'
import { customer, seedCompany, speaker } from '../support/talk.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

describeEachDatabase('换人', (ctx) => {
  const who = (person: string) => speaker(ctx(), person)
  const lane = () => eventsLane.run(ctx(), 0, new AbortController().signal)
  const events = () =>
    ctx().db.selectFrom('events').select('note').where('kind', '=', 'contact-change').orderBy('id').execute()

  beforeAll(async () => {
    const { members } = await seedCompany(ctx())
    for (const name of ['华联超市', '华联百货', '东方纺织'])
      await customer(ctx(), { name, owner: members.wang })
    await customer(ctx(), { name: '南方电机', owner: members.zhao })
    await lane()
  })

  it('notes the change, promises to meet the new contact in five workdays, and takes both back', async () => {
    const wang = who('wang')
    const said = await wang.says('换人 华联超市 张伟→李娜')
    expect(said.text).toContain('华联超市')
    expect(said.text).toContain('张伟 → 李娜')
    expect(said.text).toContain('11/30')
    expect((await events()).map(({ note }) => note)).toEqual(['张伟→李娜'])
    const [promise] = await ctx().db.selectFrom('follow_ups').select(['next_on', 'effective']).execute()
    expect(Number(promise?.effective)).toBe(0)
    expect((await wang.says('换人 华联超市 张伟换成李娜')).text).toContain('记过')
    expect((await wang.presses('撤销')).text).toContain('已撤销')
    expect(await events()).toEqual([])
    const rows = await ctx().db.selectFrom('follow_ups').select('undone_at').execute()
    expect(rows.every((row) => row.undone_at !== null)).toBe(true)
  })

  it('tells the owner when somebody else noted it, and nobody twice', async () => {
    await who('lead').says('换人 东方纺织 李娜')
    expect(await lane()).toMatchObject({ cards: 0 })
    const notices = await ctx()
      .db.selectFrom('outbox')
      .select(['card_json', 'address'])
      .where('lane', '=', 'notice')
      .execute()
    expect(notices.map(({ address }) => address)).toEqual(['dm:wang'])
    expect(notices[0]?.card_json).toContain('陈总：东方纺织 换联系人了')
    expect((await who('wang').says('客户 东方纺织')).text).toContain('11/30')
  })

  it('asks for the name and the customer it lacks, and writes nothing before', async () => {
    const wang = who('wang')
    expect((await wang.says('换人 华联超市')).text).toContain('新联系人')
    expect((await wang.says('王五')).text).toContain('王五')
    const before = (await events()).length
    expect((await wang.says('换人 华联 赵六')).text).toContain('有 2 个')
    expect((await who('wang').says('换人 南方电机 李娜')).text).toContain('没有')
    expect((await wang.saysIn('east', '换人 华联超市 李娜')).text).not.toContain('李娜')
    expect((await events()).length).toBe(before)
  })
})
