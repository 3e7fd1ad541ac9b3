import type { Ctx } from '../context.ts'
import { textList } from '../db/bulk.ts'
import { getState, setState } from './state.ts'

/** A customer of one source by the names it has there. */
export interface Named {
  readonly key: string
  readonly names: readonly string[]
}

/**
 * Links customers of `source` to the one customer of another source that has exactly one of their names, and
 * remembers it. A link stays until the name leads to somebody else. Returns the keys that are linked.
 */
export async function linkCustomers(
  ctx: Ctx,
  source: string,
  customers: readonly Named[],
): Promise<Set<string>> {
  const names = [...new Set(customers.flatMap((one) => one.names))]
  if (names.length === 0) return new Set()
  const rows = await ctx.db
    .selectFrom('customers')
    .select(['id', 'name'])
    .where('source', '!=', source)
    .where('name', 'in', textList(ctx.db, names))
    .execute()
  const linked = new Set<string>()
  for (const { key, names: own } of customers) {
    const found = rows.filter((row) => own.includes(row.name))
    const [only] = found
    if (!only || found.length > 1) continue
    await setState(ctx, linkName(source, key), String(only.id))
    linked.add(key)
  }
  return linked
}

/** The customer that a key of `source` stands for: linked, or of that source itself; null when nobody knows it. */
export async function customerBehind(ctx: Ctx, source: string, key: string): Promise<number | null> {
  const linked = await getState(ctx, linkName(source, key))
  if (linked !== null) return Number(linked)
  const row = await ctx.db
    .selectFrom('customers')
    .select('id')
    .where('source', '=', source)
    .where('source_key', '=', key)
    .executeTakeFirst()
  return row ? Number(row.id) : null
}

function linkName(source: string, key: string): string {
  return `link.${source}.${key}`
}
