import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { AppError } from '../errors.ts'
import { COLUMN_TYPES } from './columns.ts'
import { dialectOf } from './dialect.ts'
import { migrations } from './migrations/index.ts'
import type { Schema } from './schema.ts'

/**
 * Brings the database to the newest schema and returns the names of the migrations that ran.
 * @throws AppError `config` when the database was written by a newer Liuke.
 */
export async function migrate(db: Kysely<Schema>): Promise<string[]> {
  const types = COLUMN_TYPES[dialectOf(db)]
  const known = Object.fromEntries(
    migrations.map(({ name, statements }) => [name, asMigration(statements(types))]),
  )
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } })
  await refuseNewerSchema(db, Object.keys(known))
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw new AppError('bug', 'migration failed', { cause: error })
  return (results ?? []).filter((one) => one.status === 'Success').map((one) => one.migrationName)
}

function asMigration(statements: string[]): Migration {
  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db)
    },
  }
}

async function refuseNewerSchema(db: Kysely<Schema>, known: string[]): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const unknown = rows.map((row) => row.name).filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  throw new AppError('config', 'the database has a newer schema than this program', {
    say: `This database was written by a newer Liuke (migration ${unknown.join(', ')}). Update Liuke, or open another database.`,
    data: { unknown },
  })
}
