import { sql } from 'kysely'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import { CONTACT_ROLES, type Contact, type Customer } from '../model/customer.ts'
import { customersIn } from './scoped.ts'

const MAX_FOUND = 50

/** Customers whose name or short name is one of `names`, letter case aside. */
export async function customersNamed(ctx: Ctx, scope: Scope, names: readonly string[]): Promise<Customer[]> {
  const wanted = [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => name !== '')
  if (wanted.length === 0) return []
  const rows = await customers(ctx, scope)
    .where((eb) =>
      eb.or([
        eb(eb.fn<string>('lower', ['customers.name']), 'in', wanted),
        eb(eb.fn<string>('lower', ['customers.short_name']), 'in', wanted),
        eb(eb.fn<string>('lower', ['customers.source_key']), 'in', wanted),
      ]),
    )
    .orderBy('customers.id')
    .limit(MAX_FOUND)
    .execute()
  return rows.map(asCustomer)
}

/** Customers whose name or short name contains `part`; those that begin with it come first. */
export async function customersLike(ctx: Ctx, scope: Scope, part: string): Promise<Customer[]> {
  const begins = `${escapeLike(part.toLowerCase())}%`
  const rows = await customers(ctx, scope)
    .where(nameLike(`%${begins}`))
    .orderBy(sql`case when ${nameLike(begins)} then 0 else 1 end`)
    .orderBy('customers.id')
    .limit(MAX_FOUND)
    .execute()
  return rows.map(asCustomer)
}

/** Exact name or short name first; only when there is none, names that begin with or contain `text`. */
export async function findCustomers(ctx: Ctx, scope: Scope, text: string): Promise<Customer[]> {
  const exact = await customersNamed(ctx, scope, [text])
  return exact.length > 0 ? exact : customersLike(ctx, scope, text)
}

/** Customers with a current contact of that name. */
export async function customersWithContact(ctx: Ctx, scope: Scope, contact: string): Promise<Customer[]> {
  const rows = await customers(ctx, scope)
    .where('customers.id', 'in', (eb) =>
      eb
        .selectFrom('contacts')
        .select('contacts.customer_id')
        .where('contacts.name', '=', contact)
        .where('contacts.left_on', 'is', null),
    )
    .orderBy('customers.id')
    .limit(MAX_FOUND)
    .execute()
  return rows.map(asCustomer)
}

/** Id and names of up to `limit` customers in scope, for fuzzy matching; the caller sees when it is cut. */
export async function customerNames(
  ctx: Ctx,
  scope: Scope,
  limit: number,
): Promise<{ id: number; name: string; shortName: string | null }[]> {
  const rows = await ctx.db
    .selectFrom('customers')
    .select(['customers.id as id', 'customers.name as name', 'customers.short_name as shortName'])
    .where(customersIn(scope))
    .orderBy('customers.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, id: Number(row.id) }))
}

export async function customerById(ctx: Ctx, scope: Scope, id: number): Promise<Customer | null> {
  const row = await customers(ctx, scope).where('customers.id', '=', id).executeTakeFirst()
  return row ? asCustomer(row) : null
}

/** Current contacts, deciders and buyers first. */
export async function contactsOf(ctx: Ctx, scope: Scope, customerId: number): Promise<Contact[]> {
  const rows = await ctx.db
    .selectFrom('contacts')
    .innerJoin('customers', 'customers.id', 'contacts.customer_id')
    .selectAll('contacts')
    .where(customersIn(scope))
    .where('contacts.customer_id', '=', customerId)
    .where('contacts.left_on', 'is', null)
    .orderBy(sql`case contacts.role when 'decider' then 0 when 'buyer' then 1 else 2 end`)
    .orderBy('contacts.id')
    .limit(20)
    .execute()
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    role: CONTACT_ROLES.find((role) => role === row.role) ?? 'user',
    title: row.title,
    phone: row.phone,
    from: numberOrNull(row.from_on),
    left: numberOrNull(row.left_on),
  }))
}

function nameLike(pattern: string) {
  return sql<boolean>`(lower(customers.name) like ${pattern} escape '!' or lower(customers.short_name) like ${pattern} escape '!')`
}

function escapeLike(text: string): string {
  return text.replace(/[!%_]/g, (sign) => `!${sign}`)
}

function customers(ctx: Ctx, scope: Scope) {
  return ctx.db
    .selectFrom('customers')
    .leftJoin('members', 'members.id', 'customers.owner_id')
    .selectAll('customers')
    .select('members.name as owner_name')
    .where(customersIn(scope))
}

type CustomerRow = Awaited<ReturnType<ReturnType<typeof customers>['executeTakeFirstOrThrow']>>

function asCustomer(row: CustomerRow): Customer {
  return {
    id: Number(row.id),
    key: row.source_key,
    name: row.name,
    shortName: row.short_name,
    ownerId: numberOrNull(row.owner_id),
    ownerName: row.owner_name,
    segment: row.segment,
    region: row.region,
    industry: row.industry,
    phone: row.phone,
    since: numberOrNull(row.since_on),
    renewalOn: numberOrNull(row.renewal_on),
  }
}

function numberOrNull(value: number | null): number | null {
  return value === null ? null : Number(value)
}
