import { describe, expect, it } from 'vitest'
import { weeklyFigures } from '../../src/jobs/weekly-figures.ts'
import { startDispatcher } from '../../src/push/dispatch.ts'
import { Settings } from '../../src/settings.ts'
import { cardWith } from '../contract/adapter-contract.ts'
import { robotText } from '../support/fake-wecom/webhook.ts'
import { addCustomer, addMember, addTeam } from '../support/people.ts'
import { frozenClock, MONDAY_9AM, sqliteCtx } from '../support/test-ctx.ts'
import { ROBOT_KEY, type WebhookCase, webhookCase } from '../support/wecom-webhook.ts'

const GROUP = { platform: 'wecom-robot', kind: 'group', id: '华东' } as const
const DAY = 86_400_000
const shown = ({ fake }: WebhookCase) => fake.state.groupMessages.map((one) => robotText(one.body))

async function withRobot(
  work: (one: WebhookCase & { clock: ReturnType<typeof frozenClock> }) => Promise<void>,
  options: Parameters<typeof webhookCase>[1] = {},
): Promise<void> {
  const clock = frozenClock(MONDAY_9AM)
  const one = await webhookCase(clock, options)
  await one.adapter.start(async () => undefined)
  await work({ ...one, clock })
  await one.close()
}

describe('a WeCom group robot', () => {
  it('mentions whom the settings name, in Markdown and in text, also after a cut', () => {
    const long = cardWith('周报', { facts: Array.from({ length: 90 }, () => '很长'.repeat(30)) })
    const robot = { mention: ['chenli'] }
    return withRobot(
      async (one) => {
        await one.adapter.send(GROUP, long, 'a')
        expect(shown(one)[0]).toMatch(/\n<@chenli>$/)
      },
      { robot },
    ).then(() =>
      withRobot(
        async (one) => {
          await one.adapter.send(GROUP, long, 'a')
          expect(one.fake.state.groupMessages[0]?.body).toMatchObject({
            text: { mentioned_list: ['chenli'] },
          })
        },
        { robot: { ...robot, plainText: true } },
      ),
    )
  })

  it('waits before the 21st message of a minute', () =>
    withRobot(async ({ adapter, clock, fake }) => {
      for (let n = 0; n < 20; n++) await adapter.send(GROUP, cardWith(`第 ${n}`), `key-${n}`)
      const wait = { code: 'busy', halt: 'pause', retryAfterMs: expect.any(Number) }
      await expect(adapter.send(GROUP, cardWith('多'), 'more')).rejects.toMatchObject(wait)
      clock.advanceTo(MONDAY_9AM + 90_000)
      await adapter.send(GROUP, cardWith('多'), 'more')
      expect(fake.state.groupMessages).toHaveLength(21)
    }))

  it('that was removed is told with what to click, and shown as trouble until it works', () =>
    withRobot(async ({ adapter, fake }) => {
      fake.inject({ api: 'webhook/send', errcode: 93000 })
      const gone = { code: 'bad-input', say: expect.stringContaining('移出群') }
      await expect(adapter.send(GROUP, cardWith('一'), 'a')).rejects.toMatchObject(gone)
      expect(adapter.health()).toMatchObject({ ok: false, detail: expect.stringContaining('华东: 93000') })
      await adapter.send(GROUP, cardWith('二'), 'b')
      expect(adapter.health().ok).toBe(true)
    }))

  it('rests after 45009 without losing the message', () =>
    withRobot(async ({ adapter, fake, clock }) => {
      fake.inject({ api: 'webhook/send', errcode: 45009 })
      const rest = { halt: 'pause', retryAfterMs: 60_000 }
      await expect(adapter.send(GROUP, cardWith('一'), 'a')).rejects.toMatchObject(rest)
      await expect(adapter.send(GROUP, cardWith('一'), 'a')).rejects.toMatchObject({ halt: 'pause' })
      expect(fake.calls).toHaveLength(1)
      clock.advanceTo(MONDAY_9AM + 60_000)
      await adapter.send(GROUP, cardWith('一'), 'a')
    }))

  it('never shows its key: neither in errors nor for an unknown name', () =>
    withRobot(async ({ adapter, fake }) => {
      fake.inject({ api: 'webhook/send', status: 502 })
      const error: unknown = await adapter.send(GROUP, cardWith('一'), 'a').catch((thrown: unknown) => thrown)
      expect(JSON.stringify(error) + String(error)).not.toContain(ROBOT_KEY)
      await expect(adapter.send({ ...GROUP, id: '华北' }, cardWith('一'), 'a')).rejects.toMatchObject({
        code: 'not-found',
      })
    }))
})

describe('weekly figures', () => {
  it('reach the group of a team on the first workday of the week, once, without a customer’s name', async () => {
    const { fake, adapter, close } = await webhookCase(frozenClock(MONDAY_9AM))
    const settings = {
      wecom: {
        webhook: { enabled: true, keys: `华东=${ROBOT_KEY}`, robots: [{ name: '华东', team: '华东组' }] },
      },
    }
    const ctx = await sqliteCtx({ settings })
    const owner = await addMember(ctx, { name: '李娜', teamId: await addTeam(ctx, '华东组') })
    await addCustomer(ctx, { name: '华联超市', ownerId: owner.id })
    await adapter.start(async () => undefined)
    const signal = new AbortController().signal
    expect(await weeklyFigures.run(ctx, MONDAY_9AM, signal)).toEqual({ sent: 1 })
    expect(await weeklyFigures.run(ctx, MONDAY_9AM, signal)).toEqual({ sent: 0 })
    expect(await weeklyFigures.run(ctx, MONDAY_9AM + DAY, signal)).toEqual({ sent: 0 })
    const dispatcher = startDispatcher(ctx, [adapter], { pollMs: null })
    await dispatcher.idle()
    await dispatcher.stop()
    const [text = ''] = fake.state.groupMessages.map((one) => robotText(one.body))
    expect(text).toContain('华东组')
    expect(text).toContain('流失')
    expect(text).not.toContain('华联')
    await ctx.close()
    await close()
  })

  it('need a key for every robot', () => {
    const webhook = (keys?: string) => ({
      wecom: { webhook: { enabled: true, keys, robots: [{ name: '华东' }] } },
    })
    expect(Settings.safeParse(webhook()).error?.message).toContain('LIUKE_WECOM_ROBOT_KEYS')
    expect(Settings.safeParse(webhook(`华南=${ROBOT_KEY}`)).success).toBe(false)
    expect(Settings.safeParse(webhook(`华南=${ROBOT_KEY},华东=${ROBOT_KEY}`)).success).toBe(true)
  })
})
