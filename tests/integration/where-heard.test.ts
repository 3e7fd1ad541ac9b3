import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Settings } from '../../src/settings.ts'
import { addressesOf, bindIdentity } from '../../src/store/members.ts'
import { tellMember } from '../../src/store/tell-member.ts'
import { acceptEvent, handleWaiting } from '../support/handle-events.ts'
import { type Company, seedCompany } from '../support/talk.ts'
import { pgliteCtx, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const both = {
  wecom: { corpId: 'c', app: { enabled: true, agentId: 1, secret: 's', token: 't', aesKey: 'a'.repeat(43) } },
  dingtalk: { enabled: true, corpId: 'd', clientId: 'k', clientSecret: 's' },
  playground: { enabled: true },
}

describe.each(Object.entries({ sqlite: sqliteCtx, pglite: pgliteCtx }))(
  'a member on several platforms [%s]',
  (_, make) => {
    let ctx: TestCtx & { close(): Promise<void> }
    let company: Company
    let said = 0

    beforeEach(async () => {
      ctx = await make({ settings: both })
      company = await seedCompany(ctx)
      for (const platform of ['dingtalk', 'wecom'])
        await bindIdentity(ctx, { platform, person: 'wang', memberId: company.members.wang })
    })
    afterEach(() => ctx.close())

    const first = async (on: TestCtx = ctx) => (await addressesOf(on, company.members.wang))[0]?.platform
    const writes = async (platform: string, person = 'wang') => {
      ctx.clock.advanceTo(ctx.clock.now() + 60_000)
      const who = { platform, id: person, name: null }
      await acceptEvent(ctx, {
        id: `heard-${said++}`,
        at: 0,
        who,
        where: { kind: 'dm', id: person },
        kind: 'text',
        text: '我的',
      })
      await handleWaiting(ctx)
    }
    const heard = async () =>
      (await ctx.db.selectFrom('identities').select('platform').where('heard_at', 'is not', null).execute())
        .map(({ platform }) => platform)
        .sort()

    it('is pushed where the settings say, until a line comes from another platform; then there', async () => {
      expect(await first()).toBe('wecom')
      const other = Settings.parse({ ...both, push: { platforms: ['dingtalk', 'wecom'] } })
      expect(await first({ ...ctx, settings: other })).toBe('dingtalk')
      await writes('dingtalk')
      expect(await first()).toBe('dingtalk')
      await tellMember(ctx, company.members.wang, { id: 'note', card: { summary: 'x', title: 'x' } })
      const { platform } = await ctx.db
        .selectFrom('outbox')
        .select('platform')
        .where('lane', '=', 'notice')
        .executeTakeFirstOrThrow()
      expect(platform).toBe('dingtalk')
      await writes('wecom')
      expect(await first()).toBe('wecom')
    })

    it('is not pushed on a platform that is switched off, whoever wrote there', async () => {
      await writes('dingtalk')
      const off = Settings.parse({ ...both, dingtalk: { enabled: false } })
      expect(await first({ ...ctx, settings: off })).toBe('wecom')
    })

    it('nothing is kept of members who are on one platform only', async () => {
      await writes('playground', 'li')
      expect(await heard()).toEqual([])
      await writes('dingtalk')
      await writes('dingtalk')
      expect(await heard()).toEqual(['dingtalk'])
    })
  },
)
