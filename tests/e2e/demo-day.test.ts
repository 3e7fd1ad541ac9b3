import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { addComplaints, addReps, type House, newHouse, REPS, type Rep } from '../support/demo-day/company.ts'
import { dingtalkDriver } from '../support/demo-day/dingtalk.ts'
import type { Driver } from '../support/demo-day/driver.ts'
import {
  allSeen,
  settled,
  startAndKill,
  startProcesses,
  wrongDigests,
} from '../support/demo-day/lived-day.ts'
import { type Planned, plannedDigests } from '../support/demo-day/plan.ts'
import { wecomDriver } from '../support/demo-day/wecom.ts'
import { breaches } from '../support/invariants.ts'

/** The platforms' own time is the machine's; the house lives on the demo's clock, which stands in the database. */
const [MONDAY, TUESDAY] = [0, 1]
const [MONDAY_TITLE, TUESDAY_TITLE] = ['11/23（周一）', '11/24（周二）']
const CUTS = 20
const TALKERS = REPS.slice(0, 20)
/** Of a machine that is slow and busy; a standstill ends it much earlier. */
const DAY_MS = 40 * 60_000
/** Reps that press or write something, for each thing they do. */
const ACTING = 10

let loaded = ''

/** The company before Monday's work: taken in and scored by the service itself. */
beforeAll(async () => {
  const house = newHouse()
  await house.setTime(MONDAY, '07:00')
  const service = await startProcesses(configFor(house, {}), 1)
  await service.stop()
  loaded = house.database
}, DAY_MS)

afterEach(() => {
  vi.unstubAllEnvs()
})

it(
  '300 reps over WeCom: calls fail, tokens end, callbacks repeat, the service is killed twice',
  async () => {
    await liveThrough(await wecomDriver())
  },
  DAY_MS,
)

it(
  '300 reps over DingTalk: two processes, calls fail, sockets are cut, frames repeat, both are killed',
  async () => {
    await liveThrough(await dingtalkDriver())
  },
  DAY_MS,
)

interface Stage {
  readonly driver: Driver
  readonly house: House
  readonly config: string
  readonly random: () => number
  /** Monday's. */
  readonly plan: ReadonlyMap<string, Planned>
}

async function liveThrough(driver: Driver): Promise<void> {
  const seed = Number(process.env.LIUKE_DAY_SEED ?? 736_242_036)
  process.stdout.write(`demo day over ${driver.platform}: LIUKE_DAY_SEED=${seed}\n`)
  for (const [name, value] of Object.entries(driver.secrets)) vi.stubEnv(name, value)
  const house = newHouse()
  copyFileSync(loaded, house.database)
  await addReps(house, driver.platform)
  const config = configFor(house, driver.settings)
  const plan = await plannedDigests(config, MONDAY)
  expect(plan.size).toBeGreaterThan(REPS.length / 2)
  const stage: Stage = { driver, house, config, plan, random: randomFrom(seed) }
  driver.makeTrouble(stage.random)

  await morningWithKills(stage)
  const written = await repsAnswer(stage)
  const { deferred, late } = await complaintsComeIn(stage)
  await nextMorning(stage, deferred, late)

  await house.open(async (ctx) => {
    const found = await breaches(ctx)
    expect(found.filter((one) => !driver.isDoubt(one))).toEqual([])
    expect(await ctx.db.selectFrom('follow_ups').select('id').execute()).toHaveLength(written)
  })
  await driver.close()
}

/** The digests of nine o'clock, while people talk and everything breaks. */
async function morningWithKills(stage: Stage): Promise<void> {
  const { driver, house, plan, random } = stage
  await house.setTime(MONDAY, '08:59:55')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const talking = Promise.all(TALKERS.map(({ key }, n) => driver.say(url, key, '帮助', n)))
  const killAt = [0.1 + 0.3 * random(), 0.5 + 0.4 * random()].map((share) => Math.floor(share * plan.size))
  const starting = startAndKill(stage, { port, day: MONDAY_TITLE, killAt })
  for (let cuts = 0; cuts < CUTS; cuts++) {
    await systemClock.sleep(400)
    driver.cut()
  }
  const service = await starting
  await talking
  await service.stop()
  // What was being sent at a kill is taken over when its lease has ended.
  const after = await startAt(stage, MONDAY, '09:40')
  await settled(house)
  expect(wrongDigests(driver, plan, MONDAY_TITLE)).toEqual([])
  await after.stop()
}

/** Presses and lines of forty reps; gives how many follow-ups they are. */
async function repsAnswer(stage: Stage): Promise<number> {
  const { driver, house, plan } = stage
  const busy = REPS.flatMap((rep) => {
    const [customer] = plan.get(rep.name)?.customers ?? []
    return customer === undefined ? [] : [{ ...rep, customer }]
  })
  const acting = (group: number) => busy.slice(group * ACTING, (group + 1) * ACTING)
  expect(acting(3)).toHaveLength(ACTING)
  const { url, stop } = await startAt(stage, MONDAY, '10:15')
  const press = async (reps: readonly Rep[], label: string): Promise<void> => {
    for (const { key, name } of reps) await driver.press(url, key, `${name} · ${MONDAY_TITLE}`, label)
  }
  const lines = acting(3).map(({ key, customer }, n) =>
    driver.say(url, key, `跟进 ${customer} 已谈妥，下周三再约`, 1_000 + n),
  )
  const presses = [press(acting(0), '已联系'), press(acting(1), '稍后'), press(acting(2), '为什么')]
  await Promise.all([...presses, ...lines])
  await settled(house)
  await stop()
  await house.open(async (ctx) => {
    const written = await ctx.db
      .selectFrom('follow_ups')
      .innerJoin('members', 'members.id', 'follow_ups.member_id')
      .innerJoin('customers', 'customers.id', 'follow_ups.customer_id')
      .select(['members.source_key as rep', 'customers.name', 'follow_ups.effective'])
      .execute()
    const expected = [0, 3].flatMap((group) =>
      acting(group).map((one) => ({ rep: one.key, name: one.customer, effective: group === 3 ? 1 : 0 })),
    )
    const order = (one: { rep: string }): string => one.rep
    expect(sorted(written, order)).toEqual(sorted(expected, order))
  })
  return 2 * ACTING
}

/** In the afternoon cards go out at once, two a rep at most; in the evening they wait for the morning. */
async function complaintsComeIn(stage: Stage): Promise<{ deferred: Owned; late: Owned }> {
  const { driver, house } = stage
  const owned = await customersOf(house, REPS.slice(200, 206))
  const [first = []] = owned
  const others = owned.slice(1, 5).flatMap((list) => list.slice(0, 1))
  const [late] = owned[5] ?? []
  const three = first.slice(0, 3)
  const deferred = three[2]
  if (!deferred || !late) throw new Error('too few customers for the complaints')
  await addComplaints(
    house,
    [...three, ...others].map((one) => one.key),
    '2026-11-23 14:00',
  )
  const afternoon = await startAt(stage, MONDAY, '14:05')
  await settled(house)
  await afternoon.stop()
  const cards = ({ rep, name }: Owned) => driver.cardsOf(rep, name).length
  expect([...three, ...others].map(cards)).toEqual([1, 1, 0, 1, 1, 1, 1])

  await addComplaints(house, [late.key], '2026-11-23 18:25')
  const talker = REPS[299]?.key ?? ''
  const [seen, own] = [driver.seen(), driver.seenBy(talker)]
  const evening = await startAt(stage, MONDAY, '18:40')
  await driver.say(evening.url, talker, '我的', 2_000)
  await settled(house)
  await evening.stop()
  expect(driver.seenBy(talker)).toBeGreaterThan(own)
  expect(driver.seen() - seen).toBe(driver.seenBy(talker) - own)
  return { deferred, late }
}

async function nextMorning(stage: Stage, deferred: Owned, late: Owned): Promise<void> {
  const { driver, house, config } = stage
  const seen = driver.seen()
  const early = await startAt(stage, TUESDAY, '07:00')
  await early.stop()
  expect(driver.seen()).toBe(seen)
  const plan = await plannedDigests(config, TUESDAY)
  expect(plan.get(deferred.repName)?.customers[0]).toBe(deferred.name)
  const service = await startAt(stage, TUESDAY, '08:59:55')
  await allSeen(house, driver, plan, TUESDAY_TITLE)
  await settled(house)
  await service.stop()
  expect(wrongDigests(driver, plan, TUESDAY_TITLE)).toEqual([])
  expect(driver.cardsOf(late.rep, late.name)).toHaveLength(1)
}

async function startAt({ house, config, driver }: Stage, day: number, time: string) {
  await house.setTime(day, time)
  return startProcesses(config, driver.processes)
}

interface Owned {
  readonly rep: string
  readonly repName: string
  readonly key: string
  readonly name: string
}

/** Customers of each rep. */
async function customersOf(house: House, reps: readonly Rep[]): Promise<Owned[][]> {
  const rows = await house.open((ctx) =>
    ctx.db
      .selectFrom('customers')
      .innerJoin('members', 'members.id', 'customers.owner_id')
      .select(['members.source_key as rep', 'members.name as repName'])
      .select(['customers.source_key as key', 'customers.name'])
      .orderBy('customers.id')
      .execute(),
  )
  return reps.map(({ key }) => rows.filter((row) => row.rep === key))
}

function configFor(house: House, settings: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'liuke-day-')), 'liuke.yaml')
  const demo = { demo: { enabled: true, customers: 1200 }, playground: { enabled: true } }
  // Calmer customers too, so that most reps have something to do; and as fast as the platforms allow.
  const push = { minBand: 'watch', pacing: { perPlatformPerSecond: 100 } }
  writeFileSync(file, JSON.stringify({ database: house.database, push, ...demo, ...settings }))
  return file
}

/** Equal seeds give equal moments (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function sorted<T>(all: readonly T[], by: (one: T) => string): T[] {
  return [...all].sort((a, b) => (by(a) < by(b) ? -1 : 1))
}

/** A port nobody listens on: the service keeps it when it comes back. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
