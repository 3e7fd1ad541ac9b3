import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import { customersIn } from './scoped.ts'

/** A customer with every name a person may call it by. */
export interface Mentionable {
  readonly id: number
  readonly key: string
  readonly name: string
  readonly shortName: string | null
  /** Names of its current contacts. */
  readonly contacts: readonly string[]
}

/** Up to `limit` customers in scope with the names a note may call them by. */
export async function mentionableCustomers(ctx: Ctx, scope: Scope, limit: number): Promise<Mentionable[]> {
  const rows = await ctx.db
    .selectFrom('customers')
    .select(['customers.id as id', 'source_key as key', 'customers.name as name', 'short_name as shortName'])
    .where(customersIn(scope))
    .orderBy('customers.id')
    .limit(limit)
    .execute()
  const last = rows.at(-1)
  if (!last) return []
  const contacts = await contactNames(ctx, scope, Number(last.id))
  return rows.map((row) => ({ ...row, id: Number(row.id), contacts: contacts.get(Number(row.id)) ?? [] }))
}

async function contactNames(ctx: Ctx, scope: Scope, lastId: number): Promise<Map<number, string[]>> {
  const rows = await ctx.db
    .selectFrom('contacts')
    .innerJoin('customers', 'customers.id', 'contacts.customer_id')
    .select(['contacts.customer_id as customerId', 'contacts.name as contact'])
    .where(customersIn(scope))
    .where('contacts.left_on', 'is', null)
    .where('contacts.customer_id', '<=', lastId)
    .execute()
  const names = new Map<number, string[]>()
  for (const { customerId, contact } of rows) {
    const id = Number(customerId)
    names.set(id, [...(names.get(id) ?? []), contact])
  }
  return names
}
