import type { Ctx } from '../context.ts'
import { bulkInsert, textList } from '../db/bulk.ts'
import type { WecomRelationsTable } from '../db/contact-tables.ts'
import type { ExternalContact } from '../model/address-book.ts'

export type LostBy = NonNullable<WecomRelationsTable['lost_by']>

/**
 * Keeps what a sync listed. Being listed says nothing about a customer who deleted the member, for WeCom goes on listing
 * it; any other loss ends when the two found each other again, or when nobody had told of it.
 */
export async function saveRelations(
  ctx: Ctx,
  contacts: readonly ExternalContact[],
  seenAt: number,
): Promise<void> {
  const unique = [...new Map(contacts.map((one) => [`${one.customer} ${one.user}`, one])).values()]
  const told = ['name', 'remark', 'company', 'tags', 'phone', 'since_at', 'add_way', 'seen_at']
  const isBack = `wecom_relations.lost_by = 'list' or
    (wecom_relations.lost_by in ('member', 'handover') and excluded.since_at > wecom_relations.changed_at)`
  const changes = [
    ...told.map((name) => `${name} = excluded.${name}`),
    `lost_by = case when ${isBack} then null else wecom_relations.lost_by end`,
  ]
  await bulkInsert(
    ctx.db,
    'wecom_relations',
    {
      customer_key: unique.map((one) => one.customer),
      person: unique.map((one) => one.user),
      name: unique.map((one) => one.name),
      remark: unique.map((one) => one.remark),
      company: unique.map((one) => one.company),
      tags: unique.map((one) => one.tags.join('、')),
      phone: unique.map((one) => one.phones[0] ?? null),
      since_at: unique.map((one) => one.since),
      add_way: unique.map((one) => one.addWay),
      seen_at: unique.map(() => seenAt),
    },
    unique.length,
    `on conflict (customer_key, person) do update set ${changes.join(', ')}`,
  )
}

/** Of these customers: members whom the customer had deleted and has added since, although no callback told it. */
export async function addedSince(
  ctx: Ctx,
  customers: readonly string[],
): Promise<{ customer: string; user: string; at: number }[]> {
  if (customers.length === 0) return []
  const rows = await ctx.db
    .selectFrom('wecom_relations')
    .select(['customer_key', 'person', 'since_at'])
    .where('customer_key', 'in', textList(ctx.db, customers))
    .where('lost_note', 'is not', null)
    .whereRef('since_at', '>', 'changed_at')
    .execute()
  return rows.map((row) => ({ customer: row.customer_key, user: row.person, at: Number(row.since_at) }))
}

/** What these people had and a whole reading since `before` listed no more. */
export async function loseUnlisted(ctx: Ctx, people: readonly string[], before: number): Promise<void> {
  if (people.length === 0) return
  await ctx.db
    .updateTable('wecom_relations')
    .set({ lost_by: 'list' })
    .where('person', 'in', textList(ctx.db, people))
    .where('seen_at', '<', before)
    .where('lost_by', 'is', null)
    .execute()
}

/** A customer with everybody who has it, who knew it first first. A customer who deleted a member is still had. */
export type ListedCustomer = readonly [ExternalContact, ...ExternalContact[]]

/** The next listed customers by key, at most `limit`. */
export async function listedCustomers(ctx: Ctx, after: string, limit: number): Promise<ListedCustomer[]> {
  const listed = ctx.db
    .selectFrom('wecom_relations')
    .where('seen_at', 'is not', null)
    .where((eb) => eb.or([eb('lost_by', 'is', null), eb('lost_by', '=', 'customer')]))
  const keys = await listed
    .select('customer_key')
    .distinct()
    .where('customer_key', '>', after)
    .orderBy('customer_key')
    .limit(limit)
    .execute()
  const rows = await listed
    .selectAll()
    .where(
      'customer_key',
      'in',
      textList(
        ctx.db,
        keys.map((row) => row.customer_key),
      ),
    )
    .orderBy('customer_key')
    .orderBy('since_at')
    .orderBy('person')
    .execute()
  const found = new Map<string, [ExternalContact, ...ExternalContact[]]>()
  for (const row of rows) {
    const known = found.get(row.customer_key)
    if (known) known.push(asContact(row))
    else found.set(row.customer_key, [asContact(row)])
  }
  return [...found.values()]
}

export interface RelationChange {
  readonly customer: string
  readonly person: string
  readonly at: number
  /** Null: they found each other. */
  readonly lostBy: LostBy | null
  /** Of the event that tells how it was lost; absent: what an earlier loss left stays. */
  readonly note?: string | null
}

/** How it stood before. A change older than the newest known one changes nothing and gives null. */
export async function changeRelation(
  ctx: Ctx,
  { customer, person, at, lostBy, note }: RelationChange,
): Promise<{ lostBy: LostBy | null; note: string | null } | null> {
  const before = await ctx.db
    .selectFrom('wecom_relations')
    .select(['lost_by', 'lost_note', 'changed_at'])
    .where('customer_key', '=', customer)
    .where('person', '=', person)
    .executeTakeFirst()
  if (before && Number(before.changed_at) > at) return null
  const change = { changed_at: at, lost_by: lostBy, ...(note !== undefined && { lost_note: note }) }
  await ctx.db
    .insertInto('wecom_relations')
    .values({ customer_key: customer, person, since_at: at, ...change })
    .onConflict((oc) => oc.columns(['customer_key', 'person']).doUpdateSet(change))
    .execute()
  return { lostBy: before?.lost_by ?? null, note: before?.lost_note ?? null }
}

/** Who else has this customer and was not deleted by it. */
export async function othersWith(ctx: Ctx, customer: string, person: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('wecom_relations')
    .select('person')
    .where('customer_key', '=', customer)
    .where('person', '!=', person)
    .where('lost_by', 'is', null)
    .orderBy('since_at')
    .orderBy('person')
    .execute()
  return rows.map((row) => row.person)
}

/** What the members call this customer; empty when no sync has listed it. */
export async function nameOfListed(ctx: Ctx, customer: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('wecom_relations')
    .select(['company', 'remark', 'name'])
    .where('customer_key', '=', customer)
    .orderBy('since_at')
    .executeTakeFirst()
  return row?.company || row?.remark || row?.name || ''
}

function asContact(row: {
  customer_key: string
  person: string
  name: string
  remark: string
  company: string
  tags: string
  phone: string | null
  since_at: number
  add_way: number | null
}): ExternalContact {
  return {
    customer: row.customer_key,
    user: row.person,
    name: row.name,
    remark: row.remark,
    company: row.company,
    since: Number(row.since_at),
    phones: row.phone === null ? [] : [row.phone],
    tags: row.tags === '' ? [] : row.tags.split('、'),
    addWay: row.add_way === null ? null : Number(row.add_way),
  }
}
