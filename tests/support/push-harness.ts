import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { calendarFor } from '../../src/calendar.ts'
import { movableClock, systemClock } from '../../src/clock.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import { createLog } from '../../src/log.ts'
import { BANDS } from '../../src/model/churn.ts'
import { startDispatcher } from '../../src/push/dispatch.ts'
import { enqueuePlan } from '../../src/push/enqueue.ts'
import { Settings } from '../../src/settings.ts'
import { getState, setState } from '../../src/store/state.ts'
import { fakeAdapter } from './fake-adapter.ts'
import { addCustomer, addMember, addScoreRun, putScore } from './people.ts'
import { MONDAY_9AM } from './test-ctx.ts'

/**
 * A small service that lives through some mornings and sends to a platform that is a file: one line a delivery.
 * It goes on where it was after being killed. Arguments: database, platform file, number of this start.
 */
const [, , file = '', platform = '', starts = '0'] = process.argv
const DAYS = 15
const REPS = 6
const CUSTOMERS = 60
/** Each start happens two minutes after the last one, so that leases of a killed one have ended. */
const clock = movableClock(MONDAY_9AM - systemClock.now())
const { db, close } = openDatabase(file)
await migrate(db)
const settings = Settings.parse({
  push: { pacing: { perAddressPerMinute: 1_000, perPlatformPerSecond: 1_000 } },
})
const ctx = { db, clock, log: createLog('error'), settings }
const calendar = calendarFor(settings)
const first = calendar.dayOf(MONDAY_9AM)

async function seed(): Promise<void> {
  if ((await getState(ctx, 'harness.day')) !== null) return
  await db.transaction().execute(async (tx) => {
    const inner = { ...ctx, db: tx }
    for (let r = 0; r < REPS; r++) {
      const rep = await addMember(inner)
      for (let c = 0; c < CUSTOMERS / REPS; c++) await addCustomer(inner, { ownerId: rep.id })
    }
    await setState(inner, 'harness.day', '0')
  })
}

/** The same scores for the same day, whoever writes them and however often. */
async function score(day: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const inner = { ...ctx, db: tx }
    const run_id = await addScoreRun(inner, day)
    for (let id = 1; id <= CUSTOMERS; id++) {
      const risk = ((id * 37 + day * 61) % 100) / 100
      const band = BANDS[Math.floor(risk * 5)] ?? 'none'
      await putScore(inner, { customer_id: id, run_id, as_of: day, risk, band })
    }
  })
}

const adapter = fakeAdapter()
const remembered = existsSync(platform) ? readFileSync(platform, 'utf8').split('\n').filter(Boolean) : []
const delivered = new Set(remembered)
const send = adapter.send.bind(adapter)
adapter.send = async (to, card, key) => {
  await systemClock.sleep(2)
  if (!delivered.has(key)) appendFileSync(platform, `${key}\n`)
  delivered.add(key)
  await systemClock.sleep(2)
  return send(to, card, key)
}

await seed()
const dispatcher = startDispatcher(ctx, [adapter], { pollMs: null, concurrency: 2 })
process.stdout.write('ready\n')
for (let n = Number(await getState(ctx, 'harness.day')); n < DAYS; n++) {
  const day = first + n
  clock.advanceTo(calendar.instant(day, calendar.workStart) + Number(starts) * 120_000)
  await score(day)
  const plan = await planWithHoldout(ctx, day, { dryRun: false })
  const present = () => ({ summary: `day ${n}`, title: `day ${n}` })
  await enqueuePlan(ctx, plan, present, calendar.instant(day, calendar.workStart))
  await dispatcher.idle()
  await setState(ctx, 'harness.day', String(n + 1))
}
await dispatcher.idle()
await dispatcher.stop()
await close()
