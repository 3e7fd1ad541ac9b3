import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { sql } from 'kysely'
import { UNSCOPED } from '../../src/access.ts'
import { systemClock } from '../../src/clock.ts'
import { migrate } from '../../src/db/migrate.ts'
import { type OpenDatabase, openDatabase } from '../../src/db/open.ts'
import { createLog } from '../../src/log.ts'
import { dayFromIso } from '../../src/model/day.ts'
import { Settings } from '../../src/settings.ts'
import { parsePeriod } from '../../src/stats/period.ts'
import { churnFigures } from '../../src/stats/team-stats.ts'

export interface ChurnFiguresBench {
  readonly customers: number
  readonly orders: number
  /** One answer to 流失 for the whole company. */
  readonly milliseconds: number
  /** Longest time in which the main thread served nobody else. */
  readonly longestBlockMs: number
}

const FIRST = dayFromIso('2025-01-01') ?? 0
const DAYS = 600
const ORDERS_EACH = 3

/** How long the churn figures of one quarter take in a company of that many customers, own-cycle definition. */
export async function churnFiguresBench(customers: number): Promise<ChurnFiguresBench> {
  const folder = mkdtempSync(join(tmpdir(), 'liuke-bench-'))
  const database = openDatabase(join(folder, 'churn.db'))
  try {
    await fill(database, customers)
    const settings = Settings.parse({ log: 'silent' })
    const ctx = { db: database.db, clock: systemClock, log: createLog('silent'), settings }
    const period = parsePeriod('2026Q1', FIRST + DAYS)
    if (!period) throw new Error('no period')
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const start = performance.now()
    await churnFigures(ctx, { scope: UNSCOPED, period })
    const milliseconds = Math.round(performance.now() - start)
    delay.disable()
    return {
      customers,
      orders: customers * ORDERS_EACH,
      milliseconds,
      longestBlockMs: Math.round(delay.max / 1e6),
    }
  } finally {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Orders on days that look random and are not: the same on every machine. */
async function fill({ db }: OpenDatabase, customers: number): Promise<void> {
  await migrate(db)
  const numbers = sql.raw(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${customers})`,
  )
  await sql`${numbers} insert into customers (id, source, source_key, name) select i, 'bench', i, i from n`.execute(
    db,
  )
  for (let order = 0; order < ORDERS_EACH; order++) {
    await sql`${numbers} insert into events (source, source_key, customer_id, kind, at, day, amount)
      select 'bench', i || '-' || ${order}, i, 'order', day * 86400000, day, 10000
      from (select i, ${FIRST} + (i * 7919 + ${order} * 104729) % ${DAYS} as day from n)`.execute(db)
  }
}
