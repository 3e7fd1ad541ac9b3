import type SQLite from 'better-sqlite3'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

const CAPACITY = 64

/**
 * Kysely prepares every statement anew. For a bulk insert of 500 rows that costs as much as running it, so
 * statements that write are kept, the least recently used going first. Statements that return rows are not
 * kept: one that is being iterated cannot run a second time.
 */
export function withStatementCache(sqlite: SQLite.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    close: () => {
      kept.clear()
      sqlite.close()
    },
    prepare: (text) => {
      const known = kept.get(text)
      if (known) {
        kept.delete(text)
        kept.set(text, known)
        return known
      }
      const made: SqliteStatement = sqlite.prepare(text)
      if (!made.reader) remember(kept, text, made)
      return made
    },
  }
}

function remember(kept: Map<string, SqliteStatement>, text: string, made: SqliteStatement): void {
  kept.set(text, made)
  if (kept.size <= CAPACITY) return
  const [oldest] = kept.keys()
  if (oldest !== undefined) kept.delete(oldest)
}
