import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openDatabase } from '../../src/db/open.ts'
import { runCli, startCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

const KILLS = 20
const SEED = 20_261_123
const LINES = 30_000
const ROWS = LINES + 2 * (LINES / 1000)
const files = tempFolder()

/** A log with identical rows near and far from each other, own keys beside derived ones. */
function log(): string {
  const lines = ['customer,at,kind,amount,key']
  for (let i = 0; i < LINES; i++) {
    const key = i % 5 === 0 ? `o${i}` : ''
    lines.push(`c${i % 7000},2026-0${(i % 9) + 1}-15,order,${i % 11 === 0 ? 1 : i % 500},${key}`)
    if (i % 1000 === 0) lines.push('twin,2026-03-03,order,5,', 'twin,2026-03-03,order,5,')
  }
  return `${lines.join('\n')}\n`
}

async function facts(file: string): Promise<unknown> {
  const { db, close } = openDatabase(file)
  const events = await db
    .selectFrom('events')
    .innerJoin('customers', 'customers.id', 'events.customer_id')
    .select([
      'events.source_key',
      'customers.source_key as customer',
      'events.kind',
      'events.day',
      'events.amount',
    ])
    .orderBy('events.source_key')
    .execute()
  const customers = await db
    .selectFrom('customers')
    .select(['source', 'source_key', 'name'])
    .orderBy('source_key')
    .execute()
  await close()
  return { events, customers }
}

it(`an import killed at ${KILLS} random moments and run again loses nothing and doubles nothing`, async () => {
  const csv = files.path('log.csv')
  writeFileSync(csv, log())
  const run = (db: string) => ['--db', db, '--json', 'import', csv, '--as', 'events']
  const calm = files.path('calm.db')
  const begin = performance.now()
  expect(await runCli(run(calm))).toMatchObject({ code: 0 })
  let span = performance.now() - begin
  const wanted = await facts(calm)

  // A database that survived until its import was complete is compared, and the next one begins empty.
  let [random, kills, lives] = [SEED, 0, 0]
  while (kills < KILLS) {
    const database = files.path(`stormy-${lives++}.db`)
    for (let complete = false; !complete; ) {
      const { child, ended } = startCli(run(database))
      const kill = kills < KILLS
      if (kill) {
        random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
        await Promise.race([systemClock.sleep((0.3 + 0.7 * (random / 4_294_967_296)) * span), ended])
        child.kill('SIGKILL')
      }
      const end = await ended
      complete = end.code === 0
      if (!kill) expect(end).toMatchObject({ code: 0 })
      if (!complete) kills++
      // The machine has become faster: aim earlier, or the import is over before every kill.
      else if (kill) span *= 0.8
    }
    expect(await facts(database)).toEqual(wanted)
  }

  const again = JSON.parse((await runCli(run(calm))).stdout)
  expect(again).toMatchObject({ read: ROWS, added: 0, changed: 0, rejected: 0 })
})
