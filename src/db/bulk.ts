import { CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import { dialectOf } from './dialect.ts'
import type { Schema } from './schema.ts'

export type CellValue = string | number | null
/** Values of one column: one per row, or one for all rows. */
export type ColumnValues = readonly CellValue[] | string | number | null

/** Both databases take at least this many parameters in one statement (SQLite 32,766, PostgreSQL 65,535). */
const MAX_PARAMETERS = 32_000
const MAX_ROWS = 500

/**
 * Inserts `count` rows with as few statements as possible and returns how many rows were written. `tail` is
 * the `on conflict …` clause; names and tail come from code, never from input. The statement texts are few
 * (full groups and one rest), so that prepared statements are reused.
 */
export async function bulkInsert(
  db: Kysely<Schema>,
  table: keyof Schema,
  columns: Readonly<Record<string, ColumnValues>>,
  count: number,
  tail: string,
): Promise<number> {
  const names = Object.keys(columns)
  const values = Object.values(columns)
  const group = Math.min(MAX_ROWS, Math.floor(MAX_PARAMETERS / names.length))
  const postgres = dialectOf(db) === 'postgres'
  let written = 0
  for (let from = 0; from < count; from += group) {
    const rows = Math.min(group, count - from)
    const text = insertText(table, names, rows, tail, postgres)
    const result = await db.executeQuery(CompiledQuery.raw(text, parameters(values, from, rows)))
    written += Number(result.numAffectedRows ?? 0)
  }
  return written
}

function parameters(columns: readonly ColumnValues[], from: number, rows: number): CellValue[] {
  const width = columns.length
  const flat = new Array<CellValue>(rows * width)
  columns.forEach((column, place) => {
    if (typeof column === 'object' && column !== null) {
      for (let row = 0; row < rows; row++) flat[row * width + place] = column[from + row] ?? null
    } else {
      for (let row = 0; row < rows; row++) flat[row * width + place] = column
    }
  })
  return flat
}

function insertText(
  table: string,
  names: readonly string[],
  rows: number,
  tail: string,
  postgres: boolean,
): string {
  const width = names.length
  const place = (row: number, column: number): string => (postgres ? `$${row * width + column + 1}` : '?')
  const one = (row: number): string => `(${names.map((_, column) => place(row, column)).join(', ')})`
  const all = Array.from({ length: rows }, (_, row) => one(row)).join(', ')
  return `insert into ${table} (${names.join(', ')}) values ${all} ${tail}`
}

/** The texts as a one-column subquery: `where key in ${textList(db, keys)}` with a single parameter. */
export function textList(db: Kysely<Schema>, texts: readonly string[]): RawBuilder<string> {
  const json = JSON.stringify(texts)
  return dialectOf(db) === 'sqlite'
    ? sql<string>`(select value from json_each(${json}))`
    : sql<string>`(select jsonb_array_elements_text(${json}::jsonb))`
}

/** Keeps other writers out of a table until the transaction ends. SQLite has one writer at a time anyway. */
export async function lockTable(db: Kysely<Schema>, table: keyof Schema): Promise<void> {
  if (dialectOf(db) === 'postgres') {
    await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(db)
  }
}
