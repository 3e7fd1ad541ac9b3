import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { startService } from '../../src/main.ts'
import { Settings } from '../../src/settings.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { addToState, getState } from '../../src/store/state.ts'
import { eventually } from '../support/eventually.ts'
import { pressFrame, robotFrame } from '../support/fake-dingtalk/frames.ts'
import { APP, type FakeDingtalk, startFakeDingtalk } from '../support/fake-dingtalk/index.ts'
import { type Shown, textOf } from '../support/fake-dingtalk/state.ts'
import { customer, openCase, seedCompany } from '../support/talk.ts'
import { describeEachDatabase, sqliteCtx } from '../support/test-ctx.ts'

const REP = 'manager1234'

/** A company on DingTalk in a database of its own, served as `liuke serve` does it. */
async function serve() {
  const fake = await startFakeDingtalk(systemClock)
  const database = join(mkdtempSync(join(tmpdir(), 'liuke-dingtalk-')), 'liuke.db')
  const ctx = await sqliteCtx({ file: database, at: systemClock.now() })
  const company = await seedCompany(ctx)
  await bindIdentity(ctx, { platform: 'dingtalk', person: REP, memberId: company.members.wang })
  const hualian = await customer(ctx, { name: '华联超市', owner: company.members.wang })
  await openCase(ctx, { customer: hualian, owner: company.members.wang })
  await ctx.close()
  const { corpId, clientId, clientSecret, templateId } = APP
  const dingtalk = {
    enabled: true,
    corpId,
    clientId,
    clientSecret,
    templateId,
    apiUrl: fake.url,
    legacyUrl: fake.url,
  }
  const settings = Settings.parse({ http: { port: 0 }, database, dingtalk })
  const service = await startService(settings, createLog('silent'))
  onTestFinished(async () => {
    await service.stop()
    await fake.close()
    fake.verify()
  })
  return { fake, url: service.url }
}

function lastCard({ state }: FakeDingtalk): Shown {
  const last = state.shown.filter(({ form }) => form === 'card').at(-1)
  if (!last) throw new Error('no card yet')
  return last
}

function firstButton(card: Shown): string {
  const [button]: { label: string }[] = JSON.parse(card.params.get('buttons') ?? '[]')
  if (!button) throw new Error('no button')
  return button.label
}

it('a company on DingTalk talks with Liuke: a line is answered, a press changes the card, a stranger learns the own id', async () => {
  const { fake, url } = await serve()
  const { state, gateway } = fake
  const say = async (user: string, text: string, id: string) =>
    (await gateway.push(robotFrame(state, { user, text, id }, fake.url))).code

  expect(await say('LiJing', '我的', 'm1')).toBe(200)
  await eventually(() => expect(state.textsAt('dm:LiJing')).toEqual([expect.stringContaining('LiJing')]))

  expect(await say(REP, '客户 华联超市', 'm2')).toBe(200)
  expect(await say(REP, '客户 华联超市', 'm2')).toBe(200)
  await eventually(() => expect(lastCard(fake).params.get('title')).toContain('华联超市'))

  const first = lastCard(fake)
  const press = async (card: Shown, label: string) =>
    (await gateway.push(pressFrame(state, card, label, { user: REP }))).code
  expect(await press(first, '稍后')).toBe(200)
  const asked = await eventually(() => {
    const last = lastCard(fake)
    expect(last).not.toBe(first)
    return last
  })
  const before = textOf(asked)
  expect(await press(asked, firstButton(asked))).toBe(200)
  await eventually(() => expect(textOf(asked)).not.toBe(before))
  expect(state.shown.filter(({ form }) => form === 'card')).toHaveLength(2)

  const ready = await fetch(`${url}/readyz`)
  expect(await ready.json()).toMatchObject({ adapters: [{ name: 'dingtalk', ok: true }] })
})

describeEachDatabase('a number in the state', (ctx) => {
  it('is added to, from nothing too, whoever adds', async () => {
    expect(await addToState(ctx(), 'calls', 0)).toBe(0)
    await Promise.all(Array.from({ length: 20 }, () => addToState(ctx(), 'calls', 3)))
    expect(await addToState(ctx(), 'calls', 1)).toBe(61)
    expect(await getState(ctx(), 'calls')).toBe('61')
  })
})
