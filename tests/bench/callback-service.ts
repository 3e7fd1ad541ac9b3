import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { systemClock } from '../../src/clock.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { asAppError } from '../../src/errors.ts'
import { startWorker } from '../../src/jobs/worker-host.ts'
import { createLog } from '../../src/log.ts'
import { startService } from '../../src/main.ts'
import { Settings } from '../../src/settings.ts'
import { CORP } from '../support/fake-wecom/index.ts'
import { addSyntheticCustomers } from './synthetic-customers.ts'

/**
 * The whole service on a database file of its own, with bound reps, as a process that the callback bench talks to;
 * it scores when it is told to.
 */
const [, , users = '500', customers = '0'] = process.argv
const { members: _, corpId, ...app } = CORP
const settings = Settings.parse({
  database: join(mkdtempSync(join(tmpdir(), 'liuke-bench-')), 'callback.db'),
  log: 'silent',
  http: { port: 0 },
  // Nobody listens there: every answer has to go back in the callback.
  wecom: { corpId, baseUrl: 'http://127.0.0.1:1', app: { enabled: true, ...app } },
})
const log = createLog('silent')
const own = openDatabase(settings.database)
await migrate(own.db)
await sql`with recursive n(i) as (select 0 union all select i + 1 from n where i < ${Number(users) - 1})
  insert into members (source, source_key, name, role, active) select 'bench', 'rep-' || i, '销售' || i, 'rep', 1 from n`.execute(
  own.db,
)
await sql`insert into identities (platform, person, member_id, bound_at)
  select 'wecom', source_key, id, 0 from members`.execute(own.db)
if (Number(customers) > 0) await addSyntheticCustomers(own.db, Number(customers), 4)
const service = await startService(settings, log)
const worker = startWorker({ db: own.db, clock: systemClock, log, settings })

process.on('message', (message) => {
  if (message === 'stop') void stop()
  if (message === 'score') void score()
})
process.send?.({ port: Number(new URL(service.url).port) })

async function score(): Promise<void> {
  try {
    const counts = await worker.run('score', systemClock.now(), new AbortController().signal)
    process.send?.({ scored: counts.customers ?? 0 })
  } catch (error) {
    // The service's own morning run began meanwhile and took over; then ours comes after it.
    if (asAppError(error).code !== 'conflict') throw error
    await score()
  }
}

async function stop(): Promise<void> {
  await worker.stop()
  await service.stop()
  await own.close()
  process.disconnect()
}
