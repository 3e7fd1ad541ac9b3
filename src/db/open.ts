import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { AppError } from '../errors.ts'
import { PatientSqliteDialect } from './patient-driver.ts'
import type { Schema } from './schema.ts'
import { withStatementCache } from './statement-cache.ts'

export interface OpenDatabase {
  readonly db: Kysely<Schema>
  /** Copies the live database into `file` while others go on reading and writing. */
  backup(file: string): Promise<void>
  /** Moves what was written into the main file, as far as no reader needs the old state; waits for nobody. */
  checkpoint(): void
  close(): Promise<void>
}

export interface OpenOptions {
  /**
   * `elsewhere`: another connection of this process calls `checkpoint`, so that a small write never has to copy a
   * bulk load's pages into the file first. `here` by default.
   */
  readonly checkpoints?: 'here' | 'elsewhere'
}

/** How long opening waits for another process that opens the same file. */
const OPEN_TIMEOUT_MS = 10_000
/** Short waits for the write lock happen inside SQLite, longer ones in the driver. */
const BUSY_TIMEOUT_MS = 3
/** 32 MB instead of 4: pages that a bulk load touches again and again reach the file less often. */
const CHECKPOINT_PAGES = 8_000
/** 400 MB: only if nobody else does it. */
const LAST_RESORT_PAGES = 100_000

/**
 * Opens a SQLite file (or `:memory:`), creating it and its folder when missing. Migrations are separate.
 * @throws AppError `config` when the file is no database or cannot be opened.
 */
export function openDatabase(file: string, { checkpoints = 'here' }: OpenOptions = {}): OpenDatabase {
  refuseAddress(file)
  const sqlite = openSqlite(file, checkpoints === 'here' ? CHECKPOINT_PAGES : LAST_RESORT_PAGES)
  const db = new Kysely<Schema>({
    dialect: new PatientSqliteDialect({ database: withStatementCache(sqlite) }),
  })
  return {
    db,
    checkpoint: () => void sqlite.pragma('wal_checkpoint(PASSIVE)'),
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

function openSqlite(file: string, checkpointPages: number): SQLite.Database {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
    const sqlite = new SQLite(file, { timeout: OPEN_TIMEOUT_MS })
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma('synchronous = NORMAL')
    sqlite.pragma('foreign_keys = ON')
    sqlite.pragma('cache_size = -65536')
    sqlite.pragma('temp_store = MEMORY')
    sqlite.pragma(`wal_autocheckpoint = ${checkpointPages}`)
    sqlite.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
    return sqlite
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('config', 'the database cannot be opened', {
      cause,
      say: `The database ${file} cannot be opened: ${reason}`,
    })
  }
}
