import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { decide } from '../../src/scoring/propose/decide.ts'
import { isAsked } from '../../src/scoring/propose/proposal-due.ts'
import { activeVersion, latestVersions, versionById } from '../../src/store/scorer-versions.ts'
import { proposed, rulesStay } from '../support/go-live.ts'
import { addMember } from '../support/people.ts'
import { seedCompany, speaker } from '../support/talk.ts'
import { describeEachDatabase, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

describeEachDatabase('上线: the administrator decides', (ctxNow) => {
  let ctx: TestCtx
  let boss: string

  beforeAll(async () => {
    ctx = ctxNow()
    await seedCompany(ctx)
    const second = await addMember(ctx, { name: '第二位', role: 'admin' })
    boss = (
      await ctx.db
        .selectFrom('identities')
        .select('person')
        .where('member_id', '=', second.id)
        .executeTakeFirstOrThrow()
    ).person
  })
  beforeEach(async () => {
    await ctx.db.deleteFrom('scorer_versions').execute()
    await ctx.db.deleteFrom('audit').execute()
    await ctx.db.deleteFrom('state').execute()
  })

  const admin = () => speaker(ctx, 'admin')
  const decisions = async () =>
    (await ctx.db.selectFrom('audit').select(['action', 'member_id']).orderBy('id').execute()).map(
      ({ action }) => action,
    )
  const activeId = async () => (await activeVersion(ctx))?.id ?? null

  it.each(['上线', '模型', '评分模型', 'model'])('shows what there is (%s)', async (word) => {
    expect((await admin().says(word)).text).toContain('还没有评估过')
    await rulesStay(ctx)
    const said = await admin().says(word)
    expect(said.text).toContain('暂时继续用规则')
    expect(said.text).toContain('因为没有模型比规则明显更好')
  })

  it.each(['wang', 'lead'])('is refused to %s in one friendly sentence', async (who) => {
    const { id } = await proposed(ctx)
    expect((await speaker(ctx, who).says('上线')).text).toBe('只有管理员可以用这个命令。')
    await expect(speaker(ctx, who).presses('采用')).rejects.toThrow('no button')
    const forged = await speaker(ctx, who).presses('x', {
      summary: '',
      title: '',
      actions: [{ action: 'go-live', label: 'x', payload: { do: 'accept', version: id, from: 'proposed' } }],
    })
    expect(forged.text).toContain('只有管理员')
    expect(await activeId()).toBeNull()
  })

  it('changes nothing until it is accepted; then says when, with an audit row', async () => {
    const { id } = await proposed(ctx)
    const me = admin()
    expect((await me.says('上线')).text).toContain('等你决定')
    expect(await activeId()).toBeNull()
    const said = await me.presses('采用')
    expect(said.updates[0]?.title).toContain('正在使用')
    expect(said.text).toContain('从下一次评分起生效')
    expect(await activeId()).toBe(id)
    expect(await decisions()).toEqual(['model.accept'])
  })

  it('answers late and repeated clicks with the state of today', async () => {
    const first = await proposed(ctx)
    const card = (await admin().says('上线')).cards[0]
    await admin().presses('采用', card)
    const again = await admin().presses('采用', card)
    expect(again.text).toContain('已经过时，没有改动')
    expect(again.updates[0]?.actions?.map(({ label }) => label)).toContain('改回规则')
    expect(await decisions()).toEqual(['model.accept'])

    const second = await proposed(ctx)
    const old = (await admin().says('上线')).cards[0]
    await proposed(ctx)
    expect((await admin().presses('采用', old)).text).toContain('已经过时')
    expect((await versionById(ctx, second.id))?.state).toBe('withdrawn')
    expect(await activeId()).toBe(first.id)
  })

  it('lets two administrators press at once: one decides, the other sees it', async () => {
    const { id } = await proposed(ctx)
    const cards = [(await admin().says('上线')).cards[0], (await speaker(ctx, boss).says('上线')).cards[0]]
    const yes = await admin().presses('采用', cards[0])
    const no = await speaker(ctx, boss).presses('暂不采用', cards[1])
    expect(yes.text).toContain('已采用')
    expect(no.text).toContain('已经过时')
    expect(await activeId()).toBe(id)

    const other = await proposed(ctx)
    const both = await Promise.all([
      decide(ctx, { kind: 'accept', version: other.id }, null),
      decide(ctx, { kind: 'accept', version: other.id }, null),
    ])
    expect(both.filter(Boolean)).toHaveLength(1)
    const states = (await latestVersions(ctx, 9)).map(({ state }) => state)
    expect(states.filter((state) => state === 'active')).toHaveLength(1)
  })

  it('says no without any change, and goes back to the rules', async () => {
    const first = await proposed(ctx)
    const me = admin()
    await me.says('上线')
    expect((await me.presses('暂不采用')).text).toContain('暂不采用')
    expect((await versionById(ctx, first.id))?.state).toBe('refused')
    // Refused is not gone: it can be used later.
    await me.says('上线')
    await me.presses('采用')
    expect(await activeId()).toBe(first.id)
    expect((await me.presses('改回规则')).text).toContain('已改回规则')
    expect(await activeId()).toBeNull()
    expect(await decisions()).toEqual(['model.refuse', 'model.accept', 'model.rules'])
  })

  it('brings an earlier version back', async () => {
    const first = await proposed(ctx)
    await decide(ctx, { kind: 'accept', version: first.id }, null)
    const second = await proposed(ctx)
    await decide(ctx, { kind: 'accept', version: second.id }, null)
    const me = admin()
    expect((await me.says('上线')).text).toContain(`发「上线 ${first.id}」`)
    expect((await me.says(`上线 ${first.id}`)).text).toContain('已停用')
    await me.presses('采用')
    expect(await activeId()).toBe(first.id)
    expect((await me.says('上线 版本999999')).text).toContain('没有版本 999999')
    expect((await me.says('上线 吧')).text).toContain('上线 [版本号]')
  })

  it('撤销 takes a decision back, while nobody decided otherwise since', async () => {
    const first = await proposed(ctx)
    const me = admin()
    await me.says('上线')
    await me.presses('采用')
    expect((await me.says('撤销')).text).toContain('刚才的决定已撤销')
    expect(await activeId()).toBeNull()
    expect((await versionById(ctx, first.id))?.state).toBe('proposed')
    expect((await me.says('撤销')).text).not.toContain('已撤销')

    await me.says('上线')
    await me.presses('采用')
    await me.presses('改回规则')
    expect((await me.says('撤销')).text).toContain('已撤销')
    expect(await activeId()).toBe(first.id)

    const second = await proposed(ctx)
    await me.says('上线')
    await me.presses('暂不采用')
    await me.says('撤销')
    expect((await versionById(ctx, second.id))?.state).toBe('proposed')
    await me.presses('暂不采用')
    const other = speaker(ctx, boss)
    await other.says(`上线 ${second.id}`)
    await other.presses('采用')
    expect((await me.says('撤销')).text).toContain('撤不回来')
    expect(await activeId()).toBe(second.id)
  })

  it('a replaced proposal may be taken all the same, and 撤销 makes it a replaced one again', async () => {
    const first = await proposed(ctx)
    await proposed(ctx)
    const me = admin()
    expect((await me.says(`上线 ${first.id}`)).text).toContain('已被新的评估取代')
    await me.presses('采用')
    expect(await activeId()).toBe(first.id)
    expect((await me.says('撤销')).text).toContain('已撤销')
    expect((await versionById(ctx, first.id))?.state).toBe('withdrawn')
  })

  it('重新评估 is asked once', async () => {
    const me = admin()
    await me.says('上线')
    expect((await me.presses('重新评估')).text).toContain('马上重新评估')
    expect(await isAsked(ctx)).toBe(true)
    await me.says('上线')
    expect((await me.presses('重新评估')).text).toContain('已经在评估了')
  })
})

describe('the same in English', () => {
  it('decides', async () => {
    const ctx = await sqliteCtx({ settings: { locale: 'en' } })
    await seedCompany(ctx)
    const { id } = await proposed(ctx)
    const admin = speaker(ctx, 'admin')
    expect((await speaker(ctx, 'wang').says('model')).text).toContain('Only')
    expect((await admin.says('model')).text).toContain('you decide')
    expect((await admin.presses('Use it')).text).toContain(`Version ${id} is taken`)
    expect((await admin.says('undo')).text).toContain('taken back')
    await ctx.close()
  })
})
