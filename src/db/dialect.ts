import { type Kysely, SqliteAdapter } from 'kysely'
import type { DialectName } from './columns.ts'

/** Which database stands behind a handle (transactions included). */
export function dialectOf<T>(db: Kysely<T>): DialectName {
  return db.getExecutor().adapter instanceof SqliteAdapter ? 'sqlite' : 'postgres'
}
