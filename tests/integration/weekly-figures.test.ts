import { beforeEach, expect, it } from 'vitest'
import { weeklyFigures } from '../../src/jobs/weekly-figures.ts'
import { startDispatcher } from '../../src/push/dispatch.ts'
import { Settings } from '../../src/settings.ts'
import { rememberChat } from '../../src/store/chats.ts'
import { addCustomer, addMember, addTeam } from '../support/people.ts'
import { ask, CHAT, withRobot } from '../support/robot-connection.ts'
import { describeEachDatabase, MONDAY_9AM } from '../support/test-ctx.ts'

const ROBOT = { enabled: true, mode: 'connection', botId: 'b', secret: 's' }
const GROUP_ROBOT = {
  webhook: { enabled: true, keys: '华东=693a91f6', robots: [{ name: '华东', team: '华东组' }] },
}

describeEachDatabase('weekly figures in groups that are bound to a team', (base) => {
  beforeEach(async () => {
    for (const table of ['outbox', 'chats', 'customers', 'identities', 'members', 'teams'] as const)
      await base().db.deleteFrom(table).execute()
    const teamId = await addTeam(base(), '华东组')
    const { id: ownerId } = await addMember(base(), { teamId })
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
