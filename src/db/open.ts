import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import { AppError } from '../errors.ts'
import type { Schema } from './schema.ts'
import { withStatementCache } from './statement-cache.ts'

export interface OpenDatabase {
  readonly db: Kysely<Schema>
  /** Copies the live database into `file` while others go on reading and writing. */
  backup(file: string): Promise<void>
  close(): Promise<void>
}

/** How long a writer waits for another process's short transaction before it fails with SQLITE_BUSY. */
const BUSY_TIMEOUT_MS = 10_000

/**
 * Opens a SQLite file (or `:memory:`), creating it and its folder when missing. Migrations are separate.
 * @throws AppError `config` when the file is no database or cannot be opened.
 */
export function openDatabase(file: string): OpenDatabase {
  refuseAddress(file)
  const sqlite = openSqlite(file)
  const db = new Kysely<Schema>({
    dialect: new ImmediateSqliteDialect({ database: withStatementCache(sqlite) }),
  })
  return {
    db,
    backup: async (target) => void (await sqlite.backup(target)),
    close: () => db.destroy(),
  }
}

/** An address taken for a file name would make a folder called `postgres:` and an empty database in it. */
function refuseAddress(file: string): void {
  if (!/^[a-z][a-z0-9+]+:\/\//i.test(file)) return
  throw new AppError('config', 'the database is an address, not a file', {
    say: 'Only SQLite files can be opened yet, no database addresses. Name a file with --db FILE, or unset DATABASE_URL.',
  })
}

function openSqlite(file: string): SQLite.Database {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
    const sqlite = new SQLite(file, { timeout: BUSY_TIMEOUT_MS })
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma('synchronous = NORMAL')
    sqlite.pragma('foreign_keys = ON')
    sqlite.pragma('cache_size = -65536')
    sqlite.pragma('temp_store = MEMORY')
    // 32 MB instead of 4: pages that a bulk load touches again and again reach the file less often.
    sqlite.pragma('wal_autocheckpoint = 8000')
    return sqlite
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('config', 'the database cannot be opened', {
      cause,
      say: `The database ${file} cannot be opened: ${reason}`,
    })
  }
}

/**
 * Kysely begins deferred transactions. One that reads first and then writes fails at once with
 * SQLITE_BUSY_SNAPSHOT when the worker wrote in between; taking the write lock at the start waits instead.
 */
class ImmediateSqliteDialect extends SqliteDialect {
  readonly #settings: { database: SqliteDatabase }
  constructor(settings: { database: SqliteDatabase }) {
    super(settings)
    this.#settings = settings
  }
  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#settings)
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}
