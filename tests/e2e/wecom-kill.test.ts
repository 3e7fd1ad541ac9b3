import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openDatabase } from '../../src/db/open.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { addToOutbox } from '../../src/store/outbox.ts'
import { postOf, textXml } from '../support/fake-wecom/callbacks.ts'
import { CORP, type Disturbance, type FakeWecom, startFakeWecom } from '../support/fake-wecom/index.ts'
import { type RunningService, startLiuke } from '../support/running-service.ts'
import { digest } from '../support/sample-cards.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

const REPS = Array.from({ length: 300 }, (_, n) => `rep-${n}`)
const TALKERS = REPS.slice(0, 20)

/** Three hundred bound reps, each with a digest that waits to be sent. */
async function seed(database: string): Promise<void> {
  const ctx = await sqliteCtx({ file: database, at: systemClock.now() })
  for (const key of REPS) {
    const row = await ctx.db
      .insertInto('members')
      .values({
        source: 'test',
        source_key: key,
        name: key,
        role: 'rep',
        team_id: null,
        region: null,
        active: 1,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await bindIdentity(ctx, { platform: 'wecom', person: key, memberId: Number(row.id) })
    await addToOutbox(ctx, {
      id: `digest:${key}`,
      platform: 'wecom',
      kind: 'send',
      target: { platform: 'wecom', kind: 'dm', id: key },
      address: `dm:${key}`,
      card: digest,
      // Replies are the lane that is sent at any hour; this test runs at any hour.
      lane: 'reply',
      notBefore: 0,
    })
  }
  await ctx.close()
}

function configFor(fake: FakeWecom, database: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'liuke-wecom-kill-')), 'liuke.yaml')
  const { corpId, agentId } = CORP
  const settings = {
    database,
    push: { pacing: { perPlatformPerSecond: 100 } },
    wecom: { corpId, baseUrl: fake.url, app: { enabled: true, agentId } },
  }
  writeFileSync(file, JSON.stringify(settings))
  return file
}

/** Every tenth call fails: refused, cut before or cut after it took effect; every hundredth ends the token. */
function trouble(fake: FakeWecom): () => Disturbance | null {
  const ways: readonly Disturbance[] = [{ cut: 'after' }, { errcode: -1 }, { cut: 'before' }, { status: 502 }]
  let calls = 0
  return () => {
    calls++
    if (calls % 100 === 0) fake.state.endTokens()
    return calls % 10 === 0 ? (ways[(calls / 10) % ways.length] ?? null) : null
  }
}

/** Each talker says one line, and the platform sends it three times: one message id, three requests. */
async function talk(fake: FakeWecom, { url }: RunningService, talkers: readonly string[]): Promise<void> {
  for (const user of talkers) {
    const xml = textXml(fake.state, user, '帮助', String(7_000_000 + REPS.indexOf(user)))
    for (let time = 0; time < 3; time++) {
      expect(await fake.deliver(`${url}/callbacks/wecom`, postOf(fake.state, xml))).toEqual([200])
    }
  }
}

async function outboxStates(database: string): Promise<Record<string, number>> {
  const { db, close } = openDatabase(database)
  const rows = await db.selectFrom('outbox').select('state').execute()
  await close()
  const counts: Record<string, number> = {}
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

it('300 reps get everything once: calls fail, tokens end, callbacks repeat, the process is killed twice', async () => {
  vi.stubEnv('LIUKE_WECOM_SECRET', CORP.secret)
  vi.stubEnv('LIUKE_WECOM_TOKEN', CORP.token)
  vi.stubEnv('LIUKE_WECOM_AES_KEY', CORP.aesKey)
  const members = REPS.map((userid) => ({ userid, name: userid, department: [1] }))
  const fake = await startFakeWecom(systemClock, { ...CORP, members })
  const database = join(mkdtempSync(join(tmpdir(), 'liuke-wecom-kill-')), 'liuke.db')
  await seed(database)
  const config = configFor(fake, database)
  fake.disturb(trouble(fake))
  const arrived = (count: number) =>
    vi.waitFor(() => expect(fake.state.messages.length).toBeGreaterThan(count), {
      timeout: 60_000,
      interval: 20,
    })

  const first = await startLiuke(config)
  await talk(fake, first, TALKERS.slice(0, 10))
  await arrived(100)
  await first.kill()
  const second = await startLiuke(config)
  // What was acknowledged before the kill may come again after it.
  await talk(fake, second, TALKERS)
  await arrived(350)
  await second.kill()
  const third = await startLiuke(config)
  const all = REPS.length + TALKERS.length
  await vi.waitFor(async () => expect(await outboxStates(database)).toEqual({ sent: all }), {
    timeout: 120_000,
    interval: 500,
  })
  expect(await third.stop()).toBe(0)

  const kinds = (user: string): string =>
    fake.state.messages
      .filter((one) => one.user === user)
      .map((one) => one.body.msgtype)
      .sort()
      .join()
  const quiet = REPS.slice(TALKERS.length)
  expect(new Set(quiet.map(kinds))).toEqual(new Set(['markdown,template_card']))
  // The digest and one reply, each with its words before the card.
  const both = 'markdown,markdown,template_card,template_card'
  expect(new Set(TALKERS.map(kinds))).toEqual(new Set([both]))
  expect(fake.state.dropped).toEqual([])
  await fake.close()
  fake.verify()
  vi.unstubAllEnvs()
}, 300_000)
