import { describe, expect, it } from 'vitest'
import { createMetrics } from '../../src/http/metrics.ts'
import { dingtalkQuota } from '../../src/main/dingtalk-quota.ts'
import { Settings } from '../../src/settings.ts'
import { cardWith } from '../contract/adapter-contract.ts'
import { dingtalkCase } from '../support/dingtalk-app.ts'
import { settle } from '../support/dingtalk-stream.ts'
import { robotFrame } from '../support/fake-dingtalk/frames.ts'
import { addMember } from '../support/people.ts'
import { why } from '../support/sample-cards.ts'
import { steppedClock } from '../support/stepped-clock.ts'
import { describeEachDatabase, MONDAY_9AM, sqliteCtx } from '../support/test-ctx.ts'

const REP = { platform: 'dingtalk', kind: 'dm', id: 'manager1234' } as const
const USED_UP = {
  api: 'createAndDeliver',
  answer: {
    status: 403,
    body: { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg', message: 'x', requestid: 'r' },
  },
} as const

const settings = {
  dingtalk: {
    monthlyApiCalls: 10,
    webhook: { enabled: true, keys: '运维=0123456789abcdef', robots: [{ name: '运维', alerts: true }] },
  },
}

describeEachDatabase('the calls of a month', (bare) => {
  const ctx = () => ({ ...bare(), settings: Settings.parse(settings) })

  it('at 70, 90 and 100 % are told to administrators and their groups, once, whatever the number of processes', async () => {
    await addMember(ctx(), { name: '周敏', role: 'admin' })
    const processes = [dingtalkQuota(ctx()), dingtalkQuota(ctx())]
    for (let call = 0; call < 12; call++) {
      const one = processes[call % 2]
      one?.spend('api')
      await one?.settled()
    }
    const restarted = dingtalkQuota(ctx())
    expect((await restarted.usage())[0]).toMatchObject({ kind: 'api', used: 12, limit: 10 })
    expect(restarted.latest()[0]?.used).toBe(12)
    const sent = await ctx().db.selectFrom('outbox').select(['platform', 'address', 'card_json']).execute()
    expect(sent.map((one) => one.platform).sort()).toEqual([
      ...Array(3).fill('dingtalk-robot'),
      ...Array(3).fill('playground'),
    ])
    for (const percent of ['70 %', '90 %', '100 %']) {
      expect(sent.filter((one) => one.card_json.includes(percent))).toHaveLength(2)
    }
  })
})

describe('the meter of the app', () => {
  it('counts what the platform counts, and shows it in health and metrics', async () => {
    const one = await dingtalkCase(steppedClock(MONDAY_9AM, settle), { monthly: { api: 10, stream: 100 } })
    await one.app.start(async () => undefined)
    for (let n = 0; n < 4; n++) await one.app.send(REP, cardWith(`${n}`), `${n}`)
    await one.fake.gateway.push(robotFrame(one.fake.state, { user: REP.id, text: '我的' }, one.fake.url))
    await one.quota.settled()
    expect(one.app.health().calls).toEqual([
      { month: '2026-11', kind: 'api', used: one.fake.state.counted, limit: 10 },
      { month: '2026-11', kind: 'stream', used: 1, limit: 100 },
    ])
    const ctx = await sqliteCtx()
    const text = await createMetrics(ctx, [one.app]).scrape()
    expect(text).toContain('liuke_platform_calls{adapter="dingtalk",kind="api"} 4')
    expect(text).toContain('liuke_platform_calls_limit{adapter="dingtalk",kind="stream"} 100')
    await ctx.close()
    await one.close()
  })

  it('used up: pushes wait for an administrator; whoever spoke is answered in text, buttons left out', async () => {
    const one = await dingtalkCase(steppedClock(MONDAY_9AM, settle))
    await one.app.start(async () => undefined)
    one.fake.inject(USED_UP)
    await expect(one.app.send(REP, why, 'push')).rejects.toMatchObject({ halt: 'stop' })
    await expect(one.app.send(REP, why, 'push')).rejects.toMatchObject({ halt: 'pause' })
    await one.fake.gateway.push(robotFrame(one.fake.state, { user: REP.id, text: '为什么' }, one.fake.url))
    const { notShown, update } = await one.app.send(REP, why, 'answer')
    expect(update).toBeNull()
    expect(notShown).toContain('button 已联系')
    expect(one.fake.state.shown.map(({ form }) => form)).toEqual(['webhook'])
    await expect(one.app.send({ ...REP, id: 'LiJing' }, why, 'other')).rejects.toMatchObject({ code: 'busy' })
    await one.close()
  })
})
