import type { Ctx } from '../context.ts'
import { textList } from '../db/bulk.ts'

/** What a load compares contacts by. */
export interface StoredContact {
  readonly id: number
  readonly key: string
  readonly customerId: number
  readonly name: string
  readonly role: string
  readonly leftOn: number | null
}

export async function contactsByKey(
  ctx: Ctx,
  source: string,
  keys: readonly string[],
): Promise<Map<string, StoredContact>> {
  const rows = await contacts(ctx)
    .where('source', '=', source)
    .where('source_key', 'in', textList(ctx.db, keys))
    .execute()
  return new Map(rows.map((row) => [row.source_key, asStored(row)]))
}

/** Which of these customers have contacts already: only there a new one is news. */
export async function customersWithContacts(ctx: Ctx, customerIds: readonly number[]): Promise<Set<number>> {
  if (customerIds.length === 0) return new Set()
  const rows = await ctx.db
    .selectFrom('contacts')
    .select('customer_id')
    .distinct()
    .where('customer_id', 'in', [...customerIds])
    .execute()
  return new Set(rows.map((row) => Number(row.customer_id)))
}

function contacts(ctx: Ctx) {
  return ctx.db.selectFrom('contacts').select(['id', 'source_key', 'customer_id', 'name', 'role', 'left_on'])
}

interface Row {
  readonly id: number
  readonly source_key: string
  readonly customer_id: number
  readonly name: string
  readonly role: string
  readonly left_on: number | null
}

function asStored(row: Row): StoredContact {
  return {
    id: Number(row.id),
    key: row.source_key,
    customerId: Number(row.customer_id),
    name: row.name,
    role: row.role,
    leftOn: row.left_on === null ? null : Number(row.left_on),
  }
}
