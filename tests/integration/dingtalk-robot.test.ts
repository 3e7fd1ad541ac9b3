import { describe, expect, it } from 'vitest'
import { ROBOT_WINDOW } from '../../adapters/dingtalk/robot-limits.ts'
import { asAppError } from '../../src/errors.ts'
import { weeklyFigures } from '../../src/jobs/weekly-figures.ts'
import { startDispatcher } from '../../src/push/dispatch.ts'
import { Settings } from '../../src/settings.ts'
import { cardWith } from '../contract/adapter-contract.ts'
import { ROBOT, ROBOT_KEYS, type RobotCase, type RobotOptions, robotCase } from '../support/dingtalk-robot.ts'
import { robotText } from '../support/fake-wecom/webhook.ts'
import { addCustomer, addMember, addTeam } from '../support/people.ts'
import { chart } from '../support/sample-cards.ts'
import { frozenClock, MONDAY_9AM, sqliteCtx } from '../support/test-ctx.ts'
import { ROBOT_KEY, webhookCase } from '../support/wecom-webhook.ts'

const GROUP = { platform: 'dingtalk-robot', kind: 'group', id: '华东' } as const

async function withRobot(
  work: (one: RobotCase & { clock: ReturnType<typeof frozenClock> }) => Promise<void>,
  options: RobotOptions = {},
): Promise<void> {
  const clock = frozenClock(MONDAY_9AM)
  const one = await robotCase(clock, options)
  await one.adapter.start(async () => undefined)
  try {
    await work({ ...one, clock })
  } finally {
    await one.close()
  }
}

const refusal = (errcode: number, errmsg: string, times = 1) => ({
  api: 'robot/send',
  times,
  answer: { status: 200, body: { errcode, errmsg } },
})

describe('a DingTalk group robot', () => {
  it('signs what it sends, mentions whom the settings name and says the keyword, also after a cut', () =>
    withRobot(
      async ({ adapter, shown }) => {
        const long = cardWith('周报', { facts: Array.from({ length: 90 }, () => '很长'.repeat(30)) })
        const { notShown } = await adapter.send(GROUP, long, 'a')
        expect(shown()[0]).toMatch(/@manager1234 @all 留客$/)
        expect(notShown).toEqual([expect.stringMatching(/^text: from line/)])
      },
      { robot: { mention: ['manager1234', '@all'], keyword: '留客' }, real: { keyword: '留客' } },
    ))

  it('opens the page where nobody is mentioned, and tells a chart in words', () =>
    withRobot(
      async ({ adapter, shown }) => {
        const { notShown } = await adapter.send(GROUP, cardWith('周报', { chart }), 'a')
        expect(shown()[0]).toContain(chart.alt)
        expect(notShown).toContain('chart')
      },
      { pageUrl: 'https://liuke.example/board' },
    ))

  it('repeats an attempt without an answer under the same id: the group reads it once', () =>
    withRobot(async ({ adapter, fake, shown, spent }) => {
      fake.inject({ api: 'robot/send', cut: 'after' })
      await expect(adapter.send(GROUP, cardWith('一'), 'a')).rejects.toMatchObject({ code: 'upstream' })
      await adapter.send(GROUP, cardWith('一'), 'a')
      await adapter.send(GROUP, cardWith('一'), 'a')
      expect(shown()).toHaveLength(1)
      expect(spent()).toBe(1)
    }))

  it('waits before the platform would make it rest', () =>
    withRobot(async ({ adapter, clock, shown }) => {
      for (let n = 0; n < ROBOT_WINDOW.count; n++) await adapter.send(GROUP, cardWith(`第 ${n}`), `key-${n}`)
      const error: unknown = await adapter.send(GROUP, cardWith('多'), 'more').catch(asAppError)
      expect(error).toMatchObject({ code: 'busy', halt: 'pause' })
      clock.advanceTo(MONDAY_9AM + (asAppError(error).retryAfterMs ?? 0))
      await adapter.send(GROUP, cardWith('多'), 'more')
      expect(shown()).toHaveLength(ROBOT_WINDOW.count + 1)
    }))

  it('rests ten minutes when it was throttled all the same', () =>
    withRobot(async ({ adapter, clock, fake }) => {
      fake.inject(refusal(410_100, 'send too fast'))
      const rest = { halt: 'pause', retryAfterMs: 600_000 }
      await expect(adapter.send(GROUP, cardWith('一'), 'a')).rejects.toMatchObject(rest)
      await expect(adapter.send(GROUP, cardWith('一'), 'a')).rejects.toMatchObject({ halt: 'pause' })
      expect(fake.calls).toHaveLength(1)
      clock.advanceTo(MONDAY_9AM + 600_000)
      await adapter.send(GROUP, cardWith('一'), 'a')
    }))

  it.each([
    [310_000, 'keywords not in content', '自定义关键词', 'stop'],
    [310_000, 'sign not match', '加签密钥', 'stop'],
    [310_000, 'invalid timestamp', '校准时间', 'stop'],
    [310_000, 'ip 1.2.3.4 not in whitelist', 'IP 地址段', 'stop'],
    [400_101, 'token is not exist', 'access_token', 'stop'],
    [400_102, 'robot stopped', '启用', 'stop'],
    [400_106, 'robot not in group', '移出群', undefined],
    [430_102, 'content', '内容', undefined],
  ] as const)(
    '%i %s is told with what to click, and shown as trouble until it works',
    (code, errmsg, words, halt) =>
      withRobot(async ({ adapter, clock, fake }) => {
        fake.inject(refusal(code, errmsg))
        const say = expect.stringContaining(words)
        await expect(adapter.send(GROUP, cardWith('一'), 'a')).rejects.toMatchObject({ say, halt })
        expect(adapter.health()).toMatchObject({
          ok: false,
          detail: expect.stringContaining(`华东: ${code}`),
        })
        clock.advanceTo(MONDAY_9AM + 600_000)
        await adapter.send(GROUP, cardWith('二'), 'b')
        expect(adapter.health().ok).toBe(true)
      }),
  )

  it('never shows its secrets: neither in errors nor for an unknown name', () =>
    withRobot(async ({ adapter, fake }) => {
      fake.inject({ api: 'robot/send', answer: { status: 502, body: '<html>' } })
      const error: unknown = await adapter.send(GROUP, cardWith('一'), 'a').catch((thrown: unknown) => thrown)
      expect(JSON.stringify(error) + String(error)).not.toMatch(new RegExp(`${ROBOT.accessToken}|SEC`))
      const unknown = adapter.send({ ...GROUP, id: '华北' }, cardWith('一'), 'a')
      await expect(unknown).rejects.toMatchObject({ code: 'not-found' })
    }))
})

describe('weekly figures', () => {
  it('reach the group of one team on both platforms, once each, without a customer’s name', async () => {
    const clock = frozenClock(MONDAY_9AM)
    const dingtalk = await robotCase(clock)
    const wecom = await webhookCase(clock)
    const robots = [{ name: '华东', team: '华东组' }]
    const ctx = await sqliteCtx({
      settings: {
        wecom: { webhook: { enabled: true, keys: `华东=${ROBOT_KEY}`, robots } },
        dingtalk: { webhook: { enabled: true, keys: ROBOT_KEYS, robots } },
      },
    })
    const owner = await addMember(ctx, { name: '李娜', teamId: await addTeam(ctx, '华东组') })
    await addCustomer(ctx, { name: '华联超市', ownerId: owner.id })
    const adapters = [dingtalk.adapter, wecom.adapter]
    for (const adapter of adapters) await adapter.start(async () => undefined)
    const signal = new AbortController().signal
    expect(await weeklyFigures.run(ctx, MONDAY_9AM, signal)).toEqual({ sent: 2 })
    expect(await weeklyFigures.run(ctx, MONDAY_9AM, signal)).toEqual({ sent: 0 })
    const dispatcher = startDispatcher(ctx, adapters, { pollMs: null })
    await dispatcher.idle()
    await dispatcher.stop()
    const texts = [...dingtalk.shown(), ...wecom.fake.state.groupMessages.map((one) => robotText(one.body))]
    expect(texts).toHaveLength(2)
    for (const text of texts) {
      expect(text).toContain('华东组')
      expect(text).toContain('流失')
      expect(text).not.toContain('华联')
    }
    await ctx.close()
    await dingtalk.close()
    await wecom.close()
  })

  it('need a key for every robot, with or without a signing secret', () => {
    const webhook = (keys?: string) =>
      Settings.safeParse({ dingtalk: { webhook: { enabled: true, keys, robots: [{ name: '华东' }] } } })
    expect(webhook().error?.message).toContain('LIUKE_DINGTALK_ROBOT_KEYS')
    expect(webhook(ROBOT_KEYS.replace('华东', '华南')).success).toBe(false)
    expect(webhook(`华东=${ROBOT.accessToken}:nosecret`).success).toBe(false)
    expect(webhook(`华东=${ROBOT.accessToken}`).success).toBe(true)
    expect(webhook(`华南=${ROBOT.accessToken},${ROBOT_KEYS}`).success).toBe(true)
  })
})
