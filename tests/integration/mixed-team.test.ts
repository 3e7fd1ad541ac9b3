import { expect, it, onTestFinished } from 'vitest'
import { deadLettersJob } from '../../src/jobs/dead-letters.ts'
import { digest } from '../../src/jobs/digest.ts'
import { weeklyFigures } from '../../src/jobs/weekly-figures.ts'
import { mixedTeam } from '../support/mixed-team.ts'
import { addScoreRun, putScore } from '../support/people.ts'
import { customer, today } from '../support/talk.ts'
import { MONDAY_9AM } from '../support/test-ctx.ts'

const never = new AbortController().signal

/** 王芳 looks after 华联超市, 李强 after 顺达物流: both leave. */
async function seeded() {
  const team = await mixedTeam()
  onTestFinished(team.close)
  const { ctx, company } = team
  const hualian = await customer(ctx, { name: '华联超市', owner: company.members.wang })
  const shunda = await customer(ctx, { name: '顺达物流', owner: company.members.li })
  const run_id = await addScoreRun(ctx, today(ctx) - 1)
  for (const customer_id of [hualian, shunda]) {
    await putScore(ctx, { customer_id, run_id, as_of: today(ctx) - 1, risk: 0.9, band: 'high' })
  }
  return { ...team, hualian, shunda }
}

it('a team with a rep on DingTalk and one on WeCom: own digests, the same commands and buttons, one lead over both', async () => {
  const { ctx, company, wang, li, lead, hualian, shunda, settle } = await seeded()
  await digest.run(ctx, MONDAY_9AM, never)
  await settle()
  expect(wang.texts().join()).toContain('华联超市')
  expect(li.texts().join()).toContain('顺达物流')

  for (const [rep, own] of [
    [wang, '华联超市'],
    [li, '顺达物流'],
  ] as const) {
    await rep.says(`为什么 ${own}`)
    expect(rep.texts().at(-1)).toContain(own)
    await rep.says('名单')
    expect(rep.texts().at(-1)).toContain(own)
    await rep.says(`跟进 ${own} 电话 有兴趣，下周三再联系`)
  }
  const followed = await ctx.db
    .selectFrom('follow_ups')
    .select(['customer_id', 'member_id'])
    .orderBy('customer_id')
    .execute()
  expect(followed).toEqual([
    { customer_id: hualian, member_id: company.members.wang },
    { customer_id: shunda, member_id: company.members.li },
  ])
  // Neither ever reads a word about the other's customer.
  expect(wang.texts().join()).not.toContain('顺达')
  expect(li.texts().join()).not.toContain('华联')
  await wang.says('客户 顺达物流')
  await li.says('客户 华联超市')
  expect(wang.texts().at(-1)).not.toContain('王芳')
  expect(li.texts().at(-1)).not.toContain('李强')

  expect(lead.texts().join()).not.toMatch(/华联|顺达/)
  await lead.says('名单')
  expect(lead.texts().join()).toContain('华联超市')
  expect(lead.texts().join()).toContain('顺达物流')
})

it('the same button on both platforms does the same', async () => {
  const { ctx, wang, li, settle, hualian, shunda } = await seeded()
  await digest.run(ctx, MONDAY_9AM, never)
  await settle()
  for (const rep of [wang, li]) await rep.presses('误报')
  for (const rep of [wang, li]) await rep.presses('周期长')
  const cases = await ctx.db
    .selectFrom('cases')
    .select(['customer_id', 'state'])
    .orderBy('customer_id')
    .execute()
  expect(cases).toEqual([hualian, shunda].map((customer_id) => ({ customer_id, state: 'false-alarm' })))
})

it('figures reach the groups of both platforms: totals, and no customer’s name', async () => {
  const { ctx, groups, saysInGroup, settle } = await seeded()
  expect(await weeklyFigures.run(ctx, MONDAY_9AM, never)).toEqual({ sent: 2 })
  await settle()
  await saysInGroup('流失 本月')
  const { app, dingtalkRobot, wecomRobot } = groups()
  for (const shown of [app, dingtalkRobot, wecomRobot]) {
    expect(shown).toHaveLength(1)
    expect(shown[0]).toContain('流失')
    expect(shown[0]).toContain('华东')
    expect(shown[0]).not.toMatch(/华联|顺达/)
  }
})

it('DingTalk that refuses until somebody acts: its messages wait untried, the other platform goes on and tells', async () => {
  const { ctx, admin, wang, li, fakeDingtalk, groups, settle } = await seeded()
  const code = 'Forbidden.AccessDenied.AccessTokenPermissionDenied'
  const accessdenieddetail = { requiredScopes: ['Card.Instance.Write'] }
  fakeDingtalk.inject({
    api: 'createAndDeliver',
    answer: { status: 403, body: { code, requestid: 'r', accessdenieddetail } },
  })
  await digest.run(ctx, MONDAY_9AM, never)
  await settle()
  await settle()
  expect(wang.texts()).toEqual([])
  expect(li.texts().join()).toContain('顺达物流')
  for (const told of [admin.texts(), groups().wecomRobot]) {
    expect(told.join()).toContain('钉钉停发')
    expect(told.join()).toContain('Card.Instance.Write')
    expect(told.join()).not.toContain('华联')
  }
  // However often it is looked at while DingTalk rests, that is no further attempt.
  for (let look = 1; look <= 3; look++) {
    ctx.clock.advanceTo(MONDAY_9AM + look * 20 * 60_000)
    await settle()
  }
  const waiting = await ctx.db
    .selectFrom('outbox')
    .select(['state', 'attempts'])
    .where('platform', '=', 'dingtalk')
    .execute()
  expect(waiting).toEqual([{ state: 'pending', attempts: 1 }])
})

it('a rep whom DingTalk does not reach, although its answer is good, is named to the administrator', async () => {
  const { ctx, admin, li, settle } = await seeded()
  await ctx.db.updateTable('identities').set({ person: 'gone' }).where('platform', '=', 'dingtalk').execute()
  await digest.run(ctx, MONDAY_9AM, never)
  await settle()
  expect(li.texts().join()).toContain('顺达物流')
  await deadLettersJob.run(ctx, MONDAY_9AM, never)
  await settle()
  expect(admin.texts().join()).toContain('王芳（钉钉）：这个人')
})
