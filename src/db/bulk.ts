import { CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import { dialectOf } from './dialect.ts'
import type { Schema } from './schema.ts'

export type CellValue = string | number | null
/** Values of one column: one per row, or one for all rows. */
export type ColumnValues = readonly CellValue[] | string | number | null

/** Both databases take at least this many parameters in one statement (SQLite 32,766, PostgreSQL 65,535). */
const MAX_PARAMETERS = 32_000
/** Rows per statement. Few sizes, so that few statements are prepared; 500 is about as quick as one call can be. */
const GROUPS = [500, 50, 5, 1]

/**
 * Inserts `count` rows with few statements and returns how many rows were written. `tail` is the
 * `on conflict …` clause; names and tail come from code, never from input.
 */
export async function bulkInsert(
  db: Kysely<Schema>,
  table: keyof Schema,
  columns: Readonly<Record<string, ColumnValues>>,
  count: number,
  tail: string,
): Promise<number> {
  const plan = planInsert(db, table, columns, count, tail)
  const groups = GROUPS.filter((rows) => rows * Object.keys(columns).length <= MAX_PARAMETERS)
  let written = 0
  for (let from = 0; from < count; ) {
    const rows = groups.find((size) => size <= count - from) ?? 1
    const query = CompiledQuery.raw(plan.text(rows), parameters(plan, from, rows))
    const result = await db.executeQuery(query)
    written += Number(result.numAffectedRows ?? 0)
    from += rows
  }
  return written
}

interface Plan {
  /** Values that are the same in all rows. */
  readonly constants: readonly CellValue[]
  readonly varying: readonly (readonly CellValue[])[]
  readonly text: (rows: number) => string
}

/**
 * On SQLite values that all rows share are bound once a statement, beside the rows, which saves a quarter of the
 * time; PostgreSQL would lose the columns' types that way, so there every row has them.
 */
function planInsert(
  db: Kysely<Schema>,
  table: string,
  columns: Readonly<Record<string, ColumnValues>>,
  count: number,
  tail: string,
): Plan {
  const postgres = dialectOf(db) === 'postgres'
  const constants: [string, CellValue][] = []
  const varying: [string, readonly CellValue[]][] = []
  for (const [name, column] of Object.entries(columns)) {
    const shared = sharedValue(column, count)
    const last = varying.length === 0 && constants.length + 1 === Object.keys(columns).length
    if (shared === undefined || postgres || last) varying.push([name, spread(column, count)])
    else constants.push([name, shared])
  }
  const names = [...constants, ...varying].map(([name]) => name)
  return {
    constants: constants.map(([, value]) => value),
    varying: varying.map(([, values]) => values),
    text: (rows) => insertText(table, names, constants.length, rows, tail, postgres),
  }
}

/** Small inserts keep their arrays, so that the statement texts stay few. */
const WORTH_SHARING = 500

function sharedValue(column: ColumnValues, count: number): CellValue | undefined {
  if (typeof column !== 'object' || column === null) return column
  const [first] = column
  return count >= WORTH_SHARING && column.every((value) => value === first) ? first : undefined
}

function spread(column: ColumnValues, count: number): readonly CellValue[] {
  return typeof column === 'object' && column !== null ? column : new Array<CellValue>(count).fill(column)
}

function parameters({ constants, varying }: Plan, from: number, rows: number): CellValue[] {
  const [offset, width] = [constants.length, varying.length]
  const flat = new Array<CellValue>(offset + rows * width)
  constants.forEach((value, place) => {
    flat[place] = value
  })
  varying.forEach((column, place) => {
    for (let row = 0; row < rows; row++) flat[offset + row * width + place] = column[from + row] ?? null
  })
  return flat
}

const texts = new Map<string, string>()
const MAX_TEXTS = 100

function insertText(
  table: string,
  names: readonly string[],
  constants: number,
  rows: number,
  tail: string,
  postgres: boolean,
): string {
  const id = [postgres, rows, constants, table, names.join(), tail].join(' ')
  const known = texts.get(id)
  if (known !== undefined) return known
  const width = names.length - constants
  const place = (row: number, column: number): string => (postgres ? `$${row * width + column + 1}` : '?')
  const one = (_: unknown, row: number): string =>
    `(${Array.from({ length: width }, (_value, column) => place(row, column)).join(', ')})`
  const values = `values ${Array.from({ length: rows }, one).join(', ')}`
  const cells = names.map((_, at) => (at < constants ? '?' : `column${at - constants + 1}`))
  const source = constants === 0 ? values : `select ${cells.join(', ')} from (${values}) where true`
  const made = `insert into ${table} (${names.join(', ')}) ${source} ${tail}`
  if (texts.size >= MAX_TEXTS) texts.clear()
  texts.set(id, made)
  return made
}

/** The texts as a one-column subquery: `where key in ${textList(db, keys)}` with a single parameter. */
export function textList(db: Kysely<Schema>, texts: readonly string[]): RawBuilder<string> {
  const json = JSON.stringify(texts)
  return dialectOf(db) === 'sqlite'
    ? sql<string>`(select value from json_each(${json}))`
    : sql<string>`(select jsonb_array_elements_text(${json}::jsonb))`
}

/** The same for whole numbers. */
export function numberList(db: Kysely<Schema>, numbers: readonly number[]): RawBuilder<number> {
  const json = JSON.stringify(numbers)
  return dialectOf(db) === 'sqlite'
    ? sql<number>`(select value from json_each(${json}))`
    : sql<number>`(select value::bigint from jsonb_array_elements_text(${json}::jsonb) as t(value))`
}

/** Keeps other writers out of a table until the transaction ends. SQLite has one writer at a time anyway. */
export async function lockTable(db: Kysely<Schema>, table: keyof Schema): Promise<void> {
  if (dialectOf(db) === 'postgres') {
    await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(db)
  }
}
