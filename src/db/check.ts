import { type Kysely, sql } from 'kysely'
import { dialectOf } from './dialect.ts'
import type { Schema } from './schema.ts'

/** Problems the database itself knows of: damaged pages, broken references. Empty when it is sound. */
export async function databaseProblems(db: Kysely<Schema>): Promise<string[]> {
  if (dialectOf(db) === 'postgres') {
    await sql`select 1`.execute(db)
    return []
  }
  const damage = await sql<{ quick_check: string }>`pragma quick_check(5)`.execute(db)
  const orphans = await sql<{ table: string }>`pragma foreign_key_check`.execute(db)
  return [
    ...damage.rows.map((row) => row.quick_check).filter((line) => line !== 'ok'),
    ...new Set(orphans.rows.map((row) => `rows in ${row.table} point to nothing`)),
  ]
}
