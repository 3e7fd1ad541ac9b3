import type { Ctx } from '../context.ts'
import { bulkInsert, textList } from '../db/bulk.ts'

/** Customers by the keys that facts name them with. */
export interface CustomerLookup {
  readonly ids: ReadonlyMap<string, number>
  /** Keys that several other sources have, none of them the asking one. */
  readonly ambiguous: ReadonlySet<string>
}

/**
 * Finds customers by key: in `source` first, then in any other source. With `create`, keys that nobody has
 * become customers of `source` named like their key.
 */
export async function customersByKey(
  ctx: Ctx,
  source: string,
  keys: readonly string[],
  create: boolean,
): Promise<CustomerLookup> {
  const found = await lookUp(ctx, source, keys)
  const missing = keys.filter((key) => !found.ids.has(key) && !found.ambiguous.has(key))
  if (!create || missing.length === 0) return found
  await bulkInsert(
    ctx.db,
    'customers',
    { source, source_key: missing, name: missing },
    missing.length,
    'on conflict (source, source_key) do nothing',
  )
  const made = await lookUp(ctx, source, missing)
  return { ids: new Map([...found.ids, ...made.ids]), ambiguous: found.ambiguous }
}

async function lookUp(ctx: Ctx, source: string, keys: readonly string[]): Promise<CustomerLookup> {
  const rows = await ctx.db
    .selectFrom('customers')
    .select(['source_key', 'source', 'id'])
    .where('source_key', 'in', textList(ctx.db, keys))
    .execute()
  const ids = new Map<string, number>()
  const own = new Set<string>()
  const ambiguous = new Set<string>()
  for (const row of rows) {
    const key = row.source_key
    if (row.source === source) own.add(key)
    else if (own.has(key)) continue
    else if (ids.has(key)) ambiguous.add(key)
    ids.set(key, Number(row.id))
  }
  for (const key of own) ambiguous.delete(key)
  for (const key of ambiguous) ids.delete(key)
  return { ids, ambiguous }
}

/**
 * Hands customers that were only created because a fact named them (their name is still their key) over to the
 * source that now describes them.
 */
export async function adoptPlaceholders(ctx: Ctx, source: string, keys: readonly string[]): Promise<void> {
  const list = textList(ctx.db, keys)
  const known = ctx.db
    .selectFrom('customers as mine')
    .select('mine.source_key')
    .where('mine.source', '=', source)
    .where('mine.source_key', 'in', list)
  const placeholders = ctx.db
    .selectFrom('customers as other')
    .select((eb) => eb.fn.min('other.id').as('id'))
    .where('other.source_key', 'in', list)
    .where('other.source', '!=', source)
    .whereRef('other.name', '=', 'other.source_key')
    .where('other.source_key', 'not in', known)
    .groupBy('other.source_key')
  await ctx.db.updateTable('customers').set({ source }).where('id', 'in', placeholders).execute()
}
