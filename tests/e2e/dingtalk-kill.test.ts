import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openDatabase } from '../../src/db/open.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { addToOutbox } from '../../src/store/outbox.ts'
import { robotFrame } from '../support/fake-dingtalk/frames.ts'
import {
  APP,
  type Disturbance,
  type FakeDingtalk,
  startFakeDingtalk,
} from '../support/fake-dingtalk/index.ts'
import { startLiuke } from '../support/running-service.ts'
import { digest } from '../support/sample-cards.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

const REPS = Array.from({ length: 300 }, (_, n) => `rep-${n}`)
const TALKERS = REPS.slice(0, 20)
const CUTS = 20

/** Three hundred bound reps, each with a digest that waits to be sent. */
async function seed(database: string): Promise<void> {
  const ctx = await sqliteCtx({ file: database, at: systemClock.now() })
  for (const key of REPS) {
    const person = { source: 'test', source_key: key, name: key, role: 'rep' as const }
    const row = await ctx.db
      .insertInto('members')
      .values({ ...person, team_id: null, region: null, active: 1 })
      .returning('id')
      .executeTakeFirstOrThrow()
    await bindIdentity(ctx, { platform: 'dingtalk', person: key, memberId: Number(row.id) })
    await addToOutbox(ctx, {
      id: `digest:${key}`,
      platform: 'dingtalk',
      kind: 'send',
      target: { platform: 'dingtalk', kind: 'dm', id: key },
      address: `dm:${key}`,
      card: digest,
      // Replies are the lane that is sent at any hour; this test runs at any hour.
      lane: 'reply',
      notBefore: 0,
    })
  }
  await ctx.close()
}

function configFor(fake: FakeDingtalk, database: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'liuke-dingtalk-kill-')), 'liuke.yaml')
  const { corpId, clientId, templateId } = APP
  const settings = {
    database,
    // Two processes together stay below the 20 calls a second that DingTalk allows.
    push: { pacing: { perPlatformPerSecond: 9 } },
    dingtalk: { enabled: true, corpId, clientId, templateId, apiUrl: fake.url, legacyUrl: fake.url },
  }
  writeFileSync(file, JSON.stringify(settings))
  return file
}

/** Every tenth call fails: refused, cut before or cut after it took effect; every fiftieth ends the token. */
function trouble(fake: FakeDingtalk): (path: string) => Disturbance | null {
  const busy = { answer: { status: 500, body: { code: 'system.busy', message: 'x', requestid: 'r' } } }
  const ways: readonly Disturbance[] = [
    { cut: 'after' },
    busy,
    { cut: 'before' },
    { answer: { status: 502, body: '<html>' } },
  ]
  let calls = 0
  return () => {
    calls++
    if (calls % 50 === 0) fake.state.endTokens()
    return calls % 10 === 0 ? (ways[(calls / 10) % ways.length] ?? null) : null
  }
}

async function outbox(database: string): Promise<{ id: string; state: string }[]> {
  const { db, close } = openDatabase(database)
  const rows = await db.selectFrom('outbox').select(['id', 'state']).execute()
  await close()
  return rows
}

it('300 reps on two processes get everything once: calls fail, sockets are cut, frames repeat, both are killed', async () => {
  vi.stubEnv('LIUKE_DINGTALK_SECRET', APP.clientSecret)
  const staff = REPS.map((userId) => ({ userId, name: userId }))
  const fake = await startFakeDingtalk(systemClock, { ...APP, staff })
  const { state, gateway } = fake
  const database = join(mkdtempSync(join(tmpdir(), 'liuke-dingtalk-kill-')), 'liuke.db')
  await seed(database)
  const config = configFor(fake, database)
  fake.disturb(trouble(fake))
  const pause = () => systemClock.sleep(100)
  /** Each line is pushed until it is taken, and then once more, as the platform may do. */
  const talk = async (user: string): Promise<void> => {
    const frame = robotFrame(state, { user, text: '帮助', id: `line-${user}` }, fake.url)
    await gateway.pushUntilTaken(frame, pause)
    await gateway.push(frame)
  }
  const arrived = (count: number) =>
    vi.waitFor(() => expect(state.shown.length).toBeGreaterThan(count), { timeout: 60_000, interval: 20 })

  const running = [await startLiuke(config), await startLiuke(config)]
  const talking = Promise.all(TALKERS.map(talk))
  let cuts = 0
  const cutting = (async () => {
    for (; cuts < CUTS; cuts++) {
      await systemClock.sleep(500)
      gateway.cut()
    }
  })()
  for (const [index, seen] of [80, 160].entries()) {
    await arrived(seen)
    await running[index]?.kill()
    running[index] = await startLiuke(config)
  }
  await Promise.all([talking, cutting])
  await vi.waitFor(
    async () => {
      const open = (await outbox(database)).filter((row) => !['sent', 'dead'].includes(row.state))
      expect(open).toEqual([])
    },
    { timeout: 200_000, interval: 500 },
  )
  for (const service of running) expect(await service.stop()).toBe(0)

  const rows = await outbox(database)
  const digests = rows.filter(({ id }) => id.startsWith('digest:'))
  expect(digests.map((row) => row.state)).toEqual(Array(300).fill('sent'))
  // Every line was handled once: one answer each.
  expect(rows.length - digests.length).toBe(TALKERS.length)
  const digestsOf = (rep: string) =>
    state.shown.filter((one) => one.to === `dm:${rep}` && one.params.get('item5')?.includes('蓝天物流'))
  for (const rep of REPS) expect(digestsOf(rep), rep).toHaveLength(1)
  expect(cuts).toBe(CUTS)
  await fake.close()
  fake.verify()
  vi.unstubAllEnvs()
}, 300_000)
