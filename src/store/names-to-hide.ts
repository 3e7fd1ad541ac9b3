import type { Ctx } from '../context.ts'

/** A customer with every name by which a text may point to it. */
export interface NamesOfCustomer {
  readonly id: number
  readonly key: string
  readonly name: string
  readonly shortName: string | null
  /** Also those who left: notes tell of them. */
  readonly contacts: readonly string[]
}

/**
 * The names of the next customers by id, whoever looks after them. Without a scope, because nobody gets to see them:
 * they are taken out of a text before it leaves the company.
 */
export async function namesOfCustomers(ctx: Ctx, after: number, limit: number): Promise<NamesOfCustomer[]> {
  const rows = await ctx.db
    .selectFrom('customers')
    .select(['id', 'source_key as key', 'name', 'short_name as shortName'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  const last = rows.at(-1)
  if (!last) return []
  const contacts = await ctx.db
    .selectFrom('contacts')
    .select(['customer_id as customerId', 'name'])
    .where('customer_id', '>', after)
    .where('customer_id', '<=', last.id)
    .execute()
  const byCustomer = Map.groupBy(contacts, ({ customerId }) => Number(customerId))
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    contacts: (byCustomer.get(Number(row.id)) ?? []).map(({ name }) => name),
  }))
}

/** The names of one customer; null when it is gone. */
export async function namesOfCustomer(ctx: Ctx, id: number): Promise<NamesOfCustomer | null> {
  const [only] = await namesOfCustomers(ctx, id - 1, 1)
  return only?.id === id ? only : null
}

/** The names of all members, also of those who left. */
export async function namesOfMembers(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.selectFrom('members').select('name').execute()
  return rows.map(({ name }) => name)
}
