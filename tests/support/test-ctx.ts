import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { afterAll, beforeAll, describe } from 'vitest'
import type { MovableClock } from '../../src/clock.ts'
import type { Ctx } from '../../src/context.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import type { Schema } from '../../src/db/schema.ts'
import { createLog } from '../../src/log.ts'
import { Settings } from '../../src/settings.ts'

/** A context whose clock stands still until the test moves it. */
export interface TestCtx extends Ctx {
  readonly clock: MovableClock
}

/** Monday 2026-11-23, 09:00 in Shanghai. */
export const MONDAY_9AM = Date.parse('2026-11-23T09:00:00+08:00')

/** A clock frozen at `at`; `advanceTo` moves it, `sleep` jumps at once. */
export function frozenClock(at: number): MovableClock {
  let now = at
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms
      await Promise.resolve()
    },
    advanceTo: (to) => {
      now = Math.max(now, to)
    },
    offset: () => now - at,
  }
}

export async function sqliteCtx(
  options: { at?: number; settings?: unknown; file?: string } = {},
): Promise<TestCtx & { close(): Promise<void> }> {
  const { db, close } = openDatabase(options.file ?? ':memory:')
  await migrate(db)
  return { ...parts(options), db, close }
}

export async function pgliteCtx(
  options: { at?: number; settings?: unknown } = {},
): Promise<TestCtx & { close(): Promise<void> }> {
  const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite: await PGlite.create() }) })
  await migrate(db)
  return { ...parts(options), db, close: () => db.destroy() }
}

function parts(options: { at?: number; settings?: unknown }): Omit<TestCtx, 'db'> {
  return {
    clock: frozenClock(options.at ?? MONDAY_9AM),
    log: createLog('silent'),
    settings: Settings.parse(options.settings ?? {}),
  }
}

/** Runs the same store tests on every database: SQLite in memory and PostgreSQL in process (PGlite). */
export function describeEachDatabase(title: string, body: (ctx: () => TestCtx) => void): void {
  const makers = { sqlite: sqliteCtx, pglite: pgliteCtx }
  for (const [name, make] of Object.entries(makers)) {
    describe(`${title} [${name}]`, () => {
      let current: (TestCtx & { close(): Promise<void> }) | undefined
      beforeAll(async () => {
        current = await make()
      })
      afterAll(async () => {
        await current?.close()
      })
      body(() => {
        if (!current) throw new Error('the database is not open yet')
        return current
      })
    })
  }
}
