import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openDatabase } from '../../src/db/open.ts'

const HARNESS = fileURLToPath(new URL('../support/push-harness.ts', import.meta.url))
const KILLS = 17

interface Place {
  readonly database: string
  readonly platform: string
}

function newPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'liuke-kill-'))
  return { database: join(folder, 'liuke.db'), platform: join(folder, 'platform.txt') }
}

/** Runs the harness; kills it so many milliseconds after it is ready (null: never). True when it finished. */
async function live(place: Place, starts: number, killAfter: number | null): Promise<boolean> {
  const child = spawn(process.execPath, [HARNESS, place.database, place.platform, String(starts)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  const ended = new Promise<boolean>((resolve) => child.once('exit', (code) => resolve(code === 0)))
  const ready = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
  await Promise.race([ready, ended])
  if (killAfter !== null) {
    await Promise.race([systemClock.sleep(killAfter), ended])
    child.kill('SIGKILL')
  }
  const finished = await ended
  expect(errors).toBe('')
  return finished
}

async function outcome({ database, platform }: Place): Promise<unknown> {
  const { db, close } = openDatabase(database)
  const cases = await db
    .selectFrom('cases')
    .select(['customer_id', 'owner_id', 'state', 'opened_on', 'last_pushed_on', 'last_pushed_band', 'due_at'])
    .orderBy('customer_id')
    .execute()
  const outbox = await db.selectFrom('outbox').select(['id', 'state']).orderBy('id').execute()
  const log = await db
    .selectFrom('case_log')
    .select(['case_id', 'action', (eb) => eb.fn.countAll().as('n')])
    .groupBy(['case_id', 'action'])
    .orderBy('case_id')
    .orderBy('action')
    .execute()
  await close()
  return {
    cases,
    outbox,
    pushes: log.map((row) => row.n).sort(),
    delivered: readFileSync(platform, 'utf8').split('\n').filter(Boolean).sort(),
  }
}

it(`killed at ${KILLS} random moments, every push is delivered once and none is lost`, async () => {
  const undisturbed = newPlace()
  expect(await live(undisturbed, 0, null)).toBe(true)

  const wanted = await outcome(undisturbed)

  // A company that lived through all its mornings is compared, and the next one begins.
  let [random, kills] = [42, 0]
  while (kills < KILLS) {
    const place = newPlace()
    for (let starts = 0, finished = false; !finished; starts++) {
      random = (random * 1_664_525 + 1_013_904_223) % 4_294_967_296
      const killAfter = kills < KILLS ? Math.floor((random / 4_294_967_296) * 120) : null
      finished = await live(place, starts, killAfter)
      if (!finished) kills++
    }
    expect(await outcome(place)).toEqual(wanted)
  }
})
