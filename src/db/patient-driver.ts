import type { SqliteDatabase } from 'kysely'
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import { stopwatch, systemClock } from '../clock.ts'

/** How long a writer waits for the short transactions of others before it fails with SQLITE_BUSY. */
const PATIENCE_SECONDS = 10
const RETRY_MS = 2

/**
 * SQLite with three differences from Kysely's own dialect.
 *
 * Kysely begins deferred transactions. One that reads first and then writes fails at once with
 * SQLITE_BUSY_SNAPSHOT when the worker wrote in between; taking the write lock at the start waits instead.
 *
 * SQLite's own waiting blocks the thread and looks at longer and longer intervals (up to 100 ms) whether the lock
 * is free: beside a worker that writes page after page it misses the short gaps again and again (more than half a
 * second was measured). Here a waiting writer looks every two milliseconds and lets its thread go on meanwhile.
 *
 * Kysely migrates SQLite without a transaction, though SQLite can change tables in one: a process killed in between
 * would leave a database that nobody can open any more.
 */
export class PatientSqliteDialect extends SqliteDialect {
  readonly #settings: { database: SqliteDatabase }
  constructor(settings: { database: SqliteDatabase }) {
    super(settings)
    this.#settings = settings
  }
  override createDriver(): Driver {
    return new PatientSqliteDriver(this.#settings)
  }
  override createAdapter(): DialectAdapter {
    return new TransactionalSqliteAdapter()
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class PatientSqliteDriver extends SqliteDriver {
  #connection: DatabaseConnection | undefined
  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= patient(await super.acquireConnection())
    return this.#connection
  }
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

function patient(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: (query, options) => patiently(() => connection.executeQuery(query, options)),
    streamQuery: (query, chunkSize, options) => connection.streamQuery(query, chunkSize, options),
  }
}

async function patiently<T>(run: () => Promise<T>): Promise<T> {
  const seconds = stopwatch()
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!isLocked(error) || seconds() >= PATIENCE_SECONDS) throw error
      await systemClock.sleep(RETRY_MS)
    }
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'code') === 'SQLITE_BUSY'
}
