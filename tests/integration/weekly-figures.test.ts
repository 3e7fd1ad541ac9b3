import { beforeEach, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import { weeklyFigures } from '../../src/jobs/weekly-figures.ts'
import { startDispatcher } from '../../src/push/dispatch.ts'
import { Settings } from '../../src/settings.ts'
import { rememberChat } from '../../src/store/chats.ts'
import { addCustomer, addMember, addTeam } from '../support/people.ts'
import { ask, CHAT, withRobot } from '../support/robot-connection.ts'
import { openCase } from '../support/talk.ts'
import { describeEachDatabase, MONDAY_9AM } from '../support/test-ctx.ts'

const ROBOT = { enabled: true, mode: 'connection', botId: 'b', secret: 's' }
const GROUP_ROBOT = {
  webhook: { enabled: true, keys: '华东=693a91f6', robots: [{ name: '华东', team: '华东组' }] },
}

describeEachDatabase('weekly figures in groups that are bound to a team', (base) => {
  let ownerId = 0

  beforeEach(async () => {
    for (const table of ['outbox', 'cases', 'chats', 'customers', 'identities', 'members', 'teams'] as const)
      await base().db.deleteFrom(table).execute()
    const teamId = await addTeam(base(), '华东组')
    const { id } = await addMember(base(), { teamId })
    ownerId = id
    await addCustomer(base(), { name: '华联超市', ownerId })
    await rememberChat(base(), { platform: 'wecom', chat: CHAT, title: null, teamId })
    await rememberChat(base(), { platform: 'wecom', chat: 'unbound', title: null })
    await rememberChat(base(), { platform: 'dingtalk', chat: 'cid1', title: null, teamId })
  })

  async function targets(settings: object): Promise<string[]> {
    const ctx = { ...base(), settings: Settings.parse(settings) }
    await weeklyFigures.run(ctx, MONDAY_9AM, new AbortController().signal)
    const rows = await ctx.db.selectFrom('outbox').select(['platform', 'address']).orderBy('seq').execute()
    return rows.map(({ platform, address }) => `${platform} ${address}`)
  }
  const dingtalk = { enabled: true, corpId: 'ding', clientId: 'c', clientSecret: 's' }

  it('come from the bot itself, where it can write first', async () => {
    expect(await targets({ wecom: { aibot: ROBOT }, dingtalk })).toEqual([
      'dingtalk group:cid1',
      `wecom group:${CHAT}`,
    ])
  })

  it('come once: from the group robot of the team, where there is one', async () => {
    expect(await targets({ wecom: { aibot: ROBOT, ...GROUP_ROBOT }, dingtalk })).toEqual([
      'wecom-robot group:华东',
      'dingtalk group:cid1',
    ])
  })

  it('stay away where the bot can only answer, is off, or is told to', async () => {
    const callback = { enabled: true, token: 't', aesKey: 'a'.repeat(43) }
    expect(await targets({ wecom: { aibot: callback } })).toEqual([])
    expect(await targets({ wecom: { aibot: ROBOT }, push: { weeklyInGroups: false } })).toEqual([])
  })

  /** Alerts of last Monday 09:00, due on Thursday; `answered`: after so many minutes each. */
  async function alerts(answered: readonly (number | null)[]): Promise<void> {
    const { dayOf, instant } = calendarFor(base().settings)
    const opened_on = dayOf(MONDAY_9AM) - 7
    const opened_at = MONDAY_9AM - 7 * 86_400_000
    for (const minutes of answered) {
      const customer = await addCustomer(base(), { ownerId })
      const id = await openCase(base(), { customer, owner: ownerId })
      const closed_at = minutes === null ? null : opened_at + minutes * 60_000
      await base()
        .db.updateTable('cases')
        .set({ opened_on, opened_at, closed_at, state: closed_at === null ? 'open' : 'won' })
        .set({ sla_due_at: instant(opened_on + 4) - 1 })
        .where('id', '=', id)
        .execute()
    }
  }

  async function lines(): Promise<string[]> {
    expect(await targets({ wecom: { aibot: ROBOT } })).toHaveLength(1)
    const { card_json } = await base().db.selectFrom('outbox').select('card_json').executeTakeFirstOrThrow()
    return cardLines(JSON.parse(card_json))
  }

  it('tell how last week was followed up: n/N, median and P90 of the response, and by what definition', async () => {
    await alerts([...Array<number>(10).fill(12), ...Array<number>(10).fill(120), null, null, null, null])
    const told = await lines()
    expect(told).toContain('上周跟进率 20 / 24，83.3 %')
    expect(told).toContain('上周响应 中位 12 分钟，P90 2.0 小时（工作时间） · 20 家')
    expect(told.at(-1)).toMatch(/^口径：期内风险单中，时限内有结果的跟进 ÷ 应跟进.*自行恢复的不计$/)
    expect(told.length).toBeLessThanOrEqual(12)
  })

  it('claim nothing of a few', async () => {
    await alerts([12, 12, null])
    const told = await lines()
    expect(told).toContain('上周跟进率 2 / 3，样本不足')
    expect(told).toContain('上周响应 样本不足 · 2 家')
  })

  it('reach the group over the long connection: totals, and no customer’s name', () =>
    withRobot(async (one) => {
      await ask(one, 'm1')
      const ctx = { ...base(), settings: Settings.parse({ wecom: { aibot: ROBOT } }) }
      expect(await weeklyFigures.run(ctx, MONDAY_9AM, new AbortController().signal)).toEqual({ sent: 1 })
      const dispatcher = startDispatcher(ctx, [one.adapter], { pollMs: null })
      await dispatcher.idle()
      await dispatcher.stop()
      const [text = ''] = one.answers(CHAT)
      expect(text).toContain('华东组')
      expect(text).not.toContain('华联')
    }))
})
