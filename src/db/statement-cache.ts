import type SQLite from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'

const CAPACITY = 256

/**
 * Kysely prepares every statement anew, which for a small one costs as much as running it. They are kept here, the
 * least recently used going first. One that is being iterated cannot run a second time: meanwhile another is made.
 */
export function withStatementCache(sqlite: SQLite.Database): SqliteDatabase {
  const kept = new Map<string, SQLite.Statement>()
  return {
    close: () => {
      kept.clear()
      sqlite.close()
    },
    prepare: (text) => {
      const known = kept.get(text)
      if (known?.busy) return sqlite.prepare(text)
      if (known) kept.delete(text)
      const statement = known ?? sqlite.prepare(text)
      kept.set(text, statement)
      const [oldest] = kept.keys()
      if (kept.size > CAPACITY && oldest !== undefined) kept.delete(oldest)
      return statement
    },
  }
}
