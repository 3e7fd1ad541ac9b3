import type { Ctx } from '../context.ts'
import { bulkInsert, type CellValue, type ColumnValues, lockTable, textList } from '../db/bulk.ts'

/** Tables that loads write, all keyed by (source, source_key). */
export type FactTable = 'members' | 'customers' | 'contacts' | 'events' | 'surveys'

/** Rows by column: every array holds one value per row. */
export type FactColumns = Readonly<Record<string, readonly CellValue[]>>

/** Values for new rows only: one per row, or one for all. */
export type Fallbacks = Readonly<Record<string, ColumnValues>>

export interface Written {
  readonly added: number
  readonly changed: number
}

/** Until the transaction ends nobody else adds rows to the table, so that ids tell whose rows are whose. */
export function lockForLoad(ctx: Ctx, table: FactTable): Promise<void> {
  return lockTable(ctx.db, table)
}

/** The highest id of a table: rows written later have higher ones. Call it inside the write transaction. */
export async function highestId(ctx: Ctx, table: FactTable): Promise<number> {
  const row = await ctx.db
    .selectFrom(table)
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  return Number(row?.id ?? 0)
}

/** Adds the rows whose key is not there yet and returns how many those were. */
export function addFacts(
  ctx: Ctx,
  table: FactTable,
  source: string,
  keys: readonly string[],
  columns: FactColumns,
): Promise<number> {
  return bulkInsert(
    ctx.db,
    table,
    withKeys(source, keys, columns),
    keys.length,
    'on conflict (source, source_key) do nothing',
  )
}

/**
 * Adds new rows and changes the given columns of those that differ. Keys must be distinct. `fallbacks` are
 * values that only new rows get, for columns the source does not have.
 */
export async function upsertFacts(
  ctx: Ctx,
  table: FactTable,
  source: string,
  keys: readonly string[],
  columns: FactColumns,
  fallbacks: Fallbacks = {},
): Promise<Written> {
  const names = Object.keys(columns)
  await lockForLoad(ctx, table)
  const before = await highestId(ctx, table)
  const changes = names.map((name) => `${name} = excluded.${name}`).join(', ')
  const differs = names.map((name) => `${table}.${name} is distinct from excluded.${name}`).join(' or ')
  const action = names.length === 0 ? 'nothing' : `update set ${changes} where ${differs}`
  const written = await bulkInsert(
    ctx.db,
    table,
    { ...fallbacks, ...withKeys(source, keys, columns) },
    keys.length,
    `on conflict (source, source_key) do ${action}`,
  )
  const added = await countAfter(ctx, table, before)
  return { added, changed: written - added }
}

function withKeys(
  source: string,
  keys: readonly string[],
  columns: FactColumns,
): Record<string, ColumnValues> {
  return { source, source_key: keys, ...columns }
}

async function countAfter(ctx: Ctx, table: FactTable, id: number): Promise<number> {
  const row = await ctx.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll().as('n'))
    .where('id', '>', id)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** Ids of the rows that have one of `keys`. */
export async function idsByKey(
  ctx: Ctx,
  table: FactTable,
  source: string,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const rows = await ctx.db
    .selectFrom(table)
    .select(['source_key', 'id'])
    .where('source', '=', source)
    .where('source_key', 'in', textList(ctx.db, keys))
    .execute()
  return new Map(rows.map((row) => [row.source_key, Number(row.id)]))
}

/** Whose event a key of `source` is, and of what kind, for the keys that are known. */
export async function eventsByKey(
  ctx: Ctx,
  source: string,
  keys: readonly string[],
): Promise<Map<string, { customerId: number; kind: string }>> {
  const rows = await ctx.db
    .selectFrom('events')
    .select(['source_key', 'customer_id', 'kind'])
    .where('source', '=', source)
    .where('source_key', 'in', textList(ctx.db, keys))
    .execute()
  return new Map(rows.map((row) => [row.source_key, { customerId: Number(row.customer_id), kind: row.kind }]))
}
